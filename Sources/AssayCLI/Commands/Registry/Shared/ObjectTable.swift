import AssayJSON
import AssayReport
import AssayRuntime

/// A column of a list of objects.
struct ObjectColumn: Sendable {
  var head: String
  /// The text of a cell.
  var cell: @Sendable (JSONObject) -> String

  /// The member of that name.
  init(_ head: String, _ member: String? = nil) {
    self.head = head
    let member = member ?? head
    cell = { ObjectText.short($0[member] ?? .null) }
  }

  init(_ head: String, cell: @escaping @Sendable (JSONObject) -> String) {
    self.head = head
    self.cell = cell
  }
}

/// A list of objects for people, and how many more there are.
struct ObjectTable {
  var listing: Listing<JSONObject>
  var columns: [ObjectColumn]
  /// What the objects are called, in the plural.
  var noun: String
  var page: Page

  func text(_ terminal: Terminal) -> String {
    guard !listing.elements.isEmpty else {
      return listing.total == 0 ? "There are no \(noun).\n" : "There are \(listing.total) \(noun).\n"
    }
    let rows = listing.elements.map { object in columns.map { $0.cell(object) } }
    let table = PlainTable(head: columns.map(\.head), rows: rows).text(terminal)
    let shown = listing.elements.count
    guard shown < listing.total else { return table }
    let next = page.offset + shown
    let more = next < listing.total ? "; the next with --offset \(next)" : ""
    return table + "\(shown) of \(listing.total) \(noun)\(more).\n"
  }
}

/// An object for people: a line for each field that has a value.
struct ObjectSheet {
  private let rows: [[String]]

  init(_ object: JSONObject) {
    rows = object.compactMap { key, value in
      guard key != "object", !ObjectText.isEmpty(value) else { return nil }
      return [key, ObjectText.whole(value)]
    }
  }

  func text(_ terminal: Terminal) -> String {
    PlainTable(head: ["field", "value"], rows: rows).text(terminal)
  }
}

/// The text of values in tables.
enum ObjectText {
  static func isEmpty(_ value: JSONValue) -> Bool {
    switch value {
    case .null: true
    case .object(let object): object.isEmpty
    case .array(let values): values.isEmpty
    default: false
    }
  }

  /// A value in full: text as it is, members one after the other.
  static func whole(_ value: JSONValue) -> String {
    switch value {
    case .string(let text): text
    case .number(let number): short(number)
    case .object(let object):
      object.map { "\($0.key): \(plain($0.value))" }.joined(separator: "\n")
    case .array(let values): values.map(plain).joined(separator: "\n")
    default: value.text()
    }
  }

  /// A value in a cell; nothing where there is none.
  static func short(_ value: JSONValue) -> String {
    guard !isEmpty(value) else { return "" }
    return switch value {
    case .string(let text): text
    case .number(let number): short(number)
    case .array(let values): values.map(plain).joined(separator: ", ")
    case .object(let object):
      object.map { "\($0.key) \(plain($0.value))" }.joined(separator: ", ")
    default: value.text()
    }
  }

  /// The date and the time, without the fraction of a second.
  static func time(_ value: JSONValue?) -> String {
    String((value?.stringValue ?? "").prefix(16)).replacing("T", with: " ")
  }

  /// A value inside another one: an object by its members that say anything.
  private static func plain(_ value: JSONValue) -> String {
    switch value {
    case .string(let text): text
    case .object(let object):
      object.filter { !isEmpty($0.value) }.map { "\($0.key) \(plain($0.value))" }.joined(separator: ", ")
    case .array(let values): values.map(plain).joined(separator: ", ")
    default: value.text()
    }
  }

  private static func short(_ number: Double) -> String {
    Int(exactly: number).map { String($0) } ?? "\(number)"
  }
}
