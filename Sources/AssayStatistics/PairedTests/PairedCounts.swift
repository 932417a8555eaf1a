/// Two yes-or-no results of the same items, counted.
public struct PairedCounts: Sendable, Hashable {
  public let both: Int
  public let onlyFirst: Int
  public let onlySecond: Int
  public let neither: Int

  /// - Throws: `invalid-argument` for a count under 0.
  public init(both: Int, onlyFirst: Int, onlySecond: Int, neither: Int) throws(Undefined) {
    for value in [both, onlyFirst, onlySecond, neither] { try Check.count(value, "a count of pairs") }
    self.both = both
    self.onlyFirst = onlyFirst
    self.onlySecond = onlySecond
    self.neither = neither
  }

  /// Counts the items of two lists.
  ///
  /// - Throws: `lengths-differ`.
  public init(_ first: [Bool], _ second: [Bool]) throws(Undefined) {
    try Check.parallel(first.count, second.count, "the first and the second results")
    var counts = [0, 0, 0, 0]
    for (a, b) in zip(first, second) { counts[(a ? 0 : 2) + (b ? 0 : 1)] += 1 }
    try self.init(
      both: counts[0], onlyFirst: counts[1], onlySecond: counts[2], neither: counts[3])
  }

  public var total: Int { both + onlyFirst + onlySecond + neither }
  /// The pairs that differ.
  public var discordant: Int { onlyFirst + onlySecond }
}
