import Foundation

/// The rows of data sets and predictions, which lie beside the database.
extension Store {
  /// Removes a file or a folder of rows inside the store's, which nobody keeps.
  public func removeContent(_ name: String) {
    let isContent = ["datasets/", "predictions/"].contains(where: name.hasPrefix)
    guard isContent, !name.hasSuffix("/"), !name.contains("..") else { return }
    try? FileManager.default.removeItem(atPath: path(of: name))
  }
}
