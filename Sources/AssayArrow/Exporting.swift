public import CAssayPlugin

extension RecordBatch {
  /// Writes the batch as a struct array, a child a column with offset 0.
  ///
  /// Nothing is copied but what does not start on a whole byte. The receiver owns
  /// both structs and releases them; the batch's memory lives until then.
  @unsafe
  public func export(
    schema: UnsafeMutablePointer<ArrowSchema>, array: UnsafeMutablePointer<ArrowArray>
  ) {
    unsafe self.schema.export(to: schema)
    unsafe export(array: array)
  }

  /// Writes the rows only, for a receiver that already has the schema.
  @unsafe
  public func export(array: UnsafeMutablePointer<ArrowArray>) {
    let structure = Column(
      type: .structure(schema.fields), length: rowCount, nullCount: 0, buffers: [.none],
      children: columns)
    unsafe structure.export(to: array)
  }
}

extension Column {
  /// Writes the column as an array with offset 0, which the receiver releases.
  @unsafe
  public func export(to array: UnsafeMutablePointer<ArrowArray>) {
    let box = ExportedArray(rebased())
    unsafe array.pointee = ArrowArray(
      length: Int64(box.column.length), null_count: Int64(box.column.nullCount),
      offset: Int64(box.column.offset), n_buffers: Int64(box.column.buffers.count),
      n_children: Int64(box.column.children.count), buffers: box.buffers, children: box.children,
      dictionary: box.dictionary, release: releaseArray,
      private_data: Unmanaged.passRetained(box).toOpaque())
  }
}

/// What an exported array points to.
@safe
private final class ExportedArray {
  let column: Column
  let buffers: UnsafeMutablePointer<UnsafeRawPointer?>
  let children: UnsafeMutablePointer<UnsafeMutablePointer<ArrowArray>?>
  let dictionary: UnsafeMutablePointer<ArrowArray>?

  init(_ column: Column) {
    self.column = column
    unsafe buffers = .allocate(capacity: max(1, column.buffers.count))
    for (index, buffer) in column.buffers.enumerated() {
      unsafe buffers.advanced(by: index).initialize(to: buffer.address)
    }
    unsafe children = .allocate(capacity: max(1, column.children.count))
    for (index, child) in column.children.enumerated() {
      let array = UnsafeMutablePointer<ArrowArray>.allocate(capacity: 1)
      unsafe child.export(to: array)
      unsafe children.advanced(by: index).initialize(to: array)
    }
    unsafe dictionary = column.dictionary.isEmpty ? nil : .allocate(capacity: 1)
    if let dictionary = unsafe dictionary { unsafe column.dictionary[0].export(to: dictionary) }
  }

  deinit {
    for index in column.children.indices {
      if let child = unsafe children[index] {
        unsafe releaseIfNeeded(child)
        unsafe child.deallocate()
      }
    }
    if let dictionary = unsafe dictionary {
      unsafe releaseIfNeeded(dictionary)
      unsafe dictionary.deallocate()
    }
    unsafe children.deallocate()
    unsafe buffers.deallocate()
  }

  /// A child that the receiver moved out has no release any more.
  @unsafe
  private func releaseIfNeeded(_ array: UnsafeMutablePointer<ArrowArray>) {
    if let release = unsafe array.pointee.release { unsafe release(array) }
  }
}

private func releaseArray(_ array: UnsafeMutablePointer<ArrowArray>?) {
  guard let array = unsafe array, let box = unsafe array.pointee.private_data else { return }
  // Safety: the box was retained for this struct, which is released once.
  unsafe array.pointee.release = nil
  unsafe Unmanaged<ExportedArray>.fromOpaque(box).release()
}

extension Schema {
  /// Writes the schema of a struct, which the receiver releases.
  @unsafe
  public func export(to schema: UnsafeMutablePointer<ArrowSchema>) {
    let bytes = SchemaMetadata.encoded(metadata)
    unsafe Field("", .structure(fields), isNullable: false).export(to: schema, metadata: bytes)
  }
}

extension Field {
  /// Writes the field as a schema, which the receiver releases.
  @unsafe
  public func export(to schema: UnsafeMutablePointer<ArrowSchema>) {
    unsafe export(to: schema, metadata: nil)
  }

  @unsafe
  fileprivate func export(to schema: UnsafeMutablePointer<ArrowSchema>, metadata: [UInt8]?) {
    let box = ExportedSchema(self, metadata: metadata)
    unsafe schema.pointee = ArrowSchema(
      format: box.format, name: box.name, metadata: box.metadata,
      flags: isNullable ? Int64(ARROW_FLAG_NULLABLE) : 0, n_children: Int64(type.children.count),
      children: box.children, dictionary: box.dictionary, release: releaseSchema,
      private_data: Unmanaged.passRetained(box).toOpaque())
  }
}

/// What an exported schema points to.
@safe
private final class ExportedSchema {
  private let childCount: Int
  let format: UnsafeMutablePointer<CChar>
  let name: UnsafeMutablePointer<CChar>
  let metadata: UnsafeMutablePointer<CChar>?
  let children: UnsafeMutablePointer<UnsafeMutablePointer<ArrowSchema>?>
  let dictionary: UnsafeMutablePointer<ArrowSchema>?

  init(_ field: Field, metadata bytes: [UInt8]?) {
    let fields = field.type.children
    childCount = fields.count
    unsafe format = terminated(field.type.format)
    unsafe name = terminated(field.name)
    unsafe metadata = bytes.map { unsafe copied($0.map { CChar(bitPattern: $0) }) }
    unsafe children = .allocate(capacity: max(1, fields.count))
    for (index, child) in fields.enumerated() {
      let schema = UnsafeMutablePointer<ArrowSchema>.allocate(capacity: 1)
      unsafe child.export(to: schema)
      unsafe children.advanced(by: index).initialize(to: schema)
    }
    if case .dictionary(_, let values) = field.type {
      let schema = UnsafeMutablePointer<ArrowSchema>.allocate(capacity: 1)
      unsafe Field("", values).export(to: schema)
      unsafe dictionary = schema
    } else {
      unsafe dictionary = nil
    }
  }

  deinit {
    for index in 0..<childCount {
      if let child = unsafe children[index] {
        if let release = unsafe child.pointee.release { unsafe release(child) }
        unsafe child.deallocate()
      }
    }
    if let dictionary = unsafe dictionary {
      if let release = unsafe dictionary.pointee.release { unsafe release(dictionary) }
      unsafe dictionary.deallocate()
    }
    unsafe children.deallocate()
    unsafe format.deallocate()
    unsafe name.deallocate()
    unsafe metadata?.deallocate()
  }
}

private func releaseSchema(_ schema: UnsafeMutablePointer<ArrowSchema>?) {
  guard let schema = unsafe schema, let box = unsafe schema.pointee.private_data else { return }
  // Safety: the box was retained for this struct, which is released once.
  unsafe schema.pointee.release = nil
  unsafe Unmanaged<ExportedSchema>.fromOpaque(box).release()
}

private func terminated(_ text: String) -> UnsafeMutablePointer<CChar> {
  unsafe copied(Array(text.utf8CString))
}

private func copied(_ bytes: [CChar]) -> UnsafeMutablePointer<CChar> {
  let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
  for (index, byte) in bytes.enumerated() { unsafe copy.advanced(by: index).initialize(to: byte) }
  return unsafe copy
}
