import AssayArrow
import CAssayPlugin
import VisionPlugin

/// The C functions of an evaluator of the vision plugin, as the host calls them.
struct VisionHandle: Sendable {
  typealias State = UnsafeMutableRawPointer
  typealias Failed = UnsafeMutablePointer<assay_error>
  let create: @Sendable (UnsafePointer<CChar>?, Int, UnsafeMutablePointer<State?>?, Failed?) -> Int32
  let update:
    @Sendable (State?, UnsafePointer<ArrowSchema>?, UnsafeMutablePointer<ArrowArray>?, Failed?) -> Int32
  let merge: @Sendable (State?, State?, Failed?) -> Int32
  let finish: @Sendable (State?, UnsafePointer<assay_sink>?, Failed?) -> Int32
  let destroy: @Sendable (State?) -> Void
  let save: @Sendable (State?, UnsafePointer<assay_writer>?, Failed?) -> Int32
  let load:
    @Sendable (
      UnsafePointer<CChar>?, Int, UnsafeRawPointer?, Int, UnsafeMutablePointer<State?>?, Failed?
    ) -> Int32

  static let detection = VisionHandle(
    create: vision_detection_create, update: vision_detection_update,
    merge: vision_detection_merge, finish: vision_detection_finish,
    destroy: vision_detection_destroy, save: vision_detection_save, load: vision_detection_load)
  static let instanceSegmentation = VisionHandle(
    create: vision_instance_segmentation_create, update: vision_instance_segmentation_update,
    merge: vision_instance_segmentation_merge, finish: vision_instance_segmentation_finish,
    destroy: vision_instance_segmentation_destroy, save: vision_instance_segmentation_save,
    load: vision_instance_segmentation_load)
  static let keypoints = VisionHandle(
    create: vision_keypoints_create, update: vision_keypoints_update, merge: vision_keypoints_merge,
    finish: vision_keypoints_finish, destroy: vision_keypoints_destroy, save: vision_keypoints_save,
    load: vision_keypoints_load)

  struct Failure: Error {
    let code: Int32
    let row: Int64
    let text: String
  }

  /// Evaluates batches, a state for each, merged.
  func run(_ parameters: String, _ batches: [RecordBatch]) throws -> Received {
    let whole = try state(parameters)
    defer { destroy(whole) }
    for batch in batches {
      let part = try state(parameters)
      defer { destroy(part) }
      var (schema, array, error) = (ArrowSchema(), ArrowArray(), assay_error())
      batch.export(schema: &schema, array: &array)
      defer { schema.release?(&schema) }
      try check(update(part, &schema, &array, &error), &error)
      try check(merge(whole, part, &error), &error)
    }
    let received = Received()
    var error = assay_error()
    try check(received.withSink { finish(whole, $0, &error) }, &error)
    return received
  }

  /// Evaluates a batch, saves the state and reads the results of other parameters from it.
  func run(_ parameters: String, _ batch: RecordBatch, reread other: String) throws -> Received {
    let first = try state(parameters)
    defer { destroy(first) }
    var (schema, array, error) = (ArrowSchema(), ArrowArray(), assay_error())
    batch.export(schema: &schema, array: &array)
    defer { schema.release?(&schema) }
    try check(update(first, &schema, &array, &error), &error)
    let bytes = try saved(first)
    var second: State?
    try check(load(other, other.utf8.count, bytes, bytes.count, &second, &error), &error)
    defer { destroy(second) }
    let received = Received()
    try check(received.withSink { finish(second, $0, &error) }, &error)
    return received
  }

  private func saved(_ state: State?) throws -> [UInt8] {
    let received = Received()
    var error = assay_error()
    var writer = assay_writer(
      size: UInt32(MemoryLayout<assay_writer>.size), reserved: 0,
      context: Unmanaged.passUnretained(received).toOpaque(),
      write: { context, bytes, count in
        let received = context.map { Unmanaged<Received>.fromOpaque($0).takeUnretainedValue() }
        received?.bytes += UnsafeRawBufferPointer(start: bytes, count: count)
        return 0
      })
    try check(save(state, &writer, &error), &error)
    return received.bytes
  }

  private func state(_ parameters: String) throws -> State? {
    var (state, error): (State?, assay_error) = (nil, assay_error())
    try check(create(parameters, parameters.utf8.count, &state, &error), &error)
    return state
  }

  private func check(_ code: Int32, _ error: inout assay_error) throws {
    guard code != 0 else { return }
    let text = withUnsafeBytes(of: &error.text) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    throw Failure(code: code, row: error.row, text: text)
  }
}

/// What an evaluator reported.
final class Received {
  var values: [String: Double] = [:]
  var undefined: [String: String] = [:]
  var tables: [String: RecordBatch] = [:]
  var bytes: [UInt8] = []

  func withSink<Result>(_ body: (UnsafePointer<assay_sink>) -> Result) -> Result {
    var sink = assay_sink(
      size: UInt32(MemoryLayout<assay_sink>.size), reserved: 0,
      context: Unmanaged.passUnretained(self).toOpaque(), interval_level: 0, wants: { _, _ in 1 },
      metric: { context, name, value, _ in
        Received.from(context)?.values[name.map { String(cString: $0) } ?? ""] = value
        return 0
      },
      undefined: { context, name, reason, _ in
        Received.from(context)?.undefined[name.map { String(cString: $0) } ?? ""] =
          reason.map { String(cString: $0) } ?? ""
        return 0
      },
      table: { context, name, schema, array in
        guard let schema, let array, let name else { return 1 }
        let batch = try? RecordBatch(moving: array, schema: Schema(importing: schema))
        schema.pointee.release?(schema)
        Received.from(context)?.tables[String(cString: name)] = batch
        return 0
      })
    return body(&sink)
  }

  private static func from(_ context: UnsafeMutableRawPointer?) -> Received? {
    context.map { Unmanaged<Received>.fromOpaque($0).takeUnretainedValue() }
  }
}
