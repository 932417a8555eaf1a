import Foundation

/// Files that runs have copied: task logs as they were, and standard input.
extension Store {
  private static let copies = "runs/"

  /// A new folder inside the store's for what a run copies; it is not made yet, and no
  /// other run has it.
  public func copyFolder(ofRun id: String) -> String {
    Self.copies + id + "-" + String(UInt32.random(in: .min ... .max), radix: 36)
  }

  /// Removes a folder of copies inside the store's, with all that is in it.
  public func removeCopies(in name: String) {
    guard name.hasPrefix(Self.copies), !name.hasSuffix("/"), !name.contains("..") else { return }
    try? FileManager.default.removeItem(atPath: path(of: name))
  }

  /// Removes a file or a folder of rows inside the store's, which nobody keeps.
  public func removeContent(_ name: String) {
    let isContent = ["datasets/", "predictions/"].contains(where: name.hasPrefix)
    guard isContent, !name.hasSuffix("/"), !name.contains("..") else { return }
    try? FileManager.default.removeItem(atPath: path(of: name))
  }

  /// Removes the folder of copies that a file lies in; any other file is left alone.
  public func removeCopies(around file: String) {
    let mark = "/" + Self.copies
    let store = URL(fileURLWithPath: folder).standardizedFileURL.path
    guard file.hasPrefix(store + mark) else { return }
    let rest = file.dropFirst(store.count + mark.count)
    guard let name = rest.split(separator: "/").first else { return }
    removeCopies(in: Self.copies + name)
  }
}
