import AssayArrow
import CAssayPlugin

/// The addresses of a column's buffers, for as long as this lives.
@safe
struct ColumnView: ~Copyable {
  let type: DataType
  let length: Int
  let nullCount: Int
  private var array: ArrowArray

  init(_ column: Column) {
    type = column.type
    length = column.length
    nullCount = column.nullCount
    unsafe array = ArrowArray()
    unsafe column.export(to: &array)
  }

  // Safety: exported by the initialiser, released here and nowhere else.
  deinit {
    var array = unsafe array
    if let release = unsafe array.release { unsafe release(&array) }
  }

  /// The bits of the rows that have a value; nil where all have.
  @unsafe
  var validity: UnsafeRawPointer? { unsafe nullCount > 0 ? buffer(0) : nil }

  /// The values of a type of fixed width, or the bits of booleans.
  @unsafe
  var values: UnsafeRawPointer? { unsafe buffer(1) }

  /// The offsets of a text.
  @unsafe
  var offsets: UnsafeRawPointer? { unsafe buffer(1) }

  /// The bytes of a text, or the values of a list's elements. Not null: an empty text
  /// has an address too.
  @unsafe
  var data: UnsafeRawPointer? { unsafe (buffer(2) ?? elements ?? somewhere) }

  @unsafe
  private var elements: UnsafeRawPointer? {
    guard unsafe array.n_children == 1, let child = unsafe array.children?[0],
      unsafe child.pointee.n_buffers >= 2
    else { return nil }
    return unsafe child.pointee.buffers?[1]
  }

  @unsafe
  private func buffer(_ index: Int) -> UnsafeRawPointer? {
    guard unsafe index < Int(array.n_buffers), let buffers = unsafe array.buffers else { return nil }
    return unsafe buffers[index]
  }
}

// Safety: never written.
private nonisolated(unsafe) let somewhere = UnsafeRawPointer(
  UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 64))
