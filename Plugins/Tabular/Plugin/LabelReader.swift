import AssayArrow
import AssayPluginKit

/// Tells positive rows from negative ones, and remembers what the negative label is
/// called, so that a third one is noticed.
struct LabelReader: Hashable {
  /// The value that the user named; nil for 1, true and "1".
  private let named: Parameters.Value?
  private(set) var positive: String?
  private(set) var negative: String?

  /// - Parameter named: The parameter `positive`.
  init(_ named: Parameters.Value?) { self.named = named }

  /// Labels that were saved.
  init(_ named: Parameters.Value?, positive: String?, negative: String?) {
    self.named = named
    self.positive = positive
    self.negative = negative
  }

  /// What to call an actual or predicted class: 1 for the positive one.
  func name(_ label: Int) -> String {
    if label == 1 { return positive ?? "1" }
    if let negative { return negative }
    switch positive {
    case nil, "1": return "0"
    case "true": return "false"
    case let name?: return "not \(name)"
    }
  }

  /// Takes over the negative label of another state.
  mutating func merge(_ other: LabelReader) throws(PluginError) {
    positive = positive ?? other.positive
    guard let theirs = other.negative else { return }
    guard let mine = negative else { return negative = theirs }
    guard mine == theirs else { throw Self.third(mine, theirs, positive ?? "1", row: nil) }
  }

  /// The rows' labels: 1 for positive and 0 for negative.
  mutating func labels(_ column: Column) throws(PluginError) -> [UInt8] {
    switch column.type {
    case .bool: return try booleans(column)
    case .int64: return try integers(column)
    case .utf8, .largeUtf8: return try texts(column)
    default:
      throw PluginError(
        .unsupported, "The target holds \(column.type.name); bool, int64 or utf8 is needed.")
    }
  }

  private static func third(_ a: String, _ b: String, _ positive: String, row: Int?) -> PluginError {
    PluginError(
      .badData,
      "The target has more than two labels: \(a) and \(b) beside the positive one, \(positive). "
        + "A binary evaluation needs two.", row: row)
  }
}

extension LabelReader {
  private mutating func booleans(_ column: Column) throws(PluginError) -> [UInt8] {
    let isPositive: Bool
    switch named {
    case nil, .integer(1), .text("true"), .text("1"), .bool(true): isPositive = true
    case .bool(false), .integer(0), .text("false"), .text("0"): isPositive = false
    default:
      throw PluginError(.invalidArgument, "The target is boolean: positive must be true or false.")
    }
    (positive, negative) = (String(isPositive), String(!isPositive))
    return (0..<column.length).map { column.bool(at: $0) == isPositive ? 1 : 0 }
  }

  private mutating func integers(_ column: Column) throws(PluginError) -> [UInt8] {
    let wanted = try wantedInteger()
    positive = String(wanted)
    let values = try column.numbers(Int64.self)
    var other = negative.flatMap { Int64($0) }
    if other == nil {
      for row in values.indices where values[row] != wanted {
        other = values[row]
        break
      }
    }
    let negativeValue = other ?? wanted
    var strangers = 0
    let labels = unsafe [UInt8](unsafeUninitializedCapacity: values.count) { target, count in
      for row in values.indices {
        // Safety: the array has room for a label per value.
        let value = unsafe values[unchecked: row]
        unsafe target[row] = value == wanted ? 1 : 0
        strangers &+= value == wanted || value == negativeValue ? 0 : 1
      }
      count = values.count
    }
    if strangers > 0 {
      let row = values.indices.first { values[$0] != wanted && values[$0] != negativeValue } ?? 0
      throw Self.third("\(negativeValue)", "\(values[row])", "\(wanted)", row: row)
    }
    if let other { negative = String(other) }
    return labels
  }

  private func wantedInteger() throws(PluginError) -> Int64 {
    switch named {
    case nil, .bool(true): return 1
    case .bool(false): return 0
    case .integer(let value): return Int64(value)
    case .number(let value):
      if let whole = Int64(exactly: value) { return whole }
    case .text(let text):
      if let whole = Int64(text) { return whole }
    default: break
    }
    throw PluginError(.invalidArgument, "The target holds whole numbers: positive must be one.")
  }

  private mutating func texts(_ column: Column) throws(PluginError) -> [UInt8] {
    let wanted = try wantedText()
    positive = wanted
    let wantedBytes = Array(wanted.utf8)
    var negativeBytes = negative.map { Array($0.utf8) }
    var labels = [UInt8](repeating: 0, count: column.length)
    for row in labels.indices {
      let bytes = column.bytes(at: row)
      if bytes.equals(wantedBytes) {
        labels[row] = 1
        continue
      }
      if let negativeBytes, bytes.equals(negativeBytes) { continue }
      let text = column.string(at: row) ?? ""
      if let negative { throw Self.third(negative, text, wanted, row: row) }
      guard named != nil || text == "0" || text == "-1" else {
        throw PluginError(
          .invalidArgument,
          "The target holds text such as \"\(text)\": say with the parameter positive which label is "
            + "the positive one.", row: row)
      }
      negative = text
      negativeBytes = Array(text.utf8)
    }
    return labels
  }

  private func wantedText() throws(PluginError) -> String {
    switch named {
    case nil: return "1"
    case .text(let text): return text
    case .integer(let value): return String(value)
    case .bool(let value): return String(value)
    default: throw PluginError(.invalidArgument, "The target holds text: positive must be one.")
    }
  }
}

extension RawSpan {
  fileprivate func equals(_ other: [UInt8]) -> Bool {
    guard byteCount == other.count else { return false }
    for index in other.indices {
      // Safety: the counts are equal.
      if unsafe unsafeLoad(fromByteOffset: index, as: UInt8.self) != other[index] { return false }
    }
    return true
  }
}
