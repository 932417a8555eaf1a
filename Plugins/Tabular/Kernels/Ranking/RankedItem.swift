/// A row as the ranking sees it: its score as a sortable key, and what else is
/// needed of it. Rows of one class are kept apart from those of the other.
protocol RankedItem: BitwiseCopyable, Sendable {
  /// The score as an integer that sorts like it.
  var key: UInt64 { get }
  var weight: Double { get }
  var row: UInt64 { get }
  /// Whether rows of equal key differ in anything.
  static var hasPayload: Bool { get }
  init(key: UInt64, weight: Double, row: UInt64)
  /// A total order, so that equal multisets of rows sort into equal arrays.
  static func precedes(_ a: Self, _ b: Self) -> Bool
}

/// A row that counts once.
struct PlainItem: RankedItem {
  let key: UInt64
  var weight: Double { 1 }
  var row: UInt64 { 0 }
  static var hasPayload: Bool { false }

  @inline(__always)
  init(key: UInt64, weight: Double, row: UInt64) { self.key = key }

  @inline(__always)
  static func precedes(_ a: Self, _ b: Self) -> Bool { a.key < b.key }
}

/// A row that counts as much as its weight.
struct WeightedItem: RankedItem {
  let key: UInt64
  let weight: Double
  var row: UInt64 { 0 }
  static var hasPayload: Bool { true }

  @inline(__always)
  init(key: UInt64, weight: Double, row: UInt64) {
    self.key = key
    self.weight = weight
  }

  @inline(__always)
  static func precedes(_ a: Self, _ b: Self) -> Bool {
    // Equal keys are rare, so that a branch on them is guessed right; the one on the
    // order is not, and must not become a branch.
    if _slowPath(a.key == b.key) { return a.weight < b.weight }
    return a.key < b.key
  }
}

/// A row that can be found again, for resampling.
struct TrackedItem: RankedItem {
  let key: UInt64
  let weight: Double
  let row: UInt64
  static var hasPayload: Bool { true }

  @inline(__always)
  init(key: UInt64, weight: Double, row: UInt64) {
    self.key = key
    self.weight = weight
    self.row = row
  }

  @inline(__always)
  static func precedes(_ a: Self, _ b: Self) -> Bool {
    if a.key != b.key { return a.key < b.key }
    return a.row != b.row ? a.row < b.row : a.weight < b.weight
  }
}

/// Doubles as integers of the same order: negative ones with all bits flipped,
/// the others with the sign set. Both zeros are one; NaN must not get here.
enum SortKey {
  @inline(__always)
  static func of(_ value: Double) -> UInt64 {
    let bits = (value + 0).bitPattern
    let mask = UInt64(bitPattern: Int64(bitPattern: bits) &>> 63) | 1 << 63
    return bits ^ mask
  }

  @inline(__always)
  static func value(_ key: UInt64) -> Double {
    let mask = UInt64(bitPattern: ~(Int64(bitPattern: key) &>> 63)) | 1 << 63
    return Double(bitPattern: key ^ mask)
  }
}
