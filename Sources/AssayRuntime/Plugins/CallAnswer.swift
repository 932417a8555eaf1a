public import AssayCore

/// What an evaluator said about the values that it was handed.
public struct CallAnswer: Sendable, Hashable {
  /// A row that was scored; one in all for a function that reduces columns.
  public struct Row: Sendable, Hashable {
    /// nil where there is none.
    public var score: Double?
    public var outcome: Outcome
    /// Why there is no score.
    public var reason: String?
  }

  /// Of an evaluator that scores rows or reduces columns.
  public var rows: [Row] = []
  /// Of an evaluator that keeps a state.
  public var metrics: [Metric] = []

  public struct Metric: Sendable, Hashable {
    public var name: String
    public var value: Double?
    public var reason: String?
  }
}
