import Foundation
import Testing

/// Builds small shared objects for tests, with the compilers of the machine.
enum Compiler {
  /// Whether a tool can be found.
  static func has(_ tool: String) -> Bool { path(of: tool) != nil }

  private static func path(of tool: String) -> String? {
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    return folders.map { "\($0)/\(tool)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// Builds a shared object from one source and gives its path to the body.
  static func library<Result>(
    _ source: String, suffix: String = "c", tool: String = "cc", flags: [String] = ["-g", "-O2"],
    _ body: (String) throws -> Result
  ) throws -> Result {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("assay-test-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let file = "\(folder)/source.\(suffix)"
    let output = "\(folder)/libsource.so"
    try source.write(toFile: file, atomically: true, encoding: .utf8)
    try run(tool, arguments(tool, flags, file, output))
    return try body(output)
  }

  private static func arguments(
    _ tool: String, _ flags: [String], _ file: String, _ output: String
  ) -> [String] {
    switch tool {
    case "rustc": flags + ["--crate-type", "cdylib", file, "-o", output]
    case "swiftc": flags + ["-emit-library", file, "-o", output]
    default: flags + ["-shared", "-fPIC", file, "-o", output]
    }
  }

  /// Runs a tool to its end and fails with what it said where it fails.
  static func run(_ tool: String, _ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(path(of: tool)))
    process.arguments = arguments
    let pipe = Pipe()
    process.standardError = pipe
    process.standardOutput = pipe
    try process.run()
    let said = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    try #require(
      process.terminationStatus == 0, "\(tool): \(String(decoding: said, as: UTF8.self))")
  }
}
