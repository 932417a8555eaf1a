/// What verdicts on two answers add up to, whatever their order and split: no sum rounds.
struct VerdictCounts: Sendable, Hashable {
  var wins = 0
  var losses = 0
  var draws = 0
  /// Verdicts that are none of the three in full, such as 1.7.
  var graded = 0
  /// The sum of all preferences less 1 and the sum of their squares, in units of 2⁻⁵² and
  /// 2⁻¹⁰⁴: of a preference from 1 to 2 that loses nothing.
  var sum: UInt128 = 0
  var squares = WideSum()

  init() {}

  private static let unit = 0x1p52

  /// Counts a preference.
  ///
  /// - Returns: Whether it is one: 0, or a number from 1 to 2.
  mutating func add(_ preference: Double) -> Bool {
    guard let score = Self.score(of: preference) else { return false }
    switch score {
    case 0.5: draws += 1
    case ..<0.5: losses += 1
    default: wins += 1
    }
    if score != 0, score != 0.5, score != 1 { graded += 1 }
    let whole = UInt128(score * Self.unit)
    sum += whole
    squares += .square(whole)
    return true
  }

  /// How much of a win a preference is, from 0 to 1; nil for a number that is none.
  static func score(of preference: Double) -> Double? {
    if preference == 0 { return 0.5 }
    return preference >= 1 && preference <= 2 ? preference - 1 : nil
  }

  mutating func merge(_ other: VerdictCounts) {
    wins += other.wins
    losses += other.losses
    draws += other.draws
    graded += other.graded
    sum &+= other.sum
    squares += other.squares
  }

  var total: Int { wins + losses + draws }

  /// How many wins the verdicts are worth.
  var score: Double { Double(sum) / Self.unit }

  /// The mean of preference - 1; nil without verdicts.
  var rate: Double? { total > 0 ? score / Double(total) : nil }

  /// (wins + draws / 2) / n, as if graded verdicts were full ones; nil without verdicts.
  var discreteRate: Double? {
    total > 0 ? (Double(wins) + Double(draws) / 2) / Double(total) : nil
  }

  /// Of preference - 1, with n - 1 in the denominator; nil under two verdicts.
  ///
  /// From n Σx² - (Σx)², which is exact, so that equal verdicts vary by 0 and no less.
  var variance: Double? {
    guard total >= 2 else { return nil }
    let n = Double(total)
    let spread = squares.times(UInt128(total)) - .square(sum)
    return spread.double * 0x1p-104 / (n * (n - 1))
  }

  /// Whether such verdicts can be: full ones account for their part of the sum, graded ones
  /// for no more than they are, and a mean is no larger than the mean of squares allows.
  var isPossible: Bool {
    let one = UInt128(Self.unit)
    guard sum <= UInt128(total) * one else { return false }
    guard squares <= WideSum(high: 0, low: sum).times(one) else { return false }
    return .square(sum) <= squares.times(UInt128(total))
  }
}
