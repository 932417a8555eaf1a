import ArgumentParser
import AssayCore
import AssayJSON
import AssayRuntime

/// `assay plugins call`.
struct CallCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "call",
    abstract: "Call a function once, with values from the command line.",
    usage: """
      assay plugins call LIBRARY 'PROTOTYPE' [NAME=VALUE …] [OPTION …]
             assay plugins call EVALUATOR [NAME=VALUE …] [OPTION …]
      """,
    discussion: """
      A value is JSON where it reads as JSON and the role is not text; [1,2,3] is a list, for a \
      function that takes columns. The exit code is 1 where the function says that it failed.

      EXAMPLES
        assay plugins call libm.so.6 'double fabs(double x)' x=-3
        assay plugins call ./libmine.so \\
          'double similarity(const char *a, const char *b)' a=martha b=marhta
        assay plugins call ./libmine.so \\
          'double mean(const double *x, size_t n)' x=[1,2,6]
        assay plugins call tabular.binary target=[0,1,1] score=[0.2,0.7,0.9]
      """)

  @Argument(
    help: ArgumentHelp(
      "A library with the prototype behind it, or an evaluator.", valueName: "library|evaluator"),
    completion: .file())
  var subject: String

  @Argument(help: ArgumentHelp("The prototype, then values.", valueName: "prototype|name=value"))
  var values: [String] = []

  @Option(help: ArgumentHelp("A plugin that is not installed.", valueName: "file"), completion: .file())
  var plugin: [String] = []

  @Option(
    help: ArgumentHelp(
      "What a parameter is bound to, where its name and type do not say: out:score, const:3, x.len.",
      valueName: "parameter=source"))
  var bind: [String] = []

  @Option(
    help: ArgumentHelp(
      "What the result means: return=score, status or ignore; also ok_values=0|1, errno=true, undefined=negative, with commas between them.",
      valueName: "return=…"))
  var result: String?

  @OptionGroup var answer: AnswerOptions

  func perform() throws(AssayError) -> AssayCore.ExitCode {
    let catalog = Assay().catalog
    for path in plugin { try catalog.load(path) }
    let said = try answer(of: catalog)
    try answer.print(said.json) { _ in said.text }
    // The answer was printed, so it is not the exit code of wrong usage.
    return said.rows.contains { $0.outcome == .errored } ? .gateFailed : .success
  }

  private func answer(of catalog: PluginCatalog) throws(AssayError) -> CallAnswer {
    let log: @Sendable (String) -> Void = { Console.say($0) }
    // A prototype has parentheses before any "=", a value has not.
    let prototype = values.first.flatMap { first in
      first.prefix { $0 != "=" }.contains("(") ? first : nil
    }
    guard let prototype else {
      if let problem = missingPrototype { throw problem }
      return try catalog.call(evaluator: subject, with: try arguments(values), log: log)
    }
    var function = DescribedFunction(
      library: subject, prototype: prototype, result: try CallResult(flag: result))
    for (name, source) in try pairs(bind, "--bind", "n=x.len") { function.bind[name] = source }
    return try catalog.call(function, with: try arguments(Array(values.dropFirst())), log: log)
  }

  private var missingPrototype: AssayError? {
    guard PluginCatalog.isFile(subject) else { return nil }
    return AssayError(
      .usage,
      "The prototype of the function is missing, as in: assay plugins call \(subject) 'double fabs(double x)' x=-3")
  }

  private func arguments(_ texts: [String]) throws(AssayError) -> [(name: String, text: String)] {
    try pairs(texts, "The value", "x=-3").map { (name: $0.0, text: $0.1) }
  }

  private func pairs(
    _ texts: [String], _ what: String, _ example: String
  ) throws(AssayError) -> [(String, String)] {
    var pairs: [(String, String)] = []
    for text in texts {
      guard let mark = text.firstIndex(of: "="), mark > text.startIndex else {
        throw AssayError(.usage, "\(what) \"\(text)\" is not NAME=VALUE, as in \(example).")
      }
      pairs.append((String(text[..<mark]), String(text[text.index(after: mark)...])))
    }
    return pairs
  }
}

extension CallAnswer {
  /// A line for each score or metric.
  fileprivate var text: String {
    var lines = rows.map { row in
      row.score.map(short) ?? "\(row.outcome.rawValue)\(row.reason.map { ": \($0)" } ?? "")"
    }
    let width = metrics.map(\.name.count).max() ?? 0
    lines += metrics.map { metric in
      let name = metric.name + String(repeating: " ", count: width - metric.name.count)
      return "\(name)  \(metric.value.map(short) ?? "undefined\(metric.reason.map { ": \($0)" } ?? "")")"
    }
    return lines.map { $0 + "\n" }.joined()
  }

  fileprivate var json: JSONValue {
    guard metrics.isEmpty else {
      var object = JSONObject()
      for metric in metrics {
        var entry: JSONObject = ["value": JSONValue(metric.value)]
        if let reason = metric.reason { entry["reason"] = .string(reason) }
        object[metric.name] = .object(entry)
      }
      return ["metrics": .object(object)]
    }
    return [
      "rows": .array(
        rows.map { row in
          var entry: JSONObject = [
            "score": JSONValue(row.score), "outcome": .string(row.outcome.rawValue),
          ]
          if let reason = row.reason { entry["message"] = .string(reason) }
          return .object(entry)
        })
    ]
  }
}
