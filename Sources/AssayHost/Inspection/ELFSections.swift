/// The sections of an ELF file and the tables in them.
struct ELFSections {
  private let file: FileBytes
  let all: [ELFFile.Section]

  init(_ file: FileBytes, _ all: [ELFFile.Section]) {
    self.file = file
    self.all = all
  }

  init(_ file: FileBytes, _ header: ELFHeader) throws(ByteCursor.Damaged) {
    self.file = file
    guard header.sectionTable > 0, header.sectionSize >= 64 else {
      all = []
      return
    }
    let count = try Self.count(file, header)
    guard let table = file.read(at: header.sectionTable, count: count * header.sectionSize) else {
      throw ByteCursor.Damaged()
    }
    var sections: [(name: Int, ELFFile.Section)] = []
    for index in 0..<count {
      var cursor = try ByteCursor(table, at: index * header.sectionSize)
      sections.append(try Self.section(&cursor))
    }
    let names = try Self.names(file, sections.map(\.1), header)
    all = sections.map { offset, section in
      var section = section
      section.name = (try? Self.text(names, at: offset)) ?? ""
      return section
    }
  }

  /// More than 65,279 sections are counted in the first of them.
  private static func count(
    _ file: FileBytes, _ header: ELFHeader
  ) throws(ByteCursor.Damaged) -> Int {
    guard header.sectionCount == 0 else { return header.sectionCount }
    guard let first = file.read(at: header.sectionTable, count: 64) else {
      throw ByteCursor.Damaged()
    }
    var cursor = try ByteCursor(first)
    let count = try section(&cursor).1.size
    guard count <= file.count / header.sectionSize else { throw ByteCursor.Damaged() }
    return count
  }

  private static func section(
    _ cursor: inout ByteCursor
  ) throws(ByteCursor.Damaged) -> (name: Int, ELFFile.Section) {
    let name = Int(try cursor.u32())
    let type = try cursor.u32()
    let flags = try cursor.u64()
    try cursor.skip(8)
    let offset = try cursor.size(8)
    let size = try cursor.size(8)
    let link = Int(try cursor.u32())
    try cursor.skip(4 + 8)
    let entrySize = try cursor.size(8)
    return (
      name,
      ELFFile.Section(
        name: "", type: type, flags: flags, offset: offset, size: size, link: link,
        entrySize: entrySize)
    )
  }

  private static func names(
    _ file: FileBytes, _ sections: [ELFFile.Section], _ header: ELFHeader
  ) throws(ByteCursor.Damaged) -> [UInt8] {
    var index = header.namesIndex
    if index == 0xFFFF, let first = sections.first { index = first.link }
    guard sections.indices.contains(index) else { return [] }
    guard let names = file.read(at: sections[index].offset, count: sections[index].size) else {
      throw ByteCursor.Damaged()
    }
    return names
  }

  private static func text(
    _ names: [UInt8], at offset: Int
  ) throws(ByteCursor.Damaged) -> String {
    var cursor = try ByteCursor(names, at: offset)
    return try cursor.text()
  }

  func first(ofType type: UInt32) -> ELFFile.Section? { all.first { $0.type == type } }

  private func bytes(_ section: ELFFile.Section) throws(ByteCursor.Damaged) -> [UInt8] {
    guard let bytes = file.read(at: section.offset, count: section.size) else {
      throw ByteCursor.Damaged()
    }
    return bytes
  }

  private func linked(_ section: ELFFile.Section) throws(ByteCursor.Damaged) -> [UInt8] {
    guard all.indices.contains(section.link) else { throw ByteCursor.Damaged() }
    return try bytes(all[section.link])
  }
}

extension ELFSections {
  /// The dynamic symbols; nil where there is no table of them.
  func symbols() throws(ByteCursor.Damaged) -> ELFSymbolTable? { try symbols(ofType: 11) }

  /// The symbols for debuggers, of which many are nobody else's business.
  func localSymbols() -> [ELFFile.Symbol] { ((try? symbols(ofType: 2)) ?? nil)?.all() ?? [] }

  private func symbols(ofType type: UInt32) throws(ByteCursor.Damaged) -> ELFSymbolTable? {
    guard let section = first(ofType: type) else { return nil }
    return ELFSymbolTable(entries: try bytes(section), names: try linked(section))
  }

  /// The libraries that this one needs, and its own name.
  func dependencies() throws(ByteCursor.Damaged) -> (needed: [String], soname: String?) {
    guard let section = first(ofType: 6) else { return ([], nil) }
    let table = try bytes(section)
    let names = try linked(section)
    var cursor = try ByteCursor(table)
    var needed: [String] = []
    var soname: String?
    while cursor.remaining >= 16 {
      let tag = try cursor.u64()
      let value = try cursor.u64()
      guard let offset = Int(exactly: value) else { continue }
      switch tag {
      case 0: return (needed, soname)
      case 1: needed.append(try Self.text(names, at: offset))
      case 14: soname = try Self.text(names, at: offset)
      default: continue
      }
    }
    return (needed, soname)
  }

  /// The note that the linker writes over all bytes of the file.
  func buildID() throws(ByteCursor.Damaged) -> String? {
    for section in all where section.type == 7 && section.name == ".note.gnu.build-id" {
      var cursor = try ByteCursor(try bytes(section))
      let nameSize = Int(try cursor.u32())
      let size = Int(try cursor.u32())
      let type = try cursor.u32()
      guard type == 3, nameSize == 4, size <= 64 else { continue }
      try cursor.skip(4)
      var id = ""
      for _ in 0..<size {
        let byte = try cursor.u8()
        id += (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }
      return id
    }
    return nil
  }
}
