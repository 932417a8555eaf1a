import AssayCore
import AssayStore
import Glibc

/// Where what would not keep is copied to.
enum CopyPlace {
  /// A folder inside the store's, which belongs to one run.
  case store(Store, folder: String)
  /// A folder that goes away with the run.
  case temporary(TemporaryFolder)

  /// The path of a copy; the folder is there then.
  fileprivate func path(of name: String) throws(AssayError) -> String {
    switch self {
    case .store(let store, let folder):
      try store.makeFolder(folder)
      return store.path(of: "\(folder)/\(name)")
    case .temporary(let folder): return "\(try folder.path())/\(name)"
    }
  }
}

/// A file that rows are copied into.
final class SourceCopy {
  let path: String
  private var descriptor: Int32
  private var buffer: [UInt8] = []

  /// - Parameters:
  ///   - name: Without its ending; another copy of that name keeps its own.
  /// - Throws: `store.read-only`, `store.disk-full`.
  init(in place: CopyPlace, name: String) throws(AssayError) {
    (path, descriptor) = try Self.open(in: place, name)
  }

  private static func open(in place: CopyPlace, _ name: String) throws(AssayError) -> (String, Int32) {
    var number = 1
    while true {
      let path = try place.path(of: number == 1 ? "\(name).jsonl" : "\(name)-\(number).jsonl")
      // Safety: the path is a terminated text for as long as the call.
      let descriptor = unsafe Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
      if descriptor >= 0 { return (path, descriptor) }
      guard errno == EEXIST else { throw failure(path) }
      number += 1
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  func add(line: String) throws(AssayError) {
    buffer.append(contentsOf: line.utf8)
    buffer.append(UInt8(ascii: "\n"))
    if buffer.count >= 1 << 20 { try flush() }
  }

  func addStandardInput() throws(AssayError) {
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      // Safety: the array is as long as the call is told.
      let count = unsafe block.withUnsafeMutableBytes { unsafe read(0, $0.baseAddress, $0.count) }
      if count == 0 { break }
      if count < 0 {
        if errno == EINTR { continue }
        throw AssayError(.read, "Standard input cannot be read.")
      }
      buffer.append(contentsOf: block[..<count])
      try flush()
    }
    try finish()
  }

  func finish() throws(AssayError) {
    try flush()
    close(descriptor)
    descriptor = -1
  }

  private func flush() throws(AssayError) {
    var sent = 0
    while sent < buffer.count {
      // Safety: the rest lies within the buffer, for the time of the call.
      let count = unsafe buffer.withUnsafeBytes { all in
        unsafe write(descriptor, all.baseAddress.map { unsafe $0 + sent }, all.count - sent)
      }
      if count >= 0 {
        sent += count
      } else if errno != EINTR {
        throw Self.failure(path)
      }
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private static func failure(_ path: String) -> AssayError {
    AssayError(
      errno == ENOSPC ? .storeFull : .storeReadOnly,
      "\(path) cannot be written. Look at the rights and the space of its folder.",
      details: ["store": path])
  }
}
