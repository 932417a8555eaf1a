import ArgumentParser
import AssayCore
import AssayJSON
import AssayReport
import AssayRuntime

/// `assay doctor`: what is there, what is missing, and the command that mends it.
struct DoctorCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check what is installed, and say how to get what is missing.",
    discussion: """
      The exit code is 0 where everything works, and 1 where something that ships with Assay is \
      missing or broken.
      """)

  @OptionGroup var answer: AnswerOptions

  func perform() throws(AssayError) -> AssayCore.ExitCode {
    let findings = Examination(catalog: Assay().catalog).findings
    try answer.print(json(findings)) { text(findings, $0) }
    return findings.contains { $0.state == .broken } ? .gateFailed : .success
  }

  private func json(_ findings: [Finding]) -> JSONValue {
    [
      "findings": .array(
        findings.map {
          [
            "subject": .string($0.subject), "state": .string($0.state.rawValue),
            "detail": .string($0.detail), "remedy": JSONValue($0.remedy),
          ]
        }),
      "version": .string(AssayCommand.version),
    ]
  }

  private func text(_ findings: [Finding], _ terminal: Terminal) -> String {
    let rows = findings.map { finding in
      [finding.state.rawValue, finding.subject, finding.detail]
    }
    let table = PlainTable(head: ["", "what", "how it is"], rows: rows).text(terminal)
    let remedies = findings.compactMap { finding in finding.remedy.map { "\(finding.subject): \($0)\n" } }
    guard !remedies.isEmpty else { return table }
    return table + "\nWhat to do:\n" + remedies.map { "  " + $0 }.joined()
  }
}

/// One thing that was looked at.
struct Finding {
  enum State: String {
    case works = "ok"
    /// It works, with something to know.
    case remark = "note"
    case broken = "missing"
  }

  var subject: String
  var state: State
  var detail: String
  /// The command that mends it.
  var remedy: String?
}

/// Looks at an installation.
struct Examination {
  let catalog: PluginCatalog

  /// What ships with Assay, by what it is needed for.
  private static let shipped: [(plugin: String, purpose: String)] = [
    ("assay.tabular", "metrics of tables"),
    ("assay.vision", "detections, masks, keypoints and their files"),
    ("assay.judgements", "stored judgements and ratings"),
    ("assay.arrow", "CSV, TSV, Arrow and Feather"),
    ("assay.parquet", "Parquet"),
  ]

  var findings: [Finding] {
    [Finding(subject: "assay", state: .works, detail: "version \(AssayCommand.version)")]
      + Self.shipped.map { shipped($0.plugin, for: $0.purpose) }
      + [functions, Finding(subject: "JSON lines", state: .works, detail: "built in")]
      + others + problems + folders
  }

  /// A plugin that every installation has: its functions are looked up, which loads
  /// the libraries that it needs.
  private func shipped(_ name: String, for purpose: String) -> Finding {
    guard let plugin = catalog.plugins.first(where: { $0.name == name }) else {
      return Finding(
        subject: name, state: .broken, detail: "\(purpose): not installed",
        remedy: "make build, in the folder of Assay's source; or make install PREFIX=…")
    }
    if let problem = loading(plugin) {
      return Finding(
        subject: name, state: .broken, detail: problem.message,
        remedy: "make build, in the folder of Assay's source; or make install PREFIX=…")
    }
    let offers =
      plugin.evaluators.isEmpty
      ? plugin.readers.flatMap(\.extensions).map { ".\($0)" } : plugin.evaluators.map(\.name)
    return Finding(
      subject: name, state: .works,
      detail: "\(purpose): \(offers.joined(separator: " ")) (\(plugin.library))")
  }

  private func loading(_ plugin: PluginSummary) -> AssayError? {
    do throws(AssayError) {
      try catalog.check(plugin)
      return nil
    } catch {
      return error
    }
  }

  /// A call through libffi into a library that every system has.
  private var functions: Finding {
    let probe = DescribedFunction(library: "libm.so.6", prototype: "double fabs(double x)")
    do throws(AssayError) {
      let answer = try catalog.call(probe, with: [("x", "-3")])
      guard answer.rows.first?.score == 3 else {
        return Finding(
          subject: "calls", state: .broken, detail: "fabs(-3) of libm.so.6 is not 3",
          remedy: "apt-get install --reinstall libffi8")
      }
      return Finding(subject: "calls", state: .works, detail: "fabs(-3) of libm.so.6 is 3")
    } catch {
      return Finding(
        subject: "calls", state: .broken, detail: error.message,
        remedy: "apt-get install --reinstall libffi8")
    }
  }

  private var others: [Finding] {
    let names = Set(Self.shipped.map(\.plugin))
    return catalog.plugins.filter { !names.contains($0.name) }.map { plugin in
      let problem = loading(plugin)
      return Finding(
        subject: plugin.name, state: problem == nil ? .works : .remark,
        detail: problem?.message ?? "version \(plugin.version) (\(plugin.library))",
        remedy: problem == nil ? nil : "assay plugins validate '\(plugin.manifest)'")
    }
  }

  private var problems: [Finding] {
    catalog.problems.map {
      Finding(
        subject: $0.path, state: .remark, detail: $0.error.message,
        remedy: "assay plugins validate '\($0.path)'")
    }
  }

  /// Folders that somebody asked for and that are not there.
  private var folders: [Finding] {
    (environment("ASSAY_PLUGIN_PATH") ?? "").split(separator: ":").map(String.init)
      .filter { !Files.isFolder($0) || !$0.hasPrefix("/") }
      .map { folder in
        Finding(
          subject: "ASSAY_PLUGIN_PATH", state: .remark,
          detail: folder.hasPrefix("/") ? "there is no folder \(folder)" : "\(folder) is not an absolute path",
          remedy: "mkdir -p '\(folder)', or take it out of ASSAY_PLUGIN_PATH")
      }
  }
}
