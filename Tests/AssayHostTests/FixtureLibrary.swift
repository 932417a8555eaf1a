import Glibc
import Synchronization
import Testing

/// A file of a fixture cannot be written.
struct FixtureFault: Error {}

/// Libraries that are compiled from `Fixtures/` when a test first needs them.
enum FixtureLibrary {
  private static let built = Mutex<[String: String]>([:])

  /// The folder of this run, gone with the machine's temporary files.
  static let folder: String = {
    var template = Array("/tmp/assay-fixtures-XXXXXX".utf8CString)
    return unsafe template.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress, let made = unsafe mkdtemp(start) else { return "/tmp" }
      return unsafe String(cString: made)
    }
  }()

  static let packageRoot: String = {
    var parts = #filePath.split(separator: "/")
    parts.removeLast(3)
    return "/" + parts.joined(separator: "/")
  }()

  static var sources: String { "\(packageRoot)/Tests/AssayHostTests/Fixtures" }

  /// The path of the library of a source such as `rows.cpp`, compiled at most once.
  static func path(_ source: String, options: String = "-g0") throws -> String {
    let key = "\(source) \(options)"
    let path = try built.withLock { built in
      if let path = built[key] { return path }
      let stem = source.split(separator: "/").last?.split(separator: ".").first ?? "fixture"
      let path = "\(folder)/lib\(stem)-\(built.count).so"
      try compile(source, to: path, options: options)
      built[key] = path
      return path
    }
    return path
  }

  static func compile(_ source: String, to path: String, options: String = "-g0") throws {
    let compiler = source.hasSuffix(".cpp") ? "c++ -std=c++17" : "cc"
    let command =
      "\(compiler) -O1 -fPIC -shared \(options) -I '\(packageRoot)/Sources/CAssayPlugin/include' -o '\(path)' '\(sources)/\(source)' -lm"
    let status = unsafe system(command)
    try #require(status == 0, "\(command) failed")
  }

  static func write(_ text: String, to name: String, in folder: String = FixtureLibrary.folder) throws -> String {
    let path = "\(folder)/\(name)"
    let opened = unsafe fopen(path, "w")
    guard let file = unsafe opened else { throw FixtureFault() }
    unsafe fputs(text, file)
    unsafe fclose(file)
    return path
  }

  /// A new empty folder.
  static func newFolder(_ name: String) throws -> String {
    let path = "\(folder)/\(name)"
    try #require(unsafe mkdir(path, 0o755) == 0)
    return path
  }
}
