import AssayCore
import Glibc

/// For an error about a file that is not there: the names in its folder that are
/// close to it; empty where there is none, or no such folder.
func nearFiles(_ path: String) -> String {
  let slash = path.lastIndex(of: "/")
  let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
  let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
  let prefix = path.dropLast(name.count)
  // Safety: the listing is open from here to the end of the function, which alone reads it.
  guard let listing = unsafe opendir(folder) else {
    return " The folder \"\(folder)\" is not there either."
  }
  defer { unsafe _ = closedir(listing) }
  var names: [String] = []
  while names.count < 10_000, let entry = unsafe readdir(listing) {
    // Safety: the name is terminated, and copied before the next entry is read.
    let text = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    if !text.hasPrefix(".") { names.append(text) }
  }
  let near = suggestion(for: name, in: names.sorted())
  return prefix.isEmpty || near.isEmpty ? near : "\(near) (In \(folder).)"
}
