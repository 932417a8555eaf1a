/// The sections that hold debug information, as bytes.
struct DwarfSections: Sendable {
  let info: [UInt8]
  let abbreviations: [UInt8]
  let strings: [UInt8]
  let lineStrings: [UInt8]
  let stringOffsets: [UInt8]
  let addresses: [UInt8]

  /// The most debug information that is read. More of it belongs to libraries
  /// whose functions nobody describes by hand.
  static let limit = 128 << 20

  /// Why there is no debug information to be read.
  struct Absent: Error {
    let reason: String
  }

  init(_ elf: ELFFile) throws(Absent) {
    guard let section = elf.sections.first(where: { $0.name == ".debug_info" }) else {
      throw Absent(
        reason: elf.sections.contains { $0.name == ".zdebug_info" }
          ? "its debug information is compressed in an old way; link it with --compress-debug-sections=zlib"
          : "it has no debug information; compile it with -g")
    }
    guard section.size <= Self.limit else { throw Absent(reason: "its debug information is too large") }
    guard let info = elf.debugBytes(of: ".debug_info", limit: Self.limit),
      let abbreviations = elf.debugBytes(of: ".debug_abbrev", limit: Self.limit)
    else { throw Absent(reason: "its debug information is damaged") }
    self.info = info
    self.abbreviations = abbreviations
    strings = elf.debugBytes(of: ".debug_str", limit: Self.limit) ?? []
    lineStrings = elf.debugBytes(of: ".debug_line_str", limit: Self.limit) ?? []
    stringOffsets = elf.debugBytes(of: ".debug_str_offsets", limit: Self.limit) ?? []
    addresses = elf.debugBytes(of: ".debug_addr", limit: Self.limit) ?? []
  }
}
