/// What went wrong, said so that a user can mend it.
///
/// One shape for the whole project: the string of ``Code`` is the same in Swift,
/// JSON, C and HTTP. A file, a plugin or a request can only ever cause an error
/// of this type, never a trap.
public struct AssayError: Error, Sendable, Hashable {
  /// The kind of an error, open for every module to add to.
  ///
  /// Written as `room.what-is-wrong`, for example `data.missing-column`.
  public struct Code: RawRepresentable, Sendable, Hashable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
  }

  /// The kind of the error.
  public var code: Code

  /// One or two sentences that name the thing and the remedy. A caret line may
  /// follow after a line break.
  public var message: String

  /// Facts for programs, by name: `file`, `row`, `column`, `path`, `near`.
  public var details: [String: String]

  public init(_ code: Code, _ message: String, details: [String: String] = [:]) {
    self.code = code
    self.message = message
    self.details = details
  }
}

extension AssayError: CustomStringConvertible {
  public var description: String { message }
}

extension AssayError.Code {
  /// The command or the configuration asks for something that does not fit together.
  public static let usage = Self(rawValue: "usage.invalid")
  /// The user stopped the work.
  public static let interrupted = Self(rawValue: "run.interrupted")
  /// A defect of Assay itself.
  public static let `internal` = Self(rawValue: "internal.defect")

  /// The exit code of a process that ends with an error of this kind.
  public var exitCode: ExitCode {
    switch self {
    case .interrupted: .interrupted
    case .internal: .internalError
    default: .usage
    }
  }
}
