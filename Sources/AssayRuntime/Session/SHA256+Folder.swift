import Crypto
import Glibc

/// The digest of a file's bytes, or of a folder; nil where something cannot be read.
///
/// A folder's digest is that of a text with a line for each file below it, ordered by the
/// bytes of the paths: the file's digest, two spaces, its path inside the folder and a
/// line feed, as `find -L . -type f | sort | xargs sha256sum` writes it in the locale C,
/// without the `./`. Of images, which are large and of which only the size is looked at,
/// the line holds the number of their bytes. Hidden files do not count.
func sha256(sourceAt path: String, isCancelled: () -> Bool) -> String? {
  guard FolderListing.isFolder(path) else { return sha256(fileAt: path, isCancelled: isCancelled) }
  guard let files = FolderListing.files(in: path) else { return nil }
  var lines: [UInt8] = []
  for file in files.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
    guard !isCancelled() else { return nil }
    let whole = "\(path)/\(file)"
    let content = FolderListing.isImage(file)
      ? FolderListing.byteCount(whole).map { String($0) } : sha256(fileAt: whole, isCancelled: isCancelled)
    guard let content else { return nil }
    lines.append(contentsOf: "\(content)  \(file)\n".utf8)
  }
  return sha256(lines)
}

/// The files of a folder.
enum FolderListing {
  /// Deeper folders mean a circle of links.
  private static let deepest = 16

  static func isFolder(_ path: String) -> Bool { status(path).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false }

  static func byteCount(_ path: String) -> Int? { status(path).map { Int($0.st_size) } }

  static func isImage(_ name: String) -> Bool {
    let ending = name.split(separator: ".").last?.lowercased() ?? ""
    return ["jpg", "jpeg", "png", "webp", "tif", "tiff", "bmp", "gif"].contains(ending)
  }

  /// The paths of all files below a folder, without the folder; nil where one of the
  /// folders cannot be listed.
  static func files(in folder: String, below prefix: String = "", depth: Int = 0) -> [String]? {
    guard depth < deepest, let names = names(in: folder) else { return nil }
    var files: [String] = []
    for name in names {
      let path = "\(folder)/\(name)"
      if isFolder(path) {
        guard let inside = Self.files(in: path, below: "\(prefix)\(name)/", depth: depth + 1) else { return nil }
        files += inside
      } else {
        files.append(prefix + name)
      }
    }
    return files
  }

  private static func status(_ path: String) -> stat? {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? status : nil
  }

  /// What is in a folder, hidden files aside; nil where it cannot be listed.
  static func names(in folder: String) -> [String]? {
    // Safety: the listing is open from here to the end of the function, which alone reads it.
    guard let listing = unsafe opendir(folder) else { return nil }
    defer { unsafe _ = closedir(listing) }
    var names: [String] = []
    while let entry = unsafe readdir(listing) {
      // Safety: the name is terminated, and copied before the next entry is read.
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }
}
