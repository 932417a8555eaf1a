/// What a kernel cannot work with.
public struct KernelError: Error, Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// A value in the data.
    case badData
    /// A parameter, or states that do not belong together.
    case invalid
  }

  public var kind: Kind
  public var message: String
  /// The row of the batch; nil where it is no single row's fault.
  public var row: Int?

  public init(_ kind: Kind, _ message: String, row: Int? = nil) {
    self.kind = kind
    self.message = message
    self.row = row
  }
}
