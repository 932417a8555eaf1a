public import AssayCore
import CAssayJSON

extension JSONValue {
  /// How deep arrays and objects may nest in what is parsed.
  public static let depthLimit = 256

  /// Parses one JSON document.
  ///
  /// Integers of 64 bits stay integers, every other number becomes the nearest
  /// double. A member named twice is refused, since readers disagree on which
  /// of the two counts.
  ///
  /// - Throws: `json.syntax` with `line`, `column` (both from 1; columns count
  ///   characters) and what is wrong there.
  /// - Complexity: O(*n*) in the length of the text.
  public init(parsing text: String) throws(AssayError) {
    try self.init(parsing: Array(text.utf8))
  }

  /// Parses one JSON document of UTF-8 bytes, as `init(parsing:)` of a string does.
  public init(parsing bytes: [UInt8]) throws(AssayError) {
    let document: JSONDocument
    do {
      document = try JSONDocument(bytes)
    } catch let failure {
      throw JSONFault.locate(in: bytes, failure: failure).error
    }
    var position = 0
    guard let value = document.value(at: &position) else {
      throw JSONFault.locateDuplicate(in: bytes).error
    }
    self = value
  }
}

/// The tokens of a document that simdjson has read.
@safe
private struct JSONDocument: ~Copyable {
  private let raw: OpaquePointer
  private let tokens: UnsafeBufferPointer<assay_json_token>

  init(_ bytes: [UInt8]) throws(JSONFault.Failure) {
    var document: OpaquePointer?
    var reason: UnsafePointer<CChar>?
    // Safety: the bytes outlive the call, which copies them; both results are
    // locals, and a document is there exactly when the status is OK.
    let status = unsafe bytes.withUnsafeBytes { buffer in
      unsafe assay_json_document_read(
        buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count,
        JSONValue.depthLimit, &document, &reason)
    }
    guard status == ASSAY_JSON_OK, let document = unsafe document else {
      if status == ASSAY_JSON_TOO_DEEP { throw .tooDeep }
      // Safety: a reason is a static, terminated text.
      throw .refused(unsafe reason.map { unsafe String(cString: $0) } ?? "it cannot be read")
    }
    unsafe raw = document
    var count = 0
    // Safety: the tokens live as long as the document, which this value owns.
    let start = unsafe assay_json_document_tokens(document, &count)
    unsafe tokens = UnsafeBufferPointer(start: start, count: count)
  }

  deinit { unsafe assay_json_document_destroy(raw) }

  /// The value that begins at the position, which is moved behind it; nil where
  /// an object names a member twice.
  func value(at position: inout Int) -> JSONValue? {
    let token = unsafe tokens[position]
    position += 1
    switch unsafe assay_json_kind(UInt32(token.kind)) {
    case ASSAY_JSON_FALSE: return .bool(false)
    case ASSAY_JSON_TRUE: return .bool(true)
    case ASSAY_JSON_INTEGER: return unsafe .integer(token.integer)
    case ASSAY_JSON_NUMBER: return unsafe .number(token.number)
    case ASSAY_JSON_STRING: return unsafe .string(text(of: token))
    case ASSAY_JSON_ARRAY: return unsafe array(of: token.count, at: &position)
    case ASSAY_JSON_OBJECT: return unsafe object(of: token.count, at: &position)
    default: return .null
    }
  }

  private func array(of count: Int, at position: inout Int) -> JSONValue? {
    var values: [JSONValue] = []
    values.reserveCapacity(count)
    for _ in 0..<count {
      guard let element = value(at: &position) else { return nil }
      values.append(element)
    }
    return .array(values)
  }

  private func object(of count: Int, at position: inout Int) -> JSONValue? {
    var object = JSONObject()
    for _ in 0..<count {
      let key = unsafe text(of: tokens[position])
      position += 1
      guard object[key] == nil, let member = value(at: &position) else { return nil }
      object[key] = member
    }
    return .object(object)
  }

  private func text(of token: assay_json_token) -> String {
    // Safety: a string token's bytes belong to the document, which is alive.
    let bytes = unsafe UnsafeRawBufferPointer(start: token.text, count: token.count)
    return unsafe String(decoding: bytes, as: UTF8.self)
  }
}
