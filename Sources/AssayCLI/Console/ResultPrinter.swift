import AssayCore
import AssayJSON
import AssayReport
import Yams

/// Puts a result where the user wants it.
enum ResultPrinter {
  /// Checks the places of reports, and where their images come from, before the work
  /// begins.
  ///
  /// - Throws: What ``ReportDestination`` throws; `report.missing-images`;
  ///   `usage.invalid` for images without a page that shows them.
  static func destinations(
    _ paths: [String], images: String?
  ) throws(AssayError) -> [ReportDestination] {
    let folder = try images.map { path throws(AssayError) in try ImageFolder(path) }
    var destinations: [ReportDestination] = []
    for path in paths { destinations.append(try ReportDestination(path, images: folder)) }
    guard images == nil || destinations.contains(where: { $0.format == .html }) else {
      throw AssayError(
        .usage, "--images is for a page: add one, as in -o report.html.", details: ["option": "--images"])
    }
    return destinations
  }

  static func print(_ result: RunResult, as format: OutputFormat) throws(AssayError) {
    switch format {
    case .table:
      let terminal = Terminal(.output)
      try Console.print(result.terminalText(style: terminal.style, columns: terminal.width))
    case .json: try Console.print(result.jsonText())
    case .yaml: try Console.print(try yaml(result.json))
    }
  }

  /// The document in YAML; the members keep their order.
  static func yaml(_ value: JSONValue) throws(AssayError) -> String {
    do {
      return try Yams.serialize(node: node(value), allowUnicode: true)
    } catch {
      throw AssayError(.internal, "The result cannot be written as YAML: \(error).")
    }
  }

  private static func node(_ value: JSONValue) -> Node {
    switch value {
    case .null: plain("null", .null)
    case .bool(let value): plain(value ? "true" : "false", .bool)
    case .integer(let value): plain(String(value), .int)
    case .number(let value): plain(value.description, .float)
    // Quotes keep text that looks like a number text.
    case .string(let text):
      Node(text, Tag(.str), isPlain(text) ? .plain : .doubleQuoted)
    case .array(let values):
      Node(values.map(node), Tag(.seq), isFlat(values) ? .flow : .block)
    case .object(let object):
      Node(object.map { (node(.string($0.key)), node($0.value)) }, Tag(.map), .block)
    }
  }

  private static func plain(_ text: String, _ tag: Tag.Name) -> Node {
    Node(text, Tag(tag), .plain)
  }

  /// Whether text reads as the same text without quotes.
  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) else {
      return false
    }
    let words = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]
    guard !words.contains(text) else { return false }
    return text.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "_")
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
  }

  /// Whether a list is one of numbers, such as a column, which stays on a line.
  private static func isFlat(_ values: [JSONValue]) -> Bool {
    !values.isEmpty && values.allSatisfy { $0.objectValue == nil && $0.arrayValue == nil }
  }
}
