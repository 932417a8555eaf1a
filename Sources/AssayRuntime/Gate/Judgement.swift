import AssayCore
import AssayStatistics

/// What a threshold sees: a number, and how sure it is.
struct Observation {
  var value: Double?
  /// Where an interval was asked for and is there.
  var interval: Bounds?
  /// Why there is no value, or no interval although one was asked for.
  var reason: String?
  var level: Double?
  /// How many rows stand behind it.
  var rows: Int

  /// Nothing was seen.
  static func undefined(_ reason: String, rows: Int = 0) -> Observation {
    Observation(value: nil, reason: reason, rows: rows)
  }
}

/// The verdict over one observation or several.
struct Judgement {
  var observed: Double?
  var verdict: Verdict
  var reason: String?
  var rowsNeeded: Int?
}

extension Comparison {
  /// The verdict over one observation.
  ///
  /// With an interval, a threshold inside of it is inconclusive; an undefined
  /// value, or an interval that was asked for and is not there, never passes.
  func judge(_ observation: Observation, bound: Double, wantsInterval: Bool) -> Judgement {
    guard let value = observation.value, !value.isNaN else {
      return Judgement(
        verdict: .inconclusive, reason: observation.reason ?? "the statistic is undefined")
    }
    guard wantsInterval else {
      return Judgement(observed: value, verdict: holds(value, bound) ? .pass : .fail)
    }
    guard let interval = observation.interval else {
      let why = observation.reason.map { ": \($0)" } ?? ""
      return Judgement(
        observed: value, verdict: .inconclusive, reason: "there is no interval\(why)")
    }
    let verdict = judge(interval, bound)
    guard verdict == .inconclusive else { return Judgement(observed: value, verdict: verdict) }
    let level = observation.level.map { " \(shortText($0 * 100)) %" } ?? ""
    return Judgement(
      observed: value, verdict: .inconclusive,
      reason: "\(shortText(bound)) lies inside the\(level) interval "
        + "\(shortText(interval.low)) to \(shortText(interval.high))",
      rowsNeeded: additionalRows(
        rows: observation.rows, estimate: value, threshold: crossing(value, bound),
        interval: interval))
  }

  private func holds(_ value: Double, _ bound: Double) -> Bool {
    switch self {
    case .atLeast: value >= bound
    case .above: value > bound
    case .atMost: value <= bound
    case .below: value < bound
    case .equal: value == bound
    case .nearZero: abs(value) <= bound
    }
  }

  private func judge(_ interval: Bounds, _ bound: Double) -> Verdict {
    let (low, high) = (interval.low, interval.high)
    let (alwaysHolds, neverHolds) =
      switch self {
      case .atLeast: (low >= bound, high < bound)
      case .above: (low > bound, high <= bound)
      case .atMost: (high <= bound, low > bound)
      case .below: (high < bound, low >= bound)
      case .equal: (low == bound && high == bound, low > bound || high < bound)
      case .nearZero: (low >= -bound && high <= bound, low > bound || high < -bound)
      }
    return alwaysHolds ? .pass : neverHolds ? .fail : .inconclusive
  }

  /// The threshold's end that a value is compared with.
  private func crossing(_ value: Double, _ bound: Double) -> Double {
    self == .nearZero && value < 0 ? -bound : bound
  }

  /// The verdict over the smallest (or largest) of several observations.
  ///
  /// "The smallest is at least 0.9" says that every one is, "the smallest is at
  /// most 0.9" that some one is; so an observation that cannot be judged leaves
  /// the whole open only where the others do not settle it.
  func judge(
    smallest isSmallest: Bool, of observations: [Observation], bound: Double, wantsInterval: Bool
  ) -> Judgement {
    guard !observations.isEmpty else {
      return Judgement(verdict: .inconclusive, reason: "there are no slices")
    }
    if self == .equal {
      let bothEnds = [Comparison.atLeast, .atMost].map {
        $0.judge(
          smallest: isSmallest, of: observations, bound: bound, wantsInterval: wantsInterval)
      }
      return bothEnds.max { $0.verdict.rank < $1.verdict.rank } ?? bothEnds[0]
    }
    let judgements = observations.map {
      judge($0, bound: bound, wantsInterval: wantsInterval)
    }
    let concernsAll = isSmallest ? [.atLeast, .above].contains(self) : [.atMost, .below].contains(self)
    let ranked = judgements.map(\.verdict.rank)
    let rank = (concernsAll ? ranked.max() : ranked.min()) ?? Verdict.inconclusive.rank
    let values = observations.compactMap(\.value).filter { !$0.isNaN }
    let observed = isSmallest ? values.min() : values.max()
    let deciding = judgements.first { $0.verdict.rank == rank }
    return Judgement(
      observed: observed, verdict: deciding?.verdict ?? .inconclusive, reason: deciding?.reason,
      rowsNeeded: deciding?.rowsNeeded)
  }
}

extension Verdict {
  /// From the best to the worst; inconclusive lies between.
  var rank: Int {
    switch self {
    case .pass: 0
    case .inconclusive: 1
    case .fail: 2
    }
  }

  /// The worst of several verdicts; nil without any.
  static func worst(_ verdicts: some Sequence<Verdict>) -> Verdict? {
    verdicts.max { $0.rank < $1.rank }
  }
}
