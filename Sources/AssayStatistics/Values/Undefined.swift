/// Why a statistic has no value: a name for programs and a sentence for people.
///
/// The functions of this module either give finite numbers or throw this. None of
/// them gives NaN, traps on what a caller passes, or iterates without a limit.
public struct Undefined: Error, Hashable, Sendable {
  /// The names of the reasons.
  public enum Cause: String, Sendable, Hashable, CaseIterable {
    /// A number outside of its range, such as a level of 2 or a count under 0.
    case invalidArgument = "invalid-argument"
    /// A value that is NaN or infinite.
    case notFinite = "not-finite"
    /// Lists that should be parallel are not.
    case lengthsDiffer = "lengths-differ"
    /// Fewer values than the statistic needs.
    case tooFewValues = "too-few-values"
    /// All values are equal, so that nothing can be said about their spread.
    case noVariation = "no-variation"
    /// Every rating is in one category.
    case oneCategory = "one-category"
    /// Some models were never compared with some others, not even through third ones.
    case disconnected
    /// Some models never lost to the others, so that no finite ability is the likeliest.
    case separated
    /// There are ties and nothing else.
    case onlyTies = "only-ties"
    /// A judge that says yes as often to wrong answers as to right ones.
    case uninformativeJudge = "uninformative-judge"
    /// No number of rows is enough.
    case unreachable
    /// The statistic is undefined in too many bootstrap replicates.
    case undefinedReplicates = "undefined-replicates"
    /// All bootstrap replicates lie on one side of the estimate.
    case extremeEstimate = "extreme-estimate"
    /// An iteration reached its limit.
    case notConverged = "not-converged"
  }

  public let cause: Cause
  /// A sentence that names the thing, without a full stop.
  public let message: String
  /// For ``Cause/disconnected`` and ``Cause/separated``: the groups of models by
  /// their indices, from the strongest to the weakest where they have an order.
  public let groups: [[Int]]

  public init(_ cause: Cause, _ message: String, groups: [[Int]] = []) {
    self.cause = cause
    self.message = message
    self.groups = groups
  }
}

extension Undefined: CustomStringConvertible {
  public var description: String { "\(cause.rawValue): \(message)" }
}
