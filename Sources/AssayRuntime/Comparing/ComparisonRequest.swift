public import AssayCore
public import AssayJSON

/// What is compared with what: two sides or more, by the same evaluators, on the same items.
///
/// ```swift
/// var shared = RunRequest(evaluators: [EvaluatorRequest("tabular.binary")],
///                         sample: DataSource("a.csv"), joinKey: "id")
/// shared.bindings = [try ColumnBinding(parsing: "target=label")]
/// let request = try ComparisonRequest(
///   [.init(name: "a", source: DataSource("a.csv")), .init(name: "b", source: DataSource("b.csv"))],
///   sharing: shared)
/// let comparison = try await assay.compare(request)
/// ```
public struct ComparisonRequest: Sendable {
  /// One of the things that are compared: what a model produced, and what only this side is told.
  public struct Side: Sendable {
    public var name: String
    let content: Content
    /// These go before those that all sides share.
    public var bindings: [ColumnBinding] = []
    /// These go before those of the evaluators. With parameters of their own, sides are
    /// scored by different measures: that is refused unless ``allowsDifferent``.
    public var parameters: JSONObject = [:]

    /// The run of the registry behind it, and what is known of it beside its numbers.
    var origin = RunOrigin()

    enum Content: Sendable {
      case source(DataSource)
      /// What a run was asked, to be scored again.
      case evaluation(RunRequest)
      case stored(FinishedRun)
    }

    /// What a model produced, to be scored.
    public init(name: String, source: DataSource) {
      self.name = name
      content = .source(source)
    }

    /// A run that was made before; sides are all stored or none is.
    public init(name: String, run: FinishedRun) {
      self.name = name
      content = .stored(run)
    }

    /// The same side with its rows elsewhere.
    func reading(_ source: DataSource) -> Side {
      var side = Side(name: name, source: source)
      side.bindings = bindings
      side.parameters = parameters
      return side
    }

    /// What a run of the registry is about, to be scored in one pass with the other sides.
    init(name: String, evaluating request: RunRequest) {
      self.name = name
      content = .evaluation(request)
    }

    var source: DataSource? { if case .source(let source) = content { source } else { nil } }
    var run: FinishedRun? { if case .stored(let run) = content { run } else { nil } }
  }

  /// At least two, of different names; the first is the baseline unless another is named.
  public private(set) var sides: [Side]
  /// What all sides share: evaluators, ground truth, join key, bindings, handling, seed,
  /// cluster, thresholds and gate. Its sample is not read. Items meet by its join key, else by
  /// position. The minimum coverage is also the least share of each side's items that all
  /// other sides must have.
  public var shared: RunRequest
  /// The side that the others are compared with.
  public let baseline: Int
  /// How p-values make up for their number.
  public var adjustment = Adjustment.holm
  /// With which probability the minimum detectable effects would be found; between 0 and 1.
  public var power = 0.8
  /// Whether sides may be compared that were scored differently or expect different things.
  public var allowsDifferent = false
  /// Whether the sides have the same items. Else they are independent samples, such as one
  /// model on two data sets.
  public var isPaired = true
  /// The metric of the leaderboard; nil for the headline.
  public var leaderboardMetric: String?
  /// What a reader of the result should know of how the sides were found.
  var notes: [String] = []

  /// - Parameter baseline: The name of a side; nil for the first.
  /// - Throws: `compare.sides` for fewer than two, for a name twice, empty or `baseline`, for
  ///   a baseline that no side is called, and for stored runs beside data.
  public init(
    _ sides: [Side], sharing shared: RunRequest, baseline: String? = nil
  ) throws(AssayError) {
    guard sides.count >= 2 else {
      throw AssayError(
        .comparisonSides,
        "A comparison needs two sides, and there \(sides.count == 1 ? "is one" : "are none").")
    }
    var names: [String] = []
    for side in sides {
      guard !side.name.isEmpty, side.name != "baseline" else {
        throw AssayError(
          .comparisonSides, "A side cannot be called \"\(side.name)\". Give it another name.",
          details: ["side": side.name])
      }
      guard !names.contains(side.name) else {
        throw AssayError(
          .comparisonSides, "Two sides are called \"\(side.name)\". Give each a name of its own.",
          details: ["side": side.name])
      }
      names.append(side.name)
    }
    guard sides.allSatisfy({ ($0.run == nil) == (sides[0].run == nil) }) else {
      throw AssayError(
        .comparisonSides, "Some sides are stored runs and some are data to be scored. Score the data first.")
    }
    guard let index = baseline.map({ names.firstIndex(of: $0) }) ?? 0 else {
      let name = baseline ?? ""
      throw AssayError(
        .comparisonSides,
        "No side is called \"\(name)\", which should be the baseline.\(suggestion(for: name, in: names)) "
          + "There are \(names.joined(separator: ", ")).", details: ["side": name])
    }
    self.sides = sides
    self.shared = shared
    self.baseline = index
  }

  /// How p-values are raised to make up for their number.
  public enum Adjustment: String, Sendable, Hashable, CaseIterable {
    /// Holm: any false difference has a probability of at most 1 - level.
    case holm
    /// Benjamini and Hochberg: the expected share of false differences is at most 1 - level.
    case bh
    /// Each test for itself.
    case none
  }

  /// The level of all intervals.
  var level: Double { (shared.intervalLevel ?? .standard).value }

  /// The same comparison of the same sides, with their rows elsewhere.
  func over(_ sides: [Side], sharing shared: RunRequest) -> ComparisonRequest {
    var request = self
    request.sides = sides
    request.shared = shared
    return request
  }
}

extension AssayError.Code {
  /// Sides that cannot be told apart, or fewer than two.
  public static let comparisonSides = Self(rawValue: "compare.sides")
  /// The sides have different items.
  public static let comparisonItems = Self(rawValue: "compare.different-items")
  /// The sides expect different things of the same items.
  public static let comparisonTargets = Self(rawValue: "compare.different-targets")
  /// The sides were scored by different evaluators, versions or parameters.
  public static let comparisonEvaluators = Self(rawValue: "compare.different-evaluators")
  /// A threshold that is not on a difference.
  public static let comparisonThreshold = Self(rawValue: "compare.threshold")
}
