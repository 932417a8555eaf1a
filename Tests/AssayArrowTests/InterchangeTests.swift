import AssayArrow
import AssayCore
import CAssayPlugin
import Testing

/// The batch as it comes back from the C structs.
func roundTrip(_ batch: RecordBatch) throws -> RecordBatch {
  var schema = ArrowSchema()
  var array = ArrowArray()
  batch.export(schema: &schema, array: &array)
  defer { schema.release?(&schema) }
  return try RecordBatch(moving: &array, schema: Schema(importing: &schema))
}

@Suite(.serialized) struct `A foreign array` {
  @Test func `is released with the last column that shows it`() throws {
    releases = 0
    var batch: RecordBatch? = try importing(numbers: [1, 2, 3]) { _ in }
    var column = batch?.columns[0].slice(offset: 1, count: 1)
    batch = nil
    #expect(releases == 0)
    #expect(column?.integer(at: 0) == 2)
    column = nil
    #expect(releases == 1)
  }

  enum Defect: String, CaseIterable {
    case negativeLength, negativeOffset, absurdLength, missingBufferList, wrongBufferCount,
      children, noValues

    func apply(to array: inout ArrowArray) {
      switch self {
      case .negativeLength: array.length = -1
      case .negativeOffset: array.offset = -5
      case .absurdLength: array.length = .max
      case .missingBufferList: array.buffers = nil
      case .wrongBufferCount: array.n_buffers = 3
      case .children: array.n_children = 1
      case .noValues: array.buffers[1] = nil
      }
    }
  }

  @Test(arguments: Defect.allCases)
  func `is refused, and released, with a defect`(defect: Defect) throws {
    releases = 0
    let error = #expect(throws: AssayError.self) {
      _ = try importing(numbers: [1, 2, 3]) { defect.apply(to: &$0) }
    }
    #expect(error?.code == .invalidArrow)
    #expect(releases == 1)
  }

  @Test func `is refused where the offsets of a text fall`() throws {
    let texts = RecordBatch(["x": Column(["ab", "c", "d"])])
    var array = ArrowArray()
    texts.export(array: &array)
    let child = array.children[0]!
    let offsets = UnsafeMutableRawPointer(mutating: child.pointee.buffers[1]!)
    offsets.storeBytes(of: Int32(9), toByteOffset: 4, as: Int32.self)
    let error = #expect(throws: AssayError.self) {
      _ = try RecordBatch(moving: &array, schema: texts.schema)
    }
    #expect(error?.code == .invalidArrow)
  }
}

// Safety: only the suite above counts, and it is serialised.
private nonisolated(unsafe) var releases = 0

/// Imports a struct array of one int64 column, changed before.
private func importing(
  numbers: [Int64], _ change: (inout ArrowArray) -> Void
) throws -> RecordBatch {
  let inner = Column(numbers)
  var child = ArrowArray()
  inner.export(to: &child)
  change(&child)
  let children = UnsafeMutablePointer<UnsafeMutablePointer<ArrowArray>?>.allocate(capacity: 1)
  let slot = UnsafeMutablePointer<ArrowArray>.allocate(capacity: 1)
  slot.initialize(to: child)
  children.initialize(to: slot)
  let buffers = UnsafeMutablePointer<UnsafeRawPointer?>.allocate(capacity: 1)
  buffers.initialize(to: nil)
  var array = ArrowArray(
    length: Int64(numbers.count), null_count: 0, offset: 0, n_buffers: 1, n_children: 1,
    buffers: buffers, children: children, dictionary: nil,
    release: { array in
      releases += 1
      array?.pointee.release = nil
    }, private_data: nil)
  return try RecordBatch(moving: &array, schema: Schema([Field("x", .int64)]))
}
