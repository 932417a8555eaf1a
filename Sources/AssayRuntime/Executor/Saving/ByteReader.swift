import AssayCore

/// Reads what a ``ByteWriter`` wrote, from bytes of any origin.
struct ByteReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  mutating func number() throws(AssayError) -> UInt64 {
    let range = try take(8)
    return bytes[range].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  mutating func integer() throws(AssayError) -> Int { Int(Int64(bitPattern: try number())) }

  /// A count of things of which each takes so many bytes at least.
  mutating func count(ofAtLeast size: Int) throws(AssayError) -> Int {
    let count = try integer()
    guard count >= 0, count <= (bytes.count - position) / max(1, size) else { throw Self.damaged }
    return count
  }

  mutating func text() throws(AssayError) -> String {
    let count = try count(ofAtLeast: 1)
    return String(decoding: bytes[try take(count)], as: UTF8.self)
  }

  mutating func block() throws(AssayError) -> [UInt8] {
    let count = try count(ofAtLeast: 1)
    return [UInt8](bytes[try take(count)])
  }

  mutating func doubles() throws(AssayError) -> [Double] {
    let count = try count(ofAtLeast: 8)
    var numbers: [Double] = []
    numbers.reserveCapacity(count)
    for _ in 0..<count { numbers.append(Double(bitPattern: try number())) }
    return numbers
  }

  mutating func optionalText() throws(AssayError) -> String? {
    try number() == 0 ? nil : try text()
  }

  private mutating func take(_ count: Int) throws(AssayError) -> Range<Int> {
    guard count >= 0, count <= bytes.count - position else { throw Self.damaged }
    defer { position += count }
    return position..<position + count
  }

  static var damaged: AssayError {
    AssayError(.savedPart, "What was saved of the run is damaged or was cut; run it anew.")
  }
}

extension AssayError.Code {
  /// Saved states of a run that are damaged, or of another evaluator.
  static let savedPart = Self(rawValue: "run.saved-state")
}
