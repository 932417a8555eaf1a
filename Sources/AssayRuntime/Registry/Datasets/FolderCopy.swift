import AssayCore
import AssayData
import AssayStore
import Glibc

/// A folder of annotations on its way into a store.
///
/// Files are copied byte by byte; of images, which readers do not look into, only the names
/// are kept, as empty files. Hidden files are left out.
struct FolderCopy {
  /// Where it is now, inside the store's folder.
  private(set) var file: String
  /// `sha256:` and the digest of the list of its files.
  private(set) var contentHash: String
  private(set) var files = 0
  private(set) var bytes = 0
  private(set) var images = 0

  /// - Parameters:
  ///   - source: A folder, or nil where all files are named whole.
  ///   - needed: By the path in the copy, the path of the original; nil for all files of the
  ///     folder.
  /// - Throws: `data.unreadable-file`, `store.…`; then nothing is left.
  init(
    of source: String, needed: [String: String]?, into store: Store, kind: String
  ) throws(AssayError) {
    let draft = "\(kind)/.\(getpid())-\(UInt32.random(in: .min ... .max)).tmp"
    file = draft
    contentHash = ""
    do throws(AssayError) {
      try store.makeFolder(draft)
      guard let found = needed ?? Self.files(of: source) else { throw Self.unlistable(source) }
      for (name, path) in found.sorted(by: { $0.key < $1.key }) { try copy(path, to: name, in: store, draft) }
      guard let digest = sha256(sourceAt: store.path(of: draft), isCancelled: { false }) else {
        throw Self.unlistable(store.path(of: draft))
      }
      contentHash = "sha256:" + digest
      file = "\(kind)/\(digest.prefix(16))-\(String(UInt32.random(in: .min ... .max), radix: 36))"
      // Safety: the paths are terminated texts for as long as the call.
      guard unsafe rename(store.path(of: draft), store.path(of: file)) == 0 else {
        throw StoreFile.failure(store.path(of: file), errno)
      }
    } catch {
      store.removeContent(draft)
      throw error
    }
  }

  private mutating func copy(
    _ path: String, to name: String, in store: Store, _ draft: String
  ) throws(AssayError) {
    let parts = name.split(separator: "/").dropLast()
    if !parts.isEmpty { try store.makeFolder(([draft] + parts.map(String.init)).joined(separator: "/")) }
    let target = "\(draft)/\(name)"
    if FolderListing.isImage(name) {
      images += 1
      try StoreFile.touch(store.path(of: target))
    } else {
      files += 1
      bytes += try StoreFile.copy(path, to: store.path(of: target))
    }
  }

  private static func files(of folder: String) -> [String: String]? {
    guard let files = FolderListing.files(in: folder) else { return nil }
    return Dictionary(uniqueKeysWithValues: files.map { ($0, "\(folder)/\($0)") })
  }

  private static func unlistable(_ folder: String) -> AssayError {
    AssayError(
      .fileUnreadable, "The folder \(folder) cannot be listed, or has folders deeper than 16 levels.",
      details: ["file": folder])
  }
}

extension StoreFile {
  /// Makes an empty file.
  ///
  /// - Throws: `store.disk-full`, `store.read-only`.
  static func touch(_ path: String) throws(AssayError) {
    // Safety: here and below a path is a terminated text for as long as the call.
    let file = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw failure(path, errno) }
    close(file)
  }

  /// Copies a file under a name that nothing has.
  ///
  /// - Returns: How many bytes.
  /// - Throws: `data.unreadable-file`; `store.disk-full`, `store.read-only`.
  static func copy(_ path: String, to target: String) throws(AssayError) -> Int {
    let source = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard source >= 0 else { throw unreadable(path, errno) }
    defer { close(source) }
    let file = unsafe open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw failure(target, errno) }
    defer { close(file) }
    var total = 0
    var block = [UInt8](repeating: 0, count: blockSize)
    while true {
      // Safety: here and below the array is as long as the call is told.
      let count = unsafe block.withUnsafeMutableBytes { unsafe read(source, $0.baseAddress, $0.count) }
      if count == 0 { return total }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw unreadable(path, errno)
      }
      total += count
      var sent = 0
      while sent < count {
        let written = unsafe block[sent..<count].withUnsafeBytes { unsafe write(file, $0.baseAddress, $0.count) }
        guard written >= 0 || errno == EINTR else { throw failure(target, errno) }
        sent += max(0, written)
      }
    }
  }
}
