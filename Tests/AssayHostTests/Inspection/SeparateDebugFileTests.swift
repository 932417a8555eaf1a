import Foundation
import Testing

@testable import AssayHost

@Suite struct `A separate debug file` {
  private static let source = "double twice(double x) { return 2 * x; }"
  private static let right = "double twice(double x)"

  /// Builds a library, moves its debug information away, and compares a prototype.
  ///
  /// - Parameters:
  ///   - link: Whether the library names the file.
  ///   - move: Where the debug file goes, given the library's folder and its build id.
  private func answer(
    to prototype: String = right, flags: [String] = [], link: Bool, root: String = "root",
    move: (_ debug: String, _ folder: String, _ id: String) throws -> Void
  ) throws -> DebugInformation.Answer {
    try Compiler.library(Self.source, flags: ["-g", "-O2"] + flags) { path in
      let folder = (path as NSString).deletingLastPathComponent
      let debug = "\(folder)/libsource.so.debug"
      try Compiler.run("objcopy", ["--only-keep-debug", path, debug])
      let linking = link ? ["--add-gnu-debuglink=\(debug)"] : []
      try Compiler.run("objcopy", ["--strip-debug"] + linking + [path])
      try move(debug, folder, try ELFFile(path: path).buildID ?? "none")
      let information = DebugInformation(
        try ELFFile(path: path), functions: ["twice"], root: "\(folder)/\(root)")
      return information.compare(try Prototype(parsing: prototype))
    }
  }

  private func put(_ file: String, _ place: String) throws {
    let folder = (place as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try FileManager.default.moveItem(atPath: file, toPath: place)
  }

  private static let withID = ["-Wl,--build-id=sha1"]
  private static let withoutID = ["-Wl,--build-id=none"]

  @Test func `is found by the build id`() throws {
    let found = try answer(flags: Self.withID, link: false) { debug, folder, id in
      try put(debug, "\(folder)/root/.build-id/\(id.prefix(2))/\(id.dropFirst(2)).debug")
    }
    #expect(found == .match)
  }

  @Test(arguments: ["libsource.so.debug", ".debug/libsource.so.debug"], [withID, withoutID])
  func `is found by its name beside the library`(place: String, flags: [String]) throws {
    let found = try answer(flags: flags, link: true) { debug, folder, _ in
      if place.hasPrefix(".") { try put(debug, "\(folder)/\(place)") }
    }
    #expect(found == .match)
  }

  @Test func `is found by its name under the root`() throws {
    let found = try answer(flags: Self.withID, link: true) { debug, folder, _ in
      let real = (folder as NSString).resolvingSymlinksInPath
      try put(debug, "\(folder)/root\(real)/libsource.so.debug")
    }
    #expect(found == .match)
  }

  @Test func `tells a wrong prototype`() throws {
    let found = try answer(to: "float twice(double x)", flags: Self.withID, link: true) { _, _, _ in }
    #expect(found == .mismatch("twice returns double, and the prototype says float"))
  }

  @Test func `may be compressed`() throws {
    let found = try answer(flags: Self.withID, link: true) { debug, _, _ in
      try Compiler.run("objcopy", ["--compress-debug-sections=zlib", debug])
    }
    #expect(found == .match)
  }

  @Test func `of another build is not used`() throws {
    for flags in [Self.withID, Self.withoutID] {
      let found = try answer(flags: flags, link: true) { debug, folder, _ in
        let other = "\(folder)/other.c"
        try "double twice(float x) { return 3 * x; }".write(
          toFile: other, atomically: true, encoding: .utf8)
        try Compiler.run("cc", ["-g", "-O2", "-shared", "-fPIC", other, "-o", debug] + flags)
      }
      #expect(found == .unknown("it has no debug information; compile it with -g"))
    }
  }

  @Test func `that is damaged is unknown`() throws {
    let found = try answer(flags: Self.withID, link: true) { debug, _, _ in
      try Data("not an ELF file".utf8).write(to: URL(fileURLWithPath: debug))
    }
    #expect(found == .unknown("it has no debug information; compile it with -g"))
  }
}
