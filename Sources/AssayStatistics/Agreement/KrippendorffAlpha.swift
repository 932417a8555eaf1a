/// What the distance of two ratings is to Krippendorff's alpha.
public enum MeasurementLevel: String, Sendable, Hashable, CaseIterable {
  /// Equal or not.
  case nominal
  /// How many ratings lie between them.
  case ordinal
  /// Their difference.
  case interval
  /// Their difference over their sum; ratings are not under 0.
  case ratio
}

/// Krippendorff's alpha (2011) of any number of raters with missing ratings.
public struct KrippendorffAlpha: Sendable, Hashable {
  /// 1 - observed / expected disagreement: 1 for agreement, 0 at chance.
  public let value: Double
  public let observedDisagreement: Double
  public let expectedDisagreement: Double
  /// The ratings of units that have two or more.
  public let pairableRatings: Int
  /// The units that have two or more ratings.
  public let units: Int

  /// - Parameters:
  ///   - ratings: A list a rater with a rating for each unit, nil where there is none.
  ///   - level: `nominal` takes any numbers as names.
  /// - Throws: `lengths-differ`, `not-finite`, `too-few-values` where no unit has two
  ///   ratings, `one-category` where all pairable ratings are equal, `invalid-argument`
  ///   for a rating under 0 on a ratio scale.
  /// - Complexity: O(*n* log *n*); for `ratio` O(*v*²) in the distinct ratings and
  ///   O(*raters*²) a unit.
  public init(ratings: [[Double?]], level: MeasurementLevel) throws(Undefined) {
    let width = ratings.first?.count ?? 0
    for rater in ratings { try Check.parallel(width, rater.count, "the ratings of two raters") }
    let units = (0..<width).map { unit in ratings.compactMap { $0[unit] } }
    try self.init(units: units, level: level)
  }

  /// - Parameter units: The ratings of each unit, in any order.
  public init(units: [[Double]], level: MeasurementLevel) throws(Undefined) {
    let pairable = units.filter { $0.count >= 2 }
    try Check.enough(pairable.count, atLeast: 1, "units with two ratings")
    let all = pairable.flatMap { $0 }
    try Check.finite(all, "ratings")
    if level == .ratio, all.contains(where: { $0 < 0 }) {
      throw Undefined(.invalidArgument, "a rating on a ratio scale is under 0")
    }
    let distances: any Disagreement = switch level {
    case .nominal: NominalDisagreement()
    case .ratio: RatioDisagreement()
    case .interval: SquaredDisagreement()
    // Between two ratings lie as many others as their midranks are apart.
    case .ordinal: SquaredDisagreement()
    }
    let values = level == .ordinal ? midranks(all).ranks : all
    var observed = 0.0
    var start = 0
    for unit in pairable {
      let own = values[start..<(start + unit.count)]
      observed += distances.sum(own) / Double(unit.count - 1)
      start += unit.count
    }
    let count = Double(all.count)
    observedDisagreement = observed / count
    expectedDisagreement = distances.sum(values[...]) / (count * (count - 1))
    guard expectedDisagreement > 0, values.contains(where: { $0 != values[0] }) else {
      throw Undefined(.oneCategory, "all ratings that can be paired are equal")
    }
    value = 1 - observedDisagreement / expectedDisagreement
    pairableRatings = all.count
    self.units = pairable.count
    guard value.isFinite else {
      throw Undefined(.notFinite, "the ratings are too large for their differences")
    }
  }
}

/// The squared distances between ratings.
private protocol Disagreement {
  /// Over all ordered pairs.
  func sum(_ values: ArraySlice<Double>) -> Double
}

private struct NominalDisagreement: Disagreement {
  func sum(_ values: ArraySlice<Double>) -> Double {
    let sorted = values.sorted()
    var equal = 0.0
    var start = 0
    while start < sorted.count {
      var end = start + 1
      while end < sorted.count, sorted[end] == sorted[start] { end += 1 }
      equal += Double(end - start) * Double(end - start)
      start = end
    }
    return Double(sorted.count) * Double(sorted.count) - equal
  }
}

/// Σ (a - b)² over all pairs is 2 n Σ (a - mean)².
private struct SquaredDisagreement: Disagreement {
  func sum(_ values: ArraySlice<Double>) -> Double {
    2 * Double(values.count) * Moments(Array(values)).squares
  }
}

private struct RatioDisagreement: Disagreement {
  func sum(_ values: ArraySlice<Double>) -> Double {
    var counts: [Double: Double] = [:]
    for value in values { counts[value, default: 0] += 1 }
    let distinct = counts.sorted { $0.key < $1.key }
    var total = 0.0
    for (index, a) in distinct.enumerated() {
      for b in distinct[..<index] {
        let ratio = (a.key - b.key) / (a.key + b.key)
        total += a.value * b.value * ratio * ratio
      }
    }
    return 2 * total
  }
}
