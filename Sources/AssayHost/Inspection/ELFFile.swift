public import AssayCore

/// A shared object, read without loading it.
///
/// Loading runs a library's constructors, so all that can be known before is
/// read from the file. Every offset is checked; a damaged or hostile file ends
/// in an error.
public struct ELFFile: Sendable {
  /// The file's path, for messages.
  public let path: String
  /// The kind of machine, as ELF numbers it.
  public let machine: UInt16
  /// The libraries that this one needs, by soname.
  public let needed: [String]
  /// The library's own soname.
  public let soname: String?
  /// The build id in hexadecimal; nil where the linker wrote none.
  public let buildID: String?

  let file: FileBytes
  let sections: [Section]
  /// The dynamic symbols; nil where there is no table of them.
  let symbolTable: ELFSymbolTable?

  /// A part of the file.
  struct Section: Sendable {
    var name: String
    var type: UInt32
    var flags: UInt64
    var offset: Int
    var size: Int
    var link: Int
    var entrySize: Int

    var isCompressed: Bool { flags & 0x800 != 0 }
    /// Whether the section takes no room in the file.
    var isEmptyInFile: Bool { type == 8 }
  }

  /// A name in the table of dynamic symbols.
  public struct Symbol: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
      case function
      /// A function whose address is chosen when it is loaded.
      case indirectFunction
      case variable
      case other
    }

    public var name: String
    public var kind: Kind
    /// Whether this file defines it; otherwise it is wanted from another library.
    public var isDefined: Bool
    /// Whether other libraries can see it.
    public var isVisible: Bool
    /// The address, relative to where the library is loaded.
    public var address: UInt64

    /// Whether this can be called.
    public var isCallable: Bool {
      isDefined && isVisible && (kind == .function || kind == .indirectFunction)
    }
  }

  /// Reads a shared object.
  ///
  /// - Throws: `plugin.missing`, `plugin.not-a-shared-object`,
  ///   `plugin.wrong-machine` or `plugin.damaged-file`.
  /// - Complexity: O(*n*) in the number of sections and the size of the table of
  ///   symbols; the code and the data are not read.
  public init(path: String) throws(AssayError) {
    try self.init(FileBytes(path: path), path: path)
  }

  /// Reads a shared object that is in memory.
  public init(bytes: [UInt8], path: String) throws(AssayError) {
    try self.init(FileBytes(bytes), path: path)
  }

  private init(_ file: FileBytes, path: String) throws(AssayError) {
    let header = try ELFHeader(file, path: path)
    self.file = file
    self.path = path
    machine = header.machine
    do {
      let sections = try ELFSections(file, header)
      self.sections = sections.all
      symbolTable = try sections.symbols()
      (needed, soname) = try sections.dependencies()
      buildID = try sections.buildID()
    } catch {
      throw Self.damaged(path)
    }
  }

  private static func damaged(_ path: String) -> AssayError {
    AssayError(
      .pluginDamaged,
      "\(path) is damaged: a table of it points outside the file; copy or build it again",
      details: ["file": path])
  }
}

extension ELFFile {
  /// The most bytes that a manifest may have.
  static let manifestLimit = 16 << 20

  /// The manifest inside the file; nil where there is none.
  ///
  /// - Throws: `plugin.damaged-file`.
  public func manifest() throws(AssayError) -> [UInt8]? {
    try Self.manifest(in: sections, of: file, path: path)
  }

  /// The manifest inside a file of which nothing else is wanted: the symbols of a
  /// large library take a hundred times as long to read.
  ///
  /// - Throws: As ``init(path:)`` and ``manifest()``.
  public static func manifest(at path: String) throws(AssayError) -> [UInt8]? {
    let file = try FileBytes(path: path)
    let header = try ELFHeader(file, path: path)
    guard let sections = try? ELFSections(file, header) else { throw damaged(path) }
    return try manifest(in: sections.all, of: file, path: path)
  }

  private static func manifest(
    in sections: [Section], of file: FileBytes, path: String
  ) throws(AssayError) -> [UInt8]? {
    guard let section = sections.first(where: { $0.name == ".assay.manifest" }) else { return nil }
    guard !section.isCompressed, section.size <= manifestLimit,
      var bytes = file.read(at: section.offset, count: section.size)
    else {
      throw AssayError(
        .pluginDamaged, "\(path): the section .assay.manifest cannot be read; build the plugin again",
        details: ["file": path])
    }
    // A C string brings its terminator along, and the linker pads.
    while bytes.last == 0 { bytes.removeLast() }
    return bytes.isEmpty ? nil : bytes
  }

  /// The bytes of a section; nil where it is not there, compressed or damaged.
  func bytes(of name: String) -> [UInt8]? {
    guard let section = sections.first(where: { $0.name == name }), !section.isCompressed,
      !section.isEmptyInFile
    else { return nil }
    return file.read(at: section.offset, count: section.size)
  }

  /// The functions and variables that other libraries see, and those that this
  /// one takes from them, in order.
  ///
  /// - Complexity: O(*n*) in their number.
  public var symbols: [Symbol] { symbolTable?.all() ?? [] }

  /// The functions that can be called, in order.
  ///
  /// - Complexity: O(*n*) in the number of symbols.
  public var functions: [Symbol] {
    symbols.filter(\.isCallable)
  }
}
