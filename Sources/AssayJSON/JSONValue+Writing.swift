extension JSONValue {
  /// The value as JSON text.
  ///
  /// Numbers are written with the fewest digits that read back as the same bits.
  /// - Parameter indented: Whether to break lines and indent by two spaces;
  ///   arrays of plain values stay on one line.
  /// - Complexity: O(*n*) in the length of the text.
  public func text(indented: Bool = false) -> String {
    var writer = JSONWriter(isIndented: indented)
    writer.write(self, depth: 0)
    return writer.text
  }
}

private struct JSONWriter {
  let isIndented: Bool
  var text = ""

  mutating func write(_ value: JSONValue, depth: Int) {
    switch value {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .number(let value): write(value)
    case .string(let value): write(value)
    case .array(let values): write(values, depth: depth)
    case .object(let object): write(object, depth: depth)
    }
  }

  private mutating func write(_ number: Double) {
    text += number.isFinite ? "\(number)" : "null"
  }

  private mutating func write(_ string: String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }

  private mutating func write(_ values: [JSONValue], depth: Int) {
    let isPlain = values.allSatisfy { $0.arrayValue == nil && $0.objectValue == nil }
    text += "["
    for (index, value) in values.enumerated() {
      if index > 0 { text += isIndented && isPlain ? ", " : "," }
      if !isPlain { breakLine(depth: depth + 1) }
      write(value, depth: depth + 1)
    }
    if !isPlain { breakLine(depth: depth) }
    text += "]"
  }

  private mutating func write(_ object: JSONObject, depth: Int) {
    text += "{"
    var isFirst = true
    for (key, value) in object {
      if !isFirst { text += "," }
      isFirst = false
      breakLine(depth: depth + 1)
      write(key)
      text += isIndented ? ": " : ":"
      write(value, depth: depth + 1)
    }
    if !object.isEmpty { breakLine(depth: depth) }
    text += "}"
  }

  private mutating func breakLine(depth: Int) {
    guard isIndented else { return }
    text += "\n" + String(repeating: "  ", count: depth)
  }
}
