import Glibc

/// A folder of a test's own, removed with all that was written into it.
final class Folder {
  let path: String
  private var written: [String] = []
  private var folders: [String] = []

  init() {
    var template = Array("/tmp/assay-vision-XXXXXX".utf8CString)
    path = String(cString: mkdtemp(&template))
  }

  deinit {
    for name in written { unlink(name) }
    for name in folders.reversed() { rmdir(name) }
    rmdir(path)
  }

  /// Writes a file, in folders that are made where they are not there.
  @discardableResult
  func file(_ name: String, _ text: String) -> String { file(name, Array(text.utf8)) }

  @discardableResult
  func file(_ name: String, _ bytes: [UInt8]) -> String {
    var folder = path
    for part in name.split(separator: "/").dropLast() {
      folder += "/" + part
      if mkdir(folder, 0o755) == 0 { folders.append(folder) }
    }
    let file = path + "/" + name
    let stream = fopen(file, "wb")!
    fwrite(bytes, 1, bytes.count, stream)
    fclose(stream)
    written.append(file)
    return file
  }
}

enum Place {
  /// Where this package is.
  static let package = String(
    #filePath.split(separator: "/").dropLast(3).reduce(into: "") { $0 += "/" + $1 })

  static let fixtures = String(
    #filePath.split(separator: "/").dropLast().reduce(into: "") { $0 += "/" + $1 } + "/Fixtures")

  /// The folder of COCO's own small files, where there is one.
  static let coco: String? = {
    let named = getenv("ASSAY_SHARED_DATA").map { String(cString: $0) }
    return [named, package + "/../shared/data"].compactMap { $0 }.map { $0 + "/coco" }
      .first { access($0, R_OK) == 0 }
  }()
}
