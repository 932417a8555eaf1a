import CAssaySystem

extension ELFFile {
  /// The bytes of a section, unpacked where it is compressed with zlib or zstd, as
  /// distributions' debug files are; nil where it is not there, damaged or larger than
  /// the limit.
  func debugBytes(of name: String, limit: Int) -> [UInt8]? {
    guard let section = sections.first(where: { $0.name == name }), section.isCompressed else {
      return bytes(of: name)
    }
    guard !section.isEmptyInFile, section.size <= limit,
      let packed = file.read(at: section.offset, count: section.size)
    else { return nil }
    return try? Self.unpacked(packed, limit: limit)
  }

  /// A compressed section begins with its kind, the size of what is in it and the
  /// alignment (`Elf64_Chdr`).
  private static func unpacked(
    _ packed: [UInt8], limit: Int
  ) throws(ByteCursor.Damaged) -> [UInt8] {
    var cursor = try ByteCursor(packed)
    let kind = try cursor.u32()
    try cursor.skip(4)
    let size = try cursor.size(8)
    try cursor.skip(8)
    guard size <= limit else { throw ByteCursor.Damaged() }
    let rest = packed[cursor.offset...]
    var isWhole = false
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      // Safety: both buffers are as long as is said, and the unpacker checks the rest.
      unsafe rest.withUnsafeBytes { packed in
        isWhole = unsafe assay_decompress(kind, packed.baseAddress, packed.count, buffer.baseAddress, size) != 0
      }
      count = isWhole ? size : 0
    }
    guard isWhole else { throw ByteCursor.Damaged() }
    return bytes
  }
}
