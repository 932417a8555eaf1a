/// Which of two models was preferred.
public enum Preference: UInt8, Sendable, Hashable, CaseIterable {
  case first
  case second
  case tie
}

/// A comparison of two models, by their indices from 0.
public struct PairedComparison: Sendable, Hashable {
  public var first: Int32
  public var second: Int32
  public var preference: Preference

  public init(_ first: Int, _ second: Int, _ preference: Preference) {
    self.first = Int32(clamping: first)
    self.second = Int32(clamping: second)
    self.preference = preference
  }
}
