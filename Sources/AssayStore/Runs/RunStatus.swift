/// How far a run is.
public enum RunStatus: String, Sendable, Hashable, CaseIterable {
  /// It waits for its process.
  case pending
  case running
  case completed
  /// It ended without a result; an interrupted one can be resumed.
  case failed
  case cancelled

  /// Whether nothing more happens unless somebody asks for it.
  public var isOver: Bool { self == .completed || self == .failed || self == .cancelled }
}

/// An evaluator of a run, at the version that the run uses.
public struct RunEvaluator: Sendable, Hashable {
  /// The registry's id and version; nil for a built-in or described one.
  public var id: String?
  public var version: Int?
  public var name: String
  public var model: String?
  public var fingerprint: String?

  public init(
    id: String? = nil, version: Int? = nil, name: String, model: String? = nil, fingerprint: String? = nil
  ) {
    self.id = id
    self.version = version
    self.name = name
    self.model = model
    self.fingerprint = fingerprint
  }
}
