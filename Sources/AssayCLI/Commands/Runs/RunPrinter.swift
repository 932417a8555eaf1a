import AssayCore
import AssayJSON
import AssayReport
import AssayRuntime

/// Puts runs on standard output.
struct RunPrinter {
  let answer: ObjectOptions

  /// Prints a run that was made and is done elsewhere.
  func printMade(_ run: StoredRun) throws(AssayError) {
    try answer.print(.object(run.json)) { terminal in
      switch run.status {
      case .pending, .running:
        "\(run.id) · \(run.status.rawValue)\nIt is done by a process of its own. Follow it with: assay runs watch \(run.id)\n"
      default: text(run, terminal)
      }
    }
  }

  /// Prints a run.
  func print(_ run: StoredRun) throws(AssayError) {
    try answer.print(.object(run.json)) { text(run, $0) }
  }

  /// Prints a run that is over.
  ///
  /// - Returns: The exit code of the run.
  /// - Throws: The error of a run that failed; nothing is printed then.
  func printEnded(_ run: StoredRun) throws(AssayError) -> AssayCore.ExitCode {
    try run.requireCompleted()
    try print(run)
    return ExitCode(rawValue: Int32(run.exitCode ?? 0))
  }

  private func text(_ run: StoredRun, _ terminal: Terminal) -> String {
    let facts = head(run)
    guard run.status == .completed, let result = try? RunResult(json: run.result) else {
      return facts + sheet(run).text(terminal)
    }
    return facts + "\n" + result.terminalText(style: terminal.style, columns: terminal.width)
  }

  /// The facts of a run without a result; its evaluators by name.
  private func sheet(_ run: StoredRun) -> ObjectSheet {
    var summary = run.facts.summary
    summary["evaluators"] = .array(
      run.evaluators.map { evaluator in
        let version = evaluator.version.map { "@\($0)" } ?? ""
        return .string(evaluator.name + version + (evaluator.model.map { " of \($0)" } ?? ""))
      })
    return ObjectSheet(summary)
  }

  private func head(_ run: StoredRun) -> String {
    var parts = [run.id, run.status.rawValue]
    if run.revision > 1 { parts.append("revision \(run.revision)") }
    if let container = run.container { parts.append(container) }
    if let percent = run.percentCompleted, run.status == .running { parts.append("\(Int(percent)) %") }
    if let error = AssayError(ofRun: run.error) { parts.append(error.message) }
    for (name, metric) in run.callerMetrics {
      parts.append("\(name) \(metric["value"]?.text() ?? "") (set by the caller)")
    }
    return parts.joined(separator: " · ") + "\n"
  }
}

extension StoredRun {
  /// - Throws: The error of a run that is over and has no result.
  func requireCompleted() throws(AssayError) {
    switch self.status {
    case .completed: return
    case .cancelled:
      throw AssayError(.interrupted, "The run \(self.id) was cancelled.", details: ["run": self.id])
    default:
      var error = AssayError(ofRun: self.error) ?? AssayError(.internal, "The run \(self.id) failed.")
      error.details["run"] = self.id
      if error.code == .interrupted {
        error.message = "The run \(self.id) was interrupted. Go on with it: assay runs resume \(self.id)"
      }
      throw error
    }
  }
}
