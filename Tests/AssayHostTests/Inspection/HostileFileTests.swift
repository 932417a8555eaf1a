import AssayCore
import AssayHost
import AssayJSON
import Foundation
import Testing

/// Damaged libraries end in errors or in unknowns, and never in a trap.
@Suite struct `A damaged library` {
  static let source = """
    struct point { double x, y; };
    typedef double (*kernel)(double);
    __attribute__((used, section(".assay.manifest"))) static const char manifest[] = "{}";
    double two(double x, int n) { return x * n; }
    double apply(kernel k, const struct point *p, const char *text) { return k(p->x) + text[0]; }
    """

  static let prototypes = [
    "double two(double x, int n)",
    "double apply(double (*k)(double), const struct point *p, const char *text)",
  ]

  private func examine(_ bytes: [UInt8]) throws {
    let elf: ELFFile
    do throws(AssayError) {
      elf = try ELFFile(bytes: bytes, path: "damaged.so")
    } catch {
      // Tens of thousands of calls: an expectation for each would cost most of the time.
      if !error.code.rawValue.hasPrefix("plugin.") { Issue.record(error) }
      return
    }
    _ = try? elf.manifest()
    _ = try? elf.function(named: "tow")
    let information = DebugInformation(elf)
    for text in Self.prototypes { _ = information.compare(try Prototype(parsing: text)) }
    _ = LibraryDescription(elf).manifest(plugin: "damaged").text()
  }

  private func library(_ flags: [String], _ body: ([UInt8]) throws -> Void) throws {
    try Compiler.library(Self.source, flags: flags + ["-O1", "-nostdlib"]) { path in
      try body(Array(Data(contentsOf: URL(fileURLWithPath: path))))
    }
  }

  @Test func `that ends at any byte is refused`() throws {
    try library(["-gdwarf-5"]) { bytes in
      for end in bytes.indices { try examine(Array(bytes[..<end])) }
    }
  }

  /// The table of sections stands at the end of the file, so a shorter file has
  /// none; here the sections themselves are cut.
  @Test(arguments: ["-gdwarf-4", "-gdwarf-5"])
  func `whose debug sections end at any byte is read as far as it goes`(version: String) throws {
    try library([version]) { bytes in
      for section in try debugSections(of: bytes) {
        for size in 0..<min(section.size, 2_000) {
          var damaged = bytes
          for index in 0..<8 {
            damaged[section.header + 32 + index] = UInt8(truncatingIfNeeded: size >> (8 * index))
          }
          try examine(damaged)
        }
      }
    }
  }

  @Test(arguments: ["-gdwarf-4", "-gdwarf-5"])
  func `with flipped bits is read or refused`(version: String) throws {
    try library([version]) { bytes in
      let sections = try debugSections(of: bytes)
      var random = SplitMix(state: 0xA55A)
      for round in 0..<2_000 {
        var damaged = bytes
        for _ in 0...(round % 6) {
          let position = position(in: bytes, sections, &random)
          damaged[position] ^= 1 << UInt8(random.next() % 8)
        }
        try examine(damaged)
      }
    }
  }

  /// Mostly a byte of the debug sections and of the tables that lead to them.
  private func position(
    in bytes: [UInt8], _ sections: [(header: Int, offset: Int, size: Int)], _ random: inout SplitMix
  ) -> Int {
    let kind = random.next() % 8
    guard kind < 6, let section = sections.randomElement(using: &random), section.size > 0 else {
      return kind == 6 ? Int(random.next() % 64) : Int(random.next() % UInt64(bytes.count))
    }
    return kind == 5
      ? section.header + Int(random.next() % 64)
      : section.offset + Int(random.next() % UInt64(section.size))
  }

  private func debugSections(
    of bytes: [UInt8]
  ) throws -> [(header: Int, offset: Int, size: Int)] {
    func number(_ offset: Int, _ width: Int) -> Int {
      (0..<width).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
    }
    let table = number(40, 8)
    let names = number(table + 64 * number(62, 2) + 24, 8)
    var found: [(header: Int, offset: Int, size: Int)] = []
    for index in 0..<number(60, 2) {
      let header = table + 64 * index
      let name = bytes[(names + number(header, 4))...].prefix { $0 != 0 }
      if String(decoding: name, as: UTF8.self).hasPrefix(".debug_") {
        found.append((header, number(header + 24, 8), number(header + 32, 8)))
      }
    }
    try #require(found.count >= 3)
    return found
  }
}

/// A small seeded generator, so that a failure can be repeated.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
