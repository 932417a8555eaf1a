/// Many sums of non-negative numbers whose bits do not depend on the order or the
/// grouping of the terms.
///
/// Each sum is a fixed-point number of 20 limbs of 32 bits in 64-bit words, after
/// Neal's small superaccumulator (2015): a term is cut into three limbs, and
/// integers add up alike in any order. What lies below 2^-320 is cut off, term by
/// term; terms up to 2^200 fit for 2^32 additions.
struct ExactSums: Sendable, Hashable {
  static let limbCount = 20
  /// The largest term; larger ones must be refused before they get here.
  static let largestTerm = 0x1p200
  private static let lowestExponent = -320

  private(set) var limbs: [UInt64]
  /// How many additions the limbs can have seen since the last carry.
  private var additions = 0

  init(count: Int) {
    limbs = [UInt64](repeating: 0, count: count * Self.limbCount)
  }

  /// Limbs that were saved; nil where they cannot be.
  init?(limbs: [UInt64], count: Int) {
    guard limbs.count == count * Self.limbCount, limbs.allSatisfy({ $0 < 1 << 32 }) else { return nil }
    self.limbs = limbs
    additions = 1
  }

  /// Adds terms through a writer that is valid inside `body` only.
  ///
  /// - Parameter terms: The most terms that `body` adds to any one sum.
  mutating func add(terms: Int, _ body: (Writer) -> Void) {
    reserve(terms)
    unsafe limbs.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      body(unsafe Writer(limbs: start))
    }
  }

  mutating func merge(_ other: ExactSums) {
    reserve(other.additions)
    for index in limbs.indices { limbs[index] += other.limbs[index] }
  }

  private mutating func reserve(_ terms: Int) {
    if additions + terms >= 1 << 31 {
      carry()
      additions = 1
    }
    additions += terms
  }

  /// Brings every limb but the last of each sum under 2^32.
  mutating func carry() {
    for start in stride(from: 0, to: limbs.count, by: Self.limbCount) {
      for index in start..<start + Self.limbCount - 1 {
        limbs[index + 1] += limbs[index] >> 32
        limbs[index] &= 0xFFFF_FFFF
      }
    }
  }

  /// A sum, rounded to a double.
  func value(_ index: Int) -> Double { precise(index).value }

  /// A sum, rounded to twice the precision of a double.
  private func precise(_ index: Int) -> TwoDouble {
    var carry: UInt64 = 0
    var digits: [UInt64] = []
    for limb in limbs[index * Self.limbCount..<(index + 1) * Self.limbCount] {
      let (sum, overflow) = limb.addingReportingOverflow(carry)
      digits.append(sum & 0xFFFF_FFFF)
      carry = sum >> 32 | (overflow ? 1 << 32 : 0)
    }
    var total = TwoDouble(Double(sign: .plus, exponent: 320, significand: Double(carry)))
    for (position, digit) in digits.enumerated().reversed() where digit != 0 {
      let exponent = 32 * position + Self.lowestExponent
      total.add(Double(sign: .plus, exponent: exponent, significand: Double(digit)))
    }
    return total
  }

  /// Several sums as one number, exactly added before they are rounded.
  func value(ofSums indices: some Sequence<Int>) -> Double { precise(ofSums: indices).value }

  /// The same, rounded to twice the precision of a double, for differences.
  func precise(ofSums indices: some Sequence<Int>) -> TwoDouble {
    var joined = ExactSums(count: 1)
    for index in indices {
      for limb in 0..<Self.limbCount {
        joined.limbs[limb] += limbs[index * Self.limbCount + limb] & 0xFFFF_FFFF
        guard limb + 1 < Self.limbCount else { continue }
        joined.limbs[limb + 1] += limbs[index * Self.limbCount + limb] >> 32
      }
    }
    return joined.precise(0)
  }

  /// Adds terms to sums without checks.
  @safe
  struct Writer {
    fileprivate let limbs: UnsafeMutablePointer<UInt64>

    /// Adds a finite term from 0 to ``largestTerm``.
    @inline(__always)
    func add(_ term: Double, to index: Int) {
      let bits = term.bitPattern
      var position = Int(truncatingIfNeeded: bits >> 52) - (1075 + ExactSums.lowestExponent)
      var mantissa = bits & 0xF_FFFF_FFFF_FFFF | 1 << 52
      if position < 0 {
        // Below the window: zero, or so small that only a rest of it counts.
        mantissa = position > -53 && term != 0 ? mantissa &>> UInt64(-position) : 0
        position = 0
      }
      let shift = UInt64(truncatingIfNeeded: position) & 31
      let rest = mantissa &>> (32 &- shift)
      // Safety: the caller's index is one of the sums; a term up to 2^200 ends at
      // limb (1223 - 755) / 32 + 2 = 16.
      let limb = unsafe limbs + (index &* ExactSums.limbCount &+ position &>> 5)
      unsafe limb[0] &+= (mantissa &<< shift) & 0xFFFF_FFFF
      unsafe limb[1] &+= rest & 0xFFFF_FFFF
      unsafe limb[2] &+= rest &>> 32
    }
  }
}
