import AssayCore
import AssayJSON
import AssayReport

/// A result that an earlier run wrote.
enum StoredResult {
  /// - Throws: `file.unreadable`, `json.syntax`, `report.not-a-result`, each naming
  ///   the file.
  static func read(_ path: String) throws(AssayError) -> RunResult {
    let bytes = try Files.read(path)
    do {
      return try RunResult(json: try JSONValue(parsing: bytes))
    } catch {
      var details = error.details
      details["file"] = path
      throw AssayError(error.code, "\(path): \(error.message)", details: details)
    }
  }
}
