public import AssayCore
import AssayHost
public import AssayJSON

/// Which runs are compared, and by what.
public struct RunComparison: Sendable {
  /// One of the runs.
  public enum Place: Sendable {
    /// A run of the registry by `ID`, or `ID/MODEL` for one of its models; of several models
    /// each is a side.
    case registered(String)
    /// The newest completed run of a model on a data set, `NAME[@VERSION][/SPLIT]`, with the
    /// evaluators that are asked for.
    case newest(side: String, model: String, dataset: String)
    /// A result that is kept elsewhere, under the name of its side.
    case finished(name: String, FinishedRun)
  }

  public var places: [Place]
  /// The evaluators that are meant, by name; empty for all that some run has.
  public var evaluators: [String] = []
  /// Whether an evaluator that a run lacks is run over its sources, as a run of its own that is
  /// kept.
  public var evaluatesMissing = false
  /// What runs are told that are made because there are none: fields such as `join_on`; and
  /// the `parameters` and `bindings` of evaluators that are made up for.
  public var fields = JSONObject()

  public init(_ places: [Place]) { self.places = places }
}

/// Runs that were found, ready to be compared.
public struct ComparableRuns: Sendable {
  public internal(set) var sides: [ComparisonRequest.Side]
  /// By which they are scored again; empty where only what was kept of them is compared.
  var evaluators: [EvaluatorRequest] = []
  /// The column by which their items meet.
  var joinKey: String?
  /// What a reader of the result should know.
  var notes: [String] = []
}

extension ComparisonRequest {
  /// Compares runs that were found.
  ///
  /// - Parameter shared: Its evaluators are not looked at; its join key goes before the runs'.
  /// - Throws: As ``init(_:sharing:baseline:)``.
  public init(
    _ runs: ComparableRuns, sharing shared: RunRequest, baseline: String? = nil
  ) throws(AssayError) {
    var shared = shared
    shared.evaluators = runs.evaluators
    shared.joinKey = shared.joinKey ?? runs.joinKey
    try self.init(runs.sides, sharing: shared, baseline: baseline)
    notes = runs.notes
  }
}

extension AssayError.Code {
  /// A run that has no result to compare, because it is not completed.
  public static let comparisonRun = Self(rawValue: "compare.unfinished-run")
  /// An evaluator that some of the compared runs do not have.
  public static let comparisonMissing = Self(rawValue: "compare.missing-evaluator")
}
