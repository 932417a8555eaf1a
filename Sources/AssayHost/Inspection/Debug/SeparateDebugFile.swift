import AssayCore
import CAssaySystem

/// Finds the file into which a library's debug information was moved, as distributions
/// do (`objcopy --only-keep-debug`).
///
/// The same places as GDB looks at: by build id under the root, and by the name in
/// `.gnu_debuglink` beside the library, in `.debug` there and under the root.
struct SeparateDebugFile {
  /// Where distributions put debug files.
  static let standardRoot = "/usr/lib/debug"
  /// The largest file whose checksum is computed.
  private static let limit = 1 << 30

  let library: ELFFile
  let root: String

  /// The file with the debug information of this very build; nil where there is none.
  func find() -> ELFFile? {
    if let path = pathByBuildID, let file = try? ELFFile(path: path), file.buildID == library.buildID {
      return file
    }
    guard let link else { return nil }
    for path in places(of: link.name) where path != library.path {
      guard FileSystem.exists(path), let file = try? ELFFile(path: path) else { continue }
      if let id = library.buildID, let other = file.buildID {
        if id == other { return file }
      } else if Self.checksum(of: file.file) == link.checksum {
        return file
      }
    }
    return nil
  }

  private var pathByBuildID: String? {
    guard let id = library.buildID, id.count > 2 else { return nil }
    return "\(root)/.build-id/\(id.prefix(2))/\(id.dropFirst(2)).debug"
  }

  private func places(of name: String) -> [String] {
    let folder = FileSystem.folder(of: FileSystem.resolved(library.path) ?? library.path)
    return ["\(folder)/\(name)", "\(folder)/.debug/\(name)", "\(root)\(folder)/\(name)"]
  }

  /// A terminated name, padded to four bytes, and a checksum of the whole file.
  private var link: (name: String, checksum: UInt32)? {
    guard let bytes = library.bytes(of: ".gnu_debuglink"), var cursor = try? ByteCursor(bytes),
      let name = try? cursor.text(), !name.isEmpty, !name.contains("/"),
      (try? cursor.skip((4 - cursor.offset % 4) % 4)) != nil, let checksum = try? cursor.u32()
    else { return nil }
    return (name, checksum)
  }

  private static func checksum(of file: FileBytes) -> UInt32? {
    guard file.count <= limit else { return nil }
    let piece = 1 << 20
    var checksum: UInt32 = 0
    var offset = 0
    while offset < file.count {
      guard let bytes = file.read(at: offset, count: min(piece, file.count - offset)) else { return nil }
      // Safety: the bytes are there for the time of the call.
      checksum = unsafe bytes.withUnsafeBytes { unsafe assay_crc32(checksum, $0.baseAddress, $0.count) }
      offset += bytes.count
    }
    return checksum
  }
}
