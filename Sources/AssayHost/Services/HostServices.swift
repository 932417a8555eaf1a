public import AssayCore

/// What the host does for a plugin while it is being called.
///
/// Every function is called on the plugin's threads, several at once, and must
/// return soon.
public struct HostServices: Sendable {
  /// Receives a line of the log.
  public var log: @Sendable (LogLevel, String) -> Void
  /// Receives how much of a call is done, 0 to 1.
  public var progress: @Sendable (Double) -> Void
  /// Whether the run was cancelled.
  public var isCancelled: @Sendable () -> Bool

  public init(
    log: @escaping @Sendable (LogLevel, String) -> Void = { _, _ in },
    progress: @escaping @Sendable (Double) -> Void = { _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.log = log
    self.progress = progress
    self.isCancelled = isCancelled
  }
}
