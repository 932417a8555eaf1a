public import AssayArrow
public import AssayCore
public import AssayJSON

/// Opens files of other formats than JSON: the file's extension, its path, the
/// reader's options.
public typealias ReaderOpening =
  (_ fileExtension: String, _ path: String, _ options: JSONValue) throws(AssayError) -> any BatchStream

/// A reader that somebody chose for what no ending tells: `.json` files and folders.
public struct ChosenReader {
  /// For messages.
  public let name: String
  public let opensFolders: Bool
  /// Opens a file or a folder; the path, and the reader's options.
  public let open: (_ path: String, _ options: JSONValue) throws(AssayError) -> any BatchStream

  public init(
    name: String, opensFolders: Bool,
    open: @escaping (_ path: String, _ options: JSONValue) throws(AssayError) -> any BatchStream
  ) {
    self.name = name
    self.opensFolders = opensFolders
    self.open = open
  }
}
