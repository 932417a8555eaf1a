import AssayCore
import CAssayPlugin

/// The checks that a foreign array passes before anybody reads it.
///
/// The C Data Interface does not say how long a buffer is: sizes follow from
/// length, offset and the offsets, which are therefore checked to the last one.
@safe
struct ArrayCheck {
  private let array: UnsafePointer<ArrowArray>
  private let type: DataType

  @unsafe
  init(array: UnsafePointer<ArrowArray>, type: DataType) {
    unsafe self.array = array
    self.type = type
  }

  func broken(_ what: String) -> AssayError {
    AssayError(.invalidArrow, "An array of type \(type.name) breaks Arrow's rules: \(what).")
  }

  /// Lengths, and how many buffers and children there are.
  func shape() throws(AssayError) {
    let (length, offset) = unsafe (array.pointee.length, array.pointee.offset)
    guard length >= 0, offset >= 0, length < Int64.max / 32, offset < Int64.max / 32 else {
      throw broken("length \(length) and offset \(offset) make no sense")
    }
    if let needed = type.bufferCount, unsafe Int(array.pointee.n_buffers) != needed {
      throw broken("it has \(unsafe array.pointee.n_buffers) buffers, not \(needed)")
    }
    guard unsafe Int(array.pointee.n_children) == type.children.count || isCarried else {
      throw broken("it has \(unsafe array.pointee.n_children) children, not \(type.children.count)")
    }
    let hasChildren = unsafe array.pointee.n_children == 0 || array.pointee.children != nil
    let hasBuffers = unsafe array.pointee.n_buffers == 0 || array.pointee.buffers != nil
    guard hasChildren, hasBuffers else { throw broken("a list of buffers or children is missing") }
  }

  private var isCarried: Bool {
    if case .other = type { true } else { false }
  }

  private var end: Int { unsafe Int(array.pointee.offset + array.pointee.length) }

  /// The buffers with the sizes that follow from the type.
  @unsafe
  func buffers(owner: ImportedArray, children: [Column]) throws(AssayError) -> [Buffer] {
    guard type.bufferCount ?? 0 > 0 else { return [] }
    var found = [try unsafe buffer(0, byteCount: (end + 7) / 8, isOptional: true, owner)]
    if type == .structure([]) || !type.children.isEmpty && type.offsetWidth == nil {
      try checkChildLengths(children)
      return found
    }
    if type == .bool {
      found.append(try unsafe buffer(1, byteCount: (end + 7) / 8, owner))
    } else if let width = type.byteWidth {
      found.append(try unsafe buffer(1, byteCount: end * width, owner))
    } else if let width = type.offsetWidth {
      let offsets = try unsafe buffer(1, byteCount: (end + 1) * width, isOptional: end == 0, owner)
      found.append(offsets)
      let last = width == 4 ? try lastOffset(offsets, Int32.self) : try lastOffset(offsets, Int64.self)
      if let child = children.first {
        guard last <= child.length else { throw broken("an offset points behind the last element") }
      } else {
        found.append(try unsafe buffer(2, byteCount: last, owner))
      }
    }
    return found
  }

  private func checkChildLengths(_ children: [Column]) throws(AssayError) {
    var needed = (partialValue: end, overflow: false)
    if case .fixedSizeList(_, let size) = type { needed = end.multipliedReportingOverflow(by: size) }
    for child in children where needed.overflow || child.length < needed.partialValue {
      throw broken("a child has \(child.length) rows, too few for the \(end) of its parent")
    }
  }

  @unsafe
  private func buffer(
    _ index: Int, byteCount: Int, isOptional: Bool = false, _ owner: ImportedArray
  ) throws(AssayError) -> Buffer {
    guard let start = unsafe array.pointee.buffers[index] else {
      guard isOptional || byteCount == 0 || end == 0 else { throw broken("buffer \(index) is missing") }
      return .none
    }
    return unsafe Buffer(owner: owner, start: start, byteCount: byteCount)
  }

  /// The end of the last element, after checking that offsets never fall.
  private func lastOffset<Offset: FixedWidthInteger & BitwiseCopyable>(
    _ buffer: Buffer, _ width: Offset.Type
  ) throws(AssayError) -> Int {
    guard buffer.isPresent else { return 0 }
    let first = unsafe Int(array.pointee.offset)
    let offsets = buffer.values(of: Offset.self, from: first, count: end - first + 1)
    guard !offsets.isEmpty else { return 0 }
    var previous: Offset = 0
    for index in offsets.indices {
      guard offsets[index] >= previous else { throw broken("offset \(index) is smaller than the one before") }
      previous = offsets[index]
    }
    return Int(previous)
  }
}
