public import AssayCore

/// How verdicts become an exit code.
public struct GatePolicy: Sendable, Hashable {
  /// The share of the rows, those skipped on request aside, that must have a
  /// score; from 0 to 1.
  public var minimumCoverage: Double = 1
  /// Whether a gate that could not be decided lets the pipeline go on.
  public var inconclusivePasses = false
  /// The exit code of a gate that failed; 1 unless a pipeline wants another.
  public var gateExitCode: ExitCode = .gateFailed

  public init() {}
}

/// The end of a run: the printed verdict and the exit code come from here.
struct Conclusion: Hashable {
  /// By evaluator; nil where it has no threshold.
  var evaluators: [Verdict?]
  /// Over the whole run; nil without thresholds.
  var verdict: Verdict?
  /// Whether too few rows of some evaluator were scored.
  var isIncomplete: Bool
  var exitCode: ExitCode

  /// The one function that makes verdicts and the exit code.
  ///
  /// A failed gate (1) goes before an incomplete run (3), and that before an
  /// inconclusive gate (4); where too few rows were scored the verdict is at best
  /// inconclusive.
  init(_ parts: [(thresholds: [Verdict], counts: Counts)], policy: GatePolicy) {
    let isIncomplete = parts.map { !$0.counts.isCovered(policy.minimumCoverage) }
    evaluators = zip(parts, isIncomplete).map { part, isIncomplete in
      let worst = Verdict.worst(part.thresholds)
      return worst == .pass && isIncomplete ? .inconclusive : worst
    }
    self.isIncomplete = isIncomplete.contains(true)
    verdict = Verdict.worst(evaluators.compactMap { $0 })
    if verdict == .pass, self.isIncomplete { verdict = .inconclusive }
    exitCode =
      if verdict == .fail { policy.gateExitCode }
      else if self.isIncomplete { .incomplete }
      else if verdict == .inconclusive, !policy.inconclusivePasses { .inconclusive }
      else { .success }
  }
}

extension Counts {
  /// Whether enough rows have a score; where there is no row at all, not.
  func isCovered(_ minimum: Double) -> Bool {
    guard let coverage else { return minimum <= 0 }
    return coverage >= minimum
  }
}
