import ArgumentParser
import AssayCore
import AssayJSON
import AssayReport
import AssayRuntime

/// `assay plugins validate`.
struct ValidateCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check a plugin against what its manifest says.",
    usage: """
      assay plugins validate FILE|NAME [--format table|json]
             assay plugins validate LIBRARY 'PROTOTYPE' … [--format table|json]
      """,
    discussion: """
      A described function cannot be checked while it is called, so it is checked before: that \
      the manifest, its prototypes and bindings read; that the library defines the function, and \
      that it is its own; that the debug information says the same; that the examples of the \
      manifest come out. What cannot be told is unknown, which is not a match.

      The exit code is 1 where anything differs.

      EXAMPLES
        assay plugins validate ./libmine.so
        assay plugins validate tabular.binary
        assay plugins validate libm.so.6 'double fabs(double x)'
      """)

  @Argument(
    help: ArgumentHelp(
      "A plugin's file, or a plugin or evaluator that is installed; before prototypes, a library.",
      valueName: "file|name"), completion: .file())
  var subject: String

  @Argument(
    help: ArgumentHelp(
      "Functions of a library that has no manifest, such as 'double fabs(double x)'.",
      valueName: "prototype"))
  var prototypes: [String] = []

  @OptionGroup var answer: AnswerOptions

  func perform() throws(AssayError) -> AssayCore.ExitCode {
    let report = try Assay().catalog.validate(subject, prototypes: prototypes)
    try answer.print(report.json) { report.text($0) }
    return report.hasMismatch ? .gateFailed : .success
  }
}

extension ValidationReport {
  fileprivate func text(_ terminal: Terminal) -> String {
    let rows = checks.map { check in
      [
        check.subject, check.function ?? "", check.rung.rawValue, check.answer.rawValue,
        check.note ?? "",
      ]
    }
    let table = PlainTable(
      head: ["subject", "function", "check", "answer", ""], rows: rows
    ).text(terminal)
    let counts = Answer.allCases.map { answer in
      "\(checks.count { $0.answer == answer }) \(answer.rawValue)"
    }
    return table + "\n" + counts.joined(separator: ", ") + "\n"
  }

  fileprivate var json: JSONValue {
    [
      "checks": .array(
        checks.map { check in
          [
            "subject": .string(check.subject), "function": JSONValue(check.function),
            "check": .string(check.rung.rawValue), "answer": .string(check.answer.rawValue),
            "note": JSONValue(check.note),
          ]
        }),
      "has_mismatch": .bool(hasMismatch),
    ]
  }
}
