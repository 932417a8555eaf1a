public import AssayCore
public import CAssayPlugin

extension Schema {
  /// Reads the schema of a struct type. The struct stays the caller's.
  ///
  /// - Throws: `data.invalid-arrow` where it is not a struct or breaks Arrow's rules,
  ///   its metadata too.
  @unsafe
  public init(importing schema: UnsafePointer<ArrowSchema>) throws(AssayError) {
    let type = try unsafe DataType(importing: schema, depth: 0)
    guard case .structure(let fields) = type else {
      throw AssayError(.invalidArrow, "The schema is of type \(type.name); a struct, a field a column, is needed.")
    }
    self.init(fields, metadata: try unsafe SchemaMetadata.pairs(at: schema.pointee.metadata))
  }
}

extension DataType {
  /// How deep types may nest before they are taken for an attack.
  private static let deepest = 32

  @unsafe
  fileprivate init(importing schema: UnsafePointer<ArrowSchema>, depth: Int) throws(AssayError) {
    guard let text = unsafe schema.pointee.format, unsafe schema.pointee.release != nil else {
      throw AssayError(.invalidArrow, "A schema has no format, or was already released.")
    }
    guard depth < Self.deepest else {
      throw AssayError(.invalidArrow, "A schema nests deeper than \(Self.deepest) levels.")
    }
    let format = unsafe String(cString: text)
    if let dictionary = unsafe schema.pointee.dictionary {
      let values = try unsafe DataType(importing: dictionary, depth: depth + 1)
      self = .dictionary(index: DataType(plainFormat: format), values: values)
      return
    }
    let fields = try unsafe Self.fields(of: schema, depth: depth)
    switch format {
    case "+s": self = .structure(fields)
    case "+l" where fields.count == 1: self = .list(fields[0])
    case "+L" where fields.count == 1: self = .largeList(fields[0])
    case _ where format.hasPrefix("+w:"): self = try .fixedSizeList(format, fields)
    default: self = DataType(plainFormat: format)
    }
  }

  /// The type of a format such as `+w:4`.
  private static func fixedSizeList(
    _ format: String, _ fields: [Field]
  ) throws(AssayError) -> DataType {
    guard let size = Int32(format.dropFirst(3)), size >= 0, fields.count == 1 else {
      throw AssayError(.invalidArrow, "A schema has the format \(format) and \(fields.count) children.")
    }
    return .fixedSizeList(fields[0], size: Int(size))
  }

  @unsafe
  private static func fields(
    of schema: UnsafePointer<ArrowSchema>, depth: Int
  ) throws(AssayError) -> [Field] {
    var fields: [Field] = []
    for index in 0..<Int(max(0, unsafe schema.pointee.n_children)) {
      guard let child = unsafe schema.pointee.children?[index] else {
        throw AssayError(.invalidArrow, "A schema's child \(index) is missing.")
      }
      let name = unsafe child.pointee.name.map { unsafe String(cString: $0) } ?? ""
      let isNullable = unsafe child.pointee.flags & Int64(ARROW_FLAG_NULLABLE) != 0
      fields.append(
        Field(name, try unsafe DataType(importing: child, depth: depth + 1), isNullable: isNullable))
    }
    return fields
  }
}

extension RecordBatch {
  /// Takes over a struct array, a child a column, and checks it.
  ///
  /// The array is moved out: its `release` is null afterwards, whatever happens.
  /// - Throws: `data.invalid-arrow` where lengths, buffers or offsets do not fit.
  @unsafe
  public init(moving array: UnsafeMutablePointer<ArrowArray>, schema: Schema) throws(AssayError) {
    let owner = unsafe ImportedArray(moving: array)
    let structure = try unsafe Column(
      array: &owner.array, type: .structure(schema.fields), owner: owner)
    let columns = schema.fields.indices.map { structure.field($0) }
    self.init(schema: schema, columns: columns, rowCount: structure.length)
  }
}

extension Column {
  /// Takes over an array of the given type and checks it.
  ///
  /// The array is moved out: its `release` is null afterwards, whatever happens.
  /// - Throws: `data.invalid-arrow` where lengths, buffers or offsets do not fit.
  @unsafe
  public init(moving array: UnsafeMutablePointer<ArrowArray>, type: DataType) throws(AssayError) {
    let owner = unsafe ImportedArray(moving: array)
    try unsafe self.init(array: &owner.array, type: type, owner: owner)
  }

  @unsafe
  fileprivate init(
    array: UnsafePointer<ArrowArray>, type: DataType, owner: ImportedArray
  ) throws(AssayError) {
    let check = unsafe ArrayCheck(array: array, type: type)
    try check.shape()
    let length = unsafe Int(array.pointee.length)
    let offset = unsafe Int(array.pointee.offset)
    var children: [Column] = []
    for (index, field) in type.children.enumerated() {
      guard let child = unsafe array.pointee.children[index] else { throw check.broken("a child is missing") }
      children.append(try unsafe Column(array: child, type: field.type, owner: owner))
    }
    var dictionary: [Column] = []
    if case .dictionary(_, let values) = type {
      guard let array = unsafe array.pointee.dictionary else { throw check.broken("the dictionary is missing") }
      dictionary = [try unsafe Column(array: array, type: values, owner: owner)]
    }
    let buffers = try unsafe check.buffers(owner: owner, children: children)
    let nulls = unsafe Self.nullCount(array, type: type, validity: buffers.first)
    self.init(
      type: type, length: length, offset: offset, nullCount: nulls, buffers: buffers,
      children: children, dictionary: dictionary)
  }

  @unsafe
  private static func nullCount(
    _ array: UnsafePointer<ArrowArray>, type: DataType, validity: Buffer?
  ) -> Int {
    let length = unsafe Int(array.pointee.length)
    if type == .null { return length }
    guard let validity, validity.isPresent else { return 0 }
    let declared = unsafe Int(array.pointee.null_count)
    if declared == 0 { return 0 }
    let bits = unsafe Bitmap(buffer: validity, offset: Int(array.pointee.offset), count: length)
    return length - bits.countOfOnes
  }
}

/// An array that was moved in, released with the last column that shows it.
@safe
final class ImportedArray {
  var array: ArrowArray

  @unsafe
  init(moving source: UnsafeMutablePointer<ArrowArray>) {
    unsafe array = source.pointee
    unsafe source.pointee.release = nil
  }

  deinit {
    // Safety: the struct was moved in, so that it is ours to release, once.
    if let release = unsafe array.release { unsafe release(&array) }
  }
}
