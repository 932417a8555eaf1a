import AssayCore
import AssayHost
import Foundation
import Testing

@Suite struct `A shared object` {
  static let source = """
    #include <math.h>
    __attribute__((used, section(".assay.manifest"))) static const char manifest[] = "{\\"a\\": 1}";
    double mean_error(double x, double y) { return x - y; }
    static double hidden(double x) { return x; }
    __attribute__((visibility("hidden"))) double inside(double x) { return hidden(x); }
    double uses(double x) { return cos(x) + inside(x); }
    int version_number = 3;
    """

  @Test func `tells its manifest, symbols, needs and build id without being loaded`() throws {
    try Compiler.library(
      Self.source,
      flags: ["-g", "-Wl,--build-id=sha1", "-Wl,-soname,libmine.so.1", "-Wl,--no-as-needed", "-lm"]
    ) { path in
      let elf = try ELFFile(path: path)
      #expect(try elf.manifest() == Array(#"{"a": 1}"#.utf8))
      #expect(elf.soname == "libmine.so.1")
      #expect(elf.needed.contains { $0.hasPrefix("libm.so") || $0.hasPrefix("libc.so") })
      #expect(elf.buildID?.count == 40)
      let names = elf.functions.map(\.name)
      #expect(names.contains("mean_error") && names.contains("uses"))
      #expect(!names.contains("inside") && !names.contains("hidden") && !names.contains("version_number"))
      #expect(try elf.function(named: "mean_error")?.isCallable == true)
    }
  }

  static let missing: [(String, String)] = [
    ("mean_eror", #" has no function "mean_eror". Did you mean "mean_error"?"#),
    ("zzzzzzzz", #" has no function "zzzzzzzz"; check the spelling, and that the function is exported"#),
    ("inside", #" has no function "inside" that is visible; export it with default visibility"#),
    ("version_number", #" has no function "version_number": that name is a variable; export a function"#),
  ]

  @Test(arguments: missing)
  func `without a function says what it has`(name: String, message: String) throws {
    try Compiler.library(Self.source) { path in
      let elf = try ELFFile(path: path)
      let error = try #require(throws: AssayError.self) { try elf.function(named: name) }
      #expect(error.code.rawValue == "plugin.missing-symbol")
      #expect(error.message == path + message)
      #expect(error.details["symbol"] == name)
    }
  }

  @Test func `that takes a function from elsewhere says from where`() throws {
    try Compiler.library(Self.source, flags: ["-O0", "-Wl,--no-as-needed", "-lm"]) { path in
      let error = try #require(throws: AssayError.self) {
        try ELFFile(path: path).function(named: "cos")
      }
      #expect(error.message.contains("of its own: it takes it from one of libm.so.6"))
    }
  }

  static let mangled: [(String, String, String, String)] = [
    ("c++", "cpp", "double similarity(double x) { return x; }", #"C++ mangled: add extern "C""#),
    (
      "c++", "cpp", "namespace acme { double similarity(double x) { return x; } }",
      #"C++ mangled: add extern "C""#
    ),
    (
      "rustc", "rs",
      "#[inline(never)] pub fn similarity(x: f64) -> f64 { x * 2.0 }\n#[unsafe(no_mangle)] pub extern \"C\" fn other(x: f64) -> f64 { similarity(x) }",
      #"which is Rust mangled: add #[unsafe(no_mangle)] pub extern "C""#
    ),
    (
      "swiftc", "swift", "public func similarity(_ x: Double) -> Double { x }",
      "which is Swift: write @c(similarity) and public before the function"
    ),
  ]

  @Test(arguments: mangled)
  func `with a mangled name says how to export it`(
    tool: String, suffix: String, source: String, remedy: String
  ) throws {
    guard Compiler.has(tool) else { return }
    try Compiler.library(source, suffix: suffix, tool: tool, flags: []) { path in
      let error = try #require(throws: AssayError.self) {
        try ELFFile(path: path).function(named: "similarity")
      }
      #expect(error.message.contains(remedy))
    }
  }

  static let notShared: [(String, [UInt8], String)] = [
    ("plugin.not-a-shared-object", [], "is not a shared object: it is empty"),
    ("plugin.not-a-shared-object", Array("hello".utf8), "it does not begin as an ELF file does"),
    ("plugin.not-a-shared-object", Array("{\"manifest_version\"".utf8), "it looks like JSON"),
    ("plugin.not-a-shared-object", Array("!<arch>\n".utf8), "it is a static library"),
    ("plugin.not-a-shared-object", Array("/* GNU ld script */".utf8), "it is a script for the linker"),
    ("plugin.not-a-shared-object", [0x7F, 0x45, 0x4C, 0x46, 2, 1], "it ends within the first 64 bytes"),
    ("plugin.wrong-machine", header(machine: 40, class: 1), "a machine of 32 bits"),
    ("plugin.wrong-machine", header(machine: 21, data: 2), "a big-endian machine"),
    ("plugin.wrong-machine", header(machine: 243), "was built for RISC-V"),
    ("plugin.not-a-shared-object", header(type: 1), "it is an object file; link it with cc -shared"),
    ("plugin.not-a-shared-object", header(type: 2), "it is a program; link it with cc -shared"),
    ("plugin.damaged-file", header(sections: 1 << 40), "is damaged"),
  ]

  static func header(
    machine: UInt8? = nil, type: UInt8 = 3, class kind: UInt8 = 2, data: UInt8 = 1,
    sections: UInt64 = 0
  ) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 64)
    bytes.replaceSubrange(0..<7, with: [0x7F, 0x45, 0x4C, 0x46, kind, data, 1])
    bytes[16] = type
    #if arch(arm64)
      bytes[18] = machine ?? 183
    #else
      bytes[18] = machine ?? 62
    #endif
    for index in 0..<8 { bytes[40 + index] = UInt8(truncatingIfNeeded: sections >> (8 * index)) }
    bytes[58] = 64
    bytes[60] = sections == 0 ? 0 : 4
    return bytes
  }

  @Test(arguments: notShared)
  func `is told from other files`(code: String, bytes: [UInt8], message: String) throws {
    let error = try #require(throws: AssayError.self) { try ELFFile(bytes: bytes, path: "x.so") }
    #expect(error.code.rawValue == code)
    #expect(error.message.contains(message))
  }

  @Test func `that is not there or is a folder is an error`() throws {
    let missing = try #require(throws: AssayError.self) { try ELFFile(path: "/nowhere/x.so") }
    #expect(missing.code.rawValue == "plugin.missing")
    #expect(missing.message == "/nowhere/x.so cannot be read: No such file or directory")
    let folder = try #require(throws: AssayError.self) { try ELFFile(path: "/tmp") }
    #expect(folder.code.rawValue == "plugin.not-a-shared-object")
  }
}
