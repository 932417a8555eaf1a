/// How many raters put each subject into each category; raters need not be the same
/// people, nor as many, for all subjects.
public struct RatingCounts: Sendable, Hashable {
  /// A row a subject, or several that were rated alike; a column a category.
  public let counts: [[Int]]
  /// How many subjects each row stands for.
  public let times: [Int]

  /// - Throws: `lengths-differ` for rows of different lengths, `invalid-argument` for
  ///   a count under 0 or no category, `too-few-values` where no subject has two
  ///   ratings.
  public init(_ counts: [[Int]]) throws(Undefined) {
    try self.init(counts, times: [Int](repeating: 1, count: counts.count))
  }

  /// Subjects of which many were rated alike.
  ///
  /// - Parameter times: How many subjects each row of `counts` stands for.
  /// - Throws: As ``init(_:)``; `lengths-differ` where there are not as many times as rows,
  ///   `invalid-argument` for one under 0.
  public init(_ counts: [[Int]], times: [Int]) throws(Undefined) {
    try Check.parallel(counts.count, times.count, "the rows and their times")
    let width = counts.first?.count ?? 0
    for row in counts {
      try Check.parallel(width, row.count, "the first and another subject")
      for value in row { try Check.count(value, "a count of ratings") }
    }
    var subjects = 0
    for value in times {
      try Check.count(value, "a number of subjects")
      subjects += value
      try Check.count(subjects, "the number of all subjects")
    }
    // A subject that nobody rated says nothing.
    let rated = counts.indices.filter { times[$0] > 0 && counts[$0].contains { $0 > 0 } }
    guard rated.contains(where: { counts[$0].reduce(0, +) >= 2 }) else {
      throw Undefined(.tooFewValues, "no subject has two ratings")
    }
    self.counts = rated.map { counts[$0] }
    self.times = rated.map { times[$0] }
  }

  /// Counts the ratings of each rater, nil where there is none.
  ///
  /// - Parameters:
  ///   - ratings: A list a rater, with a category from 0 for each subject.
  ///   - categories: How many categories there are.
  /// - Throws: As ``init(_:)``.
  public init(ratings: [[Int?]], categories: Int) throws(Undefined) {
    try Check.count(categories, atLeast: 1, "a number of categories")
    let subjects = ratings.first?.count ?? 0
    var counts = [[Int]](repeating: [Int](repeating: 0, count: categories), count: subjects)
    for rater in ratings {
      try Check.parallel(subjects, rater.count, "the ratings of two raters")
      for (subject, category) in rater.enumerated() {
        guard let category else { continue }
        guard counts[subject].indices.contains(category) else {
          throw Undefined(.invalidArgument, "there is no category \(category) of \(categories)")
        }
        counts[subject][category] += 1
      }
    }
    try self.init(counts)
  }
}

extension RatingCounts {
  /// Fleiss's kappa (1971), weighted and with missing ratings as by Gwet (2014): chance
  /// agreement Σ w_kl π_k π_l with the mean shares π of the categories.
  ///
  /// - Throws: `one-category`, `too-few-values` under two subjects, `invalid-argument`.
  /// - Complexity: O(*subjects* · *q*²).
  public func fleissKappa(
    weights: AgreementWeights = .none, level: Double = 0.95
  ) throws(Undefined) -> AgreementEstimate {
    try chanceCorrected(weights: weights, level: level) { shares, weights in
      shares.indices.map { k in
        shares.indices.reduce(0.0) { $0 + weights[k][$1] * shares[$1] }
      }
    }
  }

  /// Gwet's AC1 (2008), with weights AC2 (2014): chance agreement
  /// Σ w_kl / (q (q - 1)) · Σ π_k (1 - π_k), which does not collapse where one category
  /// prevails.
  ///
  /// - Throws: `one-category` where there is but one category to choose,
  ///   `too-few-values` under two subjects, `invalid-argument`.
  /// - Complexity: O(*subjects* · *q*²).
  public func gwetAC(
    weights: AgreementWeights = .none, level: Double = 0.95
  ) throws(Undefined) -> AgreementEstimate {
    let categories = Double(counts[0].count)
    guard categories >= 2 else { throw Undefined(.oneCategory, "there is only one category") }
    return try chanceCorrected(weights: weights, level: level) { shares, weights in
      let sum = weights.reduce(0) { $0 + $1.reduce(0, +) }
      return shares.map { sum / (categories * (categories - 1)) * (1 - $0) }
    }
  }

  /// (observed - expected) / (1 - expected) with Gwet's linearised variance (2014,
  /// section 5.3) and Student's interval with subjects - 1 degrees of freedom.
  ///
  /// - Parameter chance: The expected agreement given a category, for each, from the
  ///   shares of the categories and the weights.
  private func chanceCorrected(
    weights: AgreementWeights, level: Double, chance: ([Double], [[Double]]) -> [Double]
  ) throws(Undefined) -> AgreementEstimate {
    try Check.level(level)
    let total = times.reduce(0, +)
    try Check.enough(total, atLeast: 2, "subjects")
    let subjects = Double(total)
    let times = times.map { Double($0) }
    let q = counts[0].count
    let weights = (0..<q).map { i in (0..<q).map { weights.weight(i, $0, of: q) } }
    let totals = counts.map { Double($0.reduce(0, +)) }
    let shares = (0..<q).map { k in
      counts.indices.reduce(0.0) { $0 + times[$1] * (Double(counts[$1][k]) / totals[$1]) } / subjects
    }
    let given = chance(shares, weights)
    let expected = zip(shares, given).reduce(0) { $0 + $1.0 * $1.1 }
    guard expected < 1 - 1e-12 else {
      throw Undefined(.oneCategory, "all ratings are in one category")
    }
    let paired = totals.indices.reduce(0.0) { $0 + (totals[$1] >= 2 ? times[$1] : 0) }
    let agreements = zip(counts, totals).map { agreement($0, total: $1, weights) }
    let observed = agreements.indices.reduce(0.0) { $0 + times[$1] * (agreements[$1] ?? 0) } / paired
    let value = (observed - expected) / (1 - expected)
    let deviations = counts.indices.map { subject in
      let own = agreements[subject].map { ($0 - expected) * subjects / paired } ?? 0
      let drawn = (0..<q).reduce(0.0) { $0 + Double(counts[subject][$1]) * given[$1] }
      return (own - 2 * (1 - value) * (drawn / totals[subject] - expected)) / (1 - expected) - value
    }
    let squares = deviations.indices.reduce(0.0) {
      $0 + times[$1] * (deviations[$1] * deviations[$1])
    }
    let error = (squares / (subjects * (subjects - 1))).squareRoot()
    guard
      let interval = meanInterval(
        mean: value, standardDeviation: error * subjects.squareRoot(), count: total, level: level)
    else { throw Undefined(.notFinite, "the agreement has no finite error") }
    return AgreementEstimate(
      estimate: Estimate(
        value: value, standardError: error,
        interval: Bounds(low: interval.low, high: min(1, interval.high)), level: level),
      observed: observed, expected: expected)
  }

  /// The weighted share of a subject's pairs of ratings that agree; nil under two.
  private func agreement(_ row: [Int], total: Double, _ weights: [[Double]]) -> Double? {
    guard total >= 2 else { return nil }
    var sum = 0.0
    for k in row.indices where row[k] > 0 {
      let weighted = row.indices.reduce(0.0) { $0 + weights[k][$1] * Double(row[$1]) }
      sum += Double(row[k]) * (weighted - 1)
    }
    return sum / (total * (total - 1))
  }
}
