import Foundation
import GRDB

public import AssayCore

extension Store {
  /// Makes the store of a folder together with its first content: both are there in the end,
  /// or neither.
  ///
  /// It is made beside its place, and moved there when it is filled and closed; so a request
  /// that is refused, also late and after files were written, leaves nothing.
  /// - Parameters:
  ///   - onDraft: Called with the folder that it is made in; ``discard(draft:)`` removes that
  ///     one after a process that is ended from outside.
  ///   - fill: Must not keep the store.
  /// - Throws: As opening, what filling throws, and `registry.conflict` where somebody else
  ///   has made the store meanwhile.
  public static func make<Value>(
    in folder: String, onDraft: (String) -> Void = { _ in }, _ fill: (Store) throws(AssayError) -> Value
  ) throws(AssayError) -> Value {
    let draft = nearestFolder(of: folder) + "/.assay-\(UInt32.random(in: .min ... .max)).draft"
    onDraft(draft)
    defer { discard(draft: draft) }
    let store = try Store(folder: draft)
    let value = try fill(store)
    try storing(draft) { try store.pool.close() }
    try move(draft, to: folder)
    return value
  }

  /// Removes what ``make(in:onDraft:_:)`` has begun.
  public static func discard(draft: String) {
    guard draft.hasSuffix(".draft") else { return }
    try? FileManager.default.removeItem(atPath: draft)
  }

  /// The folder itself, or the nearest one above it that is there.
  private static func nearestFolder(of folder: String) -> String {
    var url = URL(fileURLWithPath: folder)
    while !fileExists(url.path), url.path != "/" { url.deleteLastPathComponent() }
    return url.path == "/" ? "" : url.path
  }

  /// The database comes last: with it the store is there.
  private static func move(_ draft: String, to folder: String) throws(AssayError) {
    guard !exists(in: folder) else { throw madeMeanwhile(folder) }
    try AssayStore.makeFolder(folder)
    var moved: [String] = []
    do {
      let names = try FileManager.default.contentsOfDirectory(atPath: draft)
      for name in names where name != fileName {
        try merge("\(draft)/\(name)", into: "\(folder)/\(name)", &moved)
      }
      guard unsafe link("\(draft)/\(fileName)", "\(folder)/\(fileName)") == 0 else {
        let isTaken = errno == EEXIST
        throw isTaken ? madeMeanwhile(folder) : unwritable(folder, errno)
      }
    } catch {
      for path in moved { try? FileManager.default.removeItem(atPath: path) }
      throw error as? AssayError ?? unwritable(folder, errno)
    }
  }

  /// Moves a file, or what is in a folder where there is one of that name.
  private static func merge(_ path: String, into place: String, _ moved: inout [String]) throws {
    guard fileExists(place) else {
      try FileManager.default.moveItem(atPath: path, toPath: place)
      moved.append(place)
      return
    }
    for name in try FileManager.default.contentsOfDirectory(atPath: path) {
      try merge("\(path)/\(name)", into: "\(place)/\(name)", &moved)
    }
  }

  private static func madeMeanwhile(_ folder: String) -> AssayError {
    AssayError(
      .conflict, "Somebody else has made the registry \(folder) at the same time. Try again.",
      details: ["store": folder])
  }

  private static func unwritable(_ folder: String, _ number: Int32) -> AssayError {
    // Safety: the text is static and copied at once.
    let words = unsafe String(cString: strerror(number))
    return AssayError(
      number == ENOSPC ? .storeFull : .storeReadOnly, "The folder \(folder) cannot be written: \(words).",
      details: ["store": folder])
  }
}
