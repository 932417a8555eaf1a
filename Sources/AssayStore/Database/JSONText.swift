import AssayCore
import AssayJSON
import GRDB

/// How JSON stands in a column: as text, and null as NULL.
extension Row {
  func json(_ column: String) throws -> JSONValue {
    guard let text: String = self[column] else { return .null }
    return try JSONValue(parsing: text)
  }

  func object(_ column: String) throws -> JSONObject { try json(column).objectValue ?? JSONObject() }
}

extension JSONObject {
  /// The object as a column holds it.
  var text: String { JSONValue.object(self).text() }
}

/// The time of now as a column holds it: RFC 3339 in UTC, to the millisecond.
let now = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"
