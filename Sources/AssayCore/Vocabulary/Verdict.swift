/// The answer of a gate.
public enum Verdict: String, Sendable, Hashable, CaseIterable {
  case pass
  case fail
  /// The data do not settle it: the threshold lies inside the interval, the
  /// statistic is undefined, or rows are missing.
  case inconclusive
}

/// How a process says its end to the pipeline around it.
public struct ExitCode: RawRepresentable, Sendable, Hashable {
  public let rawValue: Int32
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// Every gate passed, or there was none.
  public static let success = Self(rawValue: 0)
  /// A gate failed.
  public static let gateFailed = Self(rawValue: 1)
  /// Usage, configuration or input.
  public static let usage = Self(rawValue: 2)
  /// Too few of the rows were scored.
  public static let incomplete = Self(rawValue: 3)
  /// A gate could not be decided.
  public static let inconclusive = Self(rawValue: 4)
  /// A defect of Assay.
  public static let internalError = Self(rawValue: 70)
  /// The user stopped the work.
  public static let interrupted = Self(rawValue: 130)
}
