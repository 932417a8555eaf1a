/// Reproducible random numbers: splitmix64 (Steele, Lea and Flood 2014).
///
/// Streams of one seed are independent for practical purposes, so that the n-th
/// replicate of a resampling draws the same whoever computes it and when.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// - Parameter stream: Such as the number of a replicate.
  public init(seed: UInt64, stream: UInt64 = 0) {
    state = Self.mixed(Self.mixed(seed) ^ stream)
  }

  public mutating func next() -> UInt64 {
    defer { state &+= Self.step }
    return Self.mixed(state)
  }

  /// Uniform in [0, 1), a multiple of 2^-53.
  public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// Standard normal, by inversion.
  public mutating func normal() -> Double {
    NormalDistribution.quantile((Double(next() >> 11) + 0.5) * 0x1p-53)
  }

  /// A number from 0 up to, without, `bound`, which is over 0 (Lemire 2019, without
  /// rejection: the bias is under `bound` / 2^64).
  public mutating func index(below bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  private static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// The mixer of splitmix64 (variant 13 of Stafford), which `assay/resample.h` uses too.
  static func mixed(_ value: UInt64) -> UInt64 {
    var x = value &+ step
    x = (x ^ (x >> 30)) &* 0xBF58_476D_1CE4_E5B9
    x = (x ^ (x >> 27)) &* 0x94D0_49BB_1331_11EB
    return x ^ (x >> 31)
  }
}
