public import AssayCore
public import CAssayPlugin

/// Batches of rows, one after the other, all of one schema.
///
/// Used from one thread at a time.
public protocol BatchStream: AnyObject {
  var schema: Schema { get }

  /// The next batch; nil after the last one.
  func next() throws(AssayError) -> RecordBatch?
}

/// A stream that came over the Arrow C Stream Interface.
///
/// Released with the last reference. Used from one thread at a time.
@safe
public final class ArrowStream: BatchStream {
  private var stream: ArrowArrayStream
  public let schema: Schema

  /// Takes over a stream and reads its schema.
  ///
  /// The struct is moved out: its `release` is null afterwards, whatever happens.
  /// - Throws: `data.invalid-arrow`, or `data.read` with the producer's own words.
  @unsafe
  public init(moving source: UnsafeMutablePointer<ArrowArrayStream>) throws(AssayError) {
    var moved = unsafe source.pointee
    unsafe source.pointee.release = nil
    do {
      unsafe schema = try Self.schema(of: &moved)
    } catch {
      if let release = unsafe moved.release { unsafe release(&moved) }
      throw error
    }
    unsafe stream = moved
  }

  deinit {
    // Safety: moved in by the initialiser, released here and nowhere else.
    if let release = unsafe stream.release { unsafe release(&stream) }
  }

  public func next() throws(AssayError) -> RecordBatch? {
    guard let getNext = unsafe stream.get_next else { return nil }
    var array = unsafe ArrowArray()
    guard unsafe getNext(&stream, &array) == 0 else { throw unsafe Self.lastError(of: &stream) }
    guard unsafe array.release != nil else { return nil }
    return try unsafe RecordBatch(moving: &array, schema: schema)
  }

  @unsafe
  private static func schema(of stream: inout ArrowArrayStream) throws(AssayError) -> Schema {
    guard let getSchema = unsafe stream.get_schema else {
      throw AssayError(.invalidArrow, "A stream has no function that tells its schema.")
    }
    var schema = unsafe ArrowSchema()
    guard unsafe getSchema(&stream, &schema) == 0 else { throw unsafe lastError(of: &stream) }
    defer { if let release = unsafe schema.release { unsafe release(&schema) } }
    return try unsafe Schema(importing: &schema)
  }

  @unsafe
  private static func lastError(of stream: inout ArrowArrayStream) -> AssayError {
    let text = unsafe stream.get_last_error.flatMap { unsafe $0(&stream) }
    let message = unsafe text.map { unsafe String(cString: $0) } ?? "The reader failed and did not say why."
    return AssayError(.read, message, details: place(in: message))
  }

  /// A reader has words only for what went wrong: `FILE, row 3: …` names a row.
  private static func place(in message: String) -> [String: String] {
    guard let range = message.firstRange(of: ", row ") else { return [:] }
    let digits = message[range.upperBound...].prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty, Int(digits) != nil else { return [:] }
    return ["row": String(digits), "file": String(message[..<range.lowerBound])]
  }
}

/// A stream over batches in memory.
public final class MemoryStream: BatchStream {
  public let schema: Schema
  private var batches: ArraySlice<RecordBatch>

  /// - Precondition: Every batch has that schema.
  public init(schema: Schema, batches: [RecordBatch]) {
    precondition(batches.allSatisfy { $0.schema == schema })
    self.schema = schema
    self.batches = batches[...]
  }

  public func next() -> RecordBatch? { batches.popFirst() }
}

extension AssayError.Code {
  /// A reader could not read its source.
  public static let read = Self(rawValue: "data.read")
}
