import AssayCore
import AssayJSON
import AssayRuntime

/// What `assay compare` was told, parsed and checked.
struct ComparisonSettings {
  /// What all sides share, in the words of `assay run`.
  let run: RunSettings
  /// The runs that are compared; nil where data are.
  let runs: RunComparison?
  private let sides: [ComparisonRequest.Side]
  private let baseline: String?
  private let joinKey: String?
  private var adjustment = ComparisonRequest.Adjustment.holm
  private var power = 0.8
  private let allowsDifferent: Bool
  private let isPaired: Bool
  private let leaderboardMetric: String?

  /// - Throws: `usage.invalid`, naming the flag; `compare.sides`; `threshold.syntax`.
  init(
    _ sides: ComparedSideOptions, _ evaluators: EvaluatorOptions, _ comparison: ComparisonOptions,
    _ results: ComparisonOutputOptions
  ) throws(AssayError) {
    var named = try Self.sides(sides)
    let namesRuns = !sides.runs.isEmpty || !sides.model.isEmpty || !sides.dataset.isEmpty
    guard named.isEmpty == namesRuns else {
      throw AssayError(
        .usage,
        named.isEmpty
          ? "There is nothing to compare: name two sides with --a FILE and --b FILE, several with "
            + "--side NAME=FILE, or two runs by their ids or results, or by --model and --dataset."
          : "Compare either runs or data: leave out the runs, or --a, --b and --side.")
    }
    runs = named.isEmpty ? try ComparedRuns.read(sides, evaluators) : nil
    guard runs != nil || !sides.evaluateMissing else {
      throw AssayError(
        .usage, "--evaluate-missing is for runs of the registry; data are evaluated anyway.",
        details: ["option": "--evaluate-missing"])
    }
    let names = named.map(\.name)
    let bindings = try Assigned(sides.bind, "--bind", sides: names)
    let parameters = try Assigned(evaluators.param, "--param", sides: names)
    for index in named.indices {
      for text in bindings.own[index] { named[index].bindings.append(try ColumnBinding(parsing: text)) }
      for text in parameters.own[index] {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        named[index].parameters[String(parts[0])] = try SettingValue(String(parts[1]), flag: "--param").json()
      }
    }
    var shared = evaluators
    shared.param = parameters.shared
    var collector = FlagCollector()
    try collector.add(shared)
    try collector.add(sides, sample: named.first?.path ?? "-", bindings: bindings.shared)
    collector.add(comparison)
    collector.add(results)
    run = try RunSettings(collector.values)
    self.sides = named.map(\.side)
    baseline = sides.baseline
    joinKey = sides.joinOn
    if let text = comparison.adjust { adjustment = try SettingValue(text, flag: "--adjust").choice() }
    if let text = comparison.power {
      let value = SettingValue(text, flag: "--power")
      power = try value.number(in: 0.01...0.9999, "a probability between 0.01 and 0.9999")
    }
    allowsDifferent = sides.allowDifferent
    isPaired = !sides.unpaired && sides.dataset.count < 2
    leaderboardMetric = comparison.sort
  }

  /// - Parameters:
  ///   - shared: The request of the run, with its evaluators.
  ///   - runs: The runs that were found; nil where data are compared.
  func request(
    sharing shared: RunRequest, runs: ComparableRuns? = nil
  ) throws(AssayError) -> ComparisonRequest {
    var shared = shared
    shared.joinKey = joinKey
    var request =
      if let runs { try ComparisonRequest(runs, sharing: shared, baseline: baseline) } else {
        try ComparisonRequest(sides, sharing: shared, baseline: baseline)
      }
    request.isPaired = isPaired
    request.adjustment = adjustment
    request.power = power
    request.allowsDifferent = allowsDifferent
    request.leaderboardMetric = leaderboardMetric
    return request
  }

  /// A side before its evaluators are known.
  private struct NamedSide {
    var name: String
    var path: String
    var bindings: [ColumnBinding] = []
    var parameters: JSONObject = [:]

    var side: ComparisonRequest.Side {
      var side = ComparisonRequest.Side(name: name, source: DataSource(path))
      side.bindings = bindings
      side.parameters = parameters
      return side
    }
  }

  private static func sides(_ options: ComparedSideOptions) throws(AssayError) -> [NamedSide] {
    var sides: [NamedSide] = []
    if let path = options.first { sides.append(NamedSide(name: "a", path: path)) }
    if let path = options.second { sides.append(NamedSide(name: "b", path: path)) }
    for text in options.side {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
        throw AssayError(
          .usage, "--side \(text) is not NAME=FILE, as in large=large.csv.", details: ["option": "--side"])
      }
      sides.append(NamedSide(name: String(parts[0]), path: String(parts[1])))
    }
    return sides
  }
}

/// Assignments, apart for those with a side in front: `b.score=p`.
private struct Assigned {
  private(set) var shared: [String] = []
  /// By side, without the side.
  private(set) var own: [[String]]

  init(_ texts: [String], _ flag: String, sides: [String]) throws(AssayError) {
    own = [[String]](repeating: [], count: sides.count)
    for text in texts {
      guard let side = sides.firstIndex(where: { text.hasPrefix($0 + ".") }) else {
        shared.append(text)
        continue
      }
      let rest = String(text.dropFirst(sides[side].count + 1))
      guard let mark = rest.firstIndex(of: "="), mark > rest.startIndex else {
        throw AssayError(
          .usage, "\(flag) \(text) is not NAME=VALUE with a side in front, as in b.score=p_new.",
          details: ["option": flag])
      }
      own[side].append(rest)
    }
  }
}
