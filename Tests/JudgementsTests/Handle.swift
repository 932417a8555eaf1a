import AssayArrow
import CAssayPlugin
import JudgementsPlugin
import Testing

/// An evaluator's C functions.
struct Functions {
  typealias State = UnsafeMutableRawPointer
  typealias Error = UnsafeMutablePointer<assay_error>
  var create: (UnsafePointer<CChar>?, Int, UnsafeMutablePointer<State?>?, Error?) -> Int32
  var update: (State?, UnsafePointer<ArrowSchema>?, UnsafeMutablePointer<ArrowArray>?, Error?) -> Int32
  var merge: (State?, State?, Error?) -> Int32
  var finish: (State?, UnsafePointer<assay_sink>?, Error?) -> Int32
  var destroy: (State?) -> Void
  var save: (State?, UnsafePointer<assay_writer>?, Error?) -> Int32
  var load:
    (UnsafePointer<CChar>?, Int, UnsafeRawPointer?, Int, UnsafeMutablePointer<State?>?, Error?) -> Int32

  static var winRate: Functions {
    Functions(
      create: pairwise_win_rate_create, update: pairwise_win_rate_update,
      merge: pairwise_win_rate_merge, finish: pairwise_win_rate_finish,
      destroy: pairwise_win_rate_destroy, save: pairwise_win_rate_save, load: pairwise_win_rate_load)
  }

  static var bradleyTerry: Functions {
    Functions(
      create: pairwise_bradley_terry_create, update: pairwise_bradley_terry_update,
      merge: pairwise_bradley_terry_merge, finish: pairwise_bradley_terry_finish,
      destroy: pairwise_bradley_terry_destroy, save: pairwise_bradley_terry_save,
      load: pairwise_bradley_terry_load)
  }

  static var categorical: Functions {
    Functions(
      create: agreement_categorical_create, update: agreement_categorical_update,
      merge: agreement_categorical_merge, finish: agreement_categorical_finish,
      destroy: agreement_categorical_destroy, save: agreement_categorical_save,
      load: agreement_categorical_load)
  }

  static var krippendorff: Functions {
    Functions(
      create: agreement_krippendorff_create, update: agreement_krippendorff_update,
      merge: agreement_krippendorff_merge, finish: agreement_krippendorff_finish,
      destroy: agreement_krippendorff_destroy, save: agreement_krippendorff_save,
      load: agreement_krippendorff_load)
  }
}

/// What the plugin reported.
struct Report: Equatable {
  struct Detail: Equatable {
    var numerator: Double?
    var denominator: Double?
    var standardError: Double?
    var low: Double?
    var high: Double?
    var method: String?
  }

  var values: [String: Double] = [:]
  var reasons: [String: String] = [:]
  var details: [String: Detail] = [:]
  /// The cells as texts, so that they can be compared; null as "null".
  var tables: [String: [String: [String]]] = [:]

  func texts(_ table: String, _ column: String) -> [String] { tables[table]?[column] ?? [] }
  func numbers(_ table: String, _ column: String) -> [Double] {
    texts(table, column).map { Double($0) ?? .nan }
  }
}

private final class Received {
  var report = Report()
  var bytes: [UInt8] = []

  static func from(_ context: UnsafeMutableRawPointer?) -> Received? {
    context.map { Unmanaged<Received>.fromOpaque($0).takeUnretainedValue() }
  }
}

/// A state of an evaluator, through the C functions.
final class Handle {
  private let functions: Functions
  private let parameters: String
  private var state: UnsafeMutableRawPointer?
  private var error = assay_error()

  struct Failure: Swift.Error {
    let code: Int32
    let row: Int64
    let text: String
  }

  init(_ functions: Functions, _ parameters: String = "{}") throws {
    (self.functions, self.parameters) = (functions, parameters)
    try check(functions.create(parameters, parameters.utf8.count, &state, &error))
  }

  /// A state from saved bytes.
  init(_ functions: Functions, _ parameters: String = "{}", saved: [UInt8]) throws {
    (self.functions, self.parameters) = (functions, parameters)
    try check(
      functions.load(parameters, parameters.utf8.count, saved, saved.count, &state, &error))
  }

  deinit { functions.destroy(state) }

  private func check(_ code: Int32) throws {
    guard code != 0 else { return }
    let text = withUnsafeBytes(of: &error.text) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    throw Failure(code: code, row: error.row, text: text)
  }

  func update(_ batch: RecordBatch) throws {
    var schema = ArrowSchema()
    var array = ArrowArray()
    batch.export(schema: &schema, array: &array)
    defer { schema.release?(&schema) }
    try check(functions.update(state, &schema, &array, &error))
  }

  func merge(_ other: Handle) throws { try check(functions.merge(state, other.state, &error)) }

  func saved() throws -> [UInt8] {
    let received = Received()
    var writer = assay_writer(
      size: UInt32(MemoryLayout<assay_writer>.size), reserved: 0,
      context: Unmanaged.passUnretained(received).toOpaque(),
      write: { context, bytes, count in
        Received.from(context)?.bytes += Array(UnsafeRawBufferPointer(start: bytes, count: count))
        return 0
      })
    try check(functions.save(state, &writer, &error))
    return received.bytes
  }

  func finish(level: Double = 0) throws -> Report {
    let received = Received()
    var sink = assay_sink(
      size: UInt32(MemoryLayout<assay_sink>.size), reserved: 0,
      context: Unmanaged.passUnretained(received).toOpaque(), interval_level: level,
      wants: { _, _ in 1 },
      metric: { context, name, value, detail in
        let name = name.map { String(cString: $0) } ?? ""
        Received.from(context)?.report.values[name] = value
        Received.from(context)?.report.details[name] = detail.map { Report.Detail($0.pointee) }
        return 0
      },
      undefined: { context, name, reason, _ in
        Received.from(context)?.report.reasons[name.map { String(cString: $0) } ?? ""] =
          reason.map { String(cString: $0) } ?? ""
        return 0
      },
      table: { context, name, schema, array in
        guard let schema, let array, let name else { return 1 }
        let batch = try? RecordBatch(moving: array, schema: Schema(importing: schema))
        schema.pointee.release?(schema)
        Received.from(context)?.report.tables[String(cString: name)] = batch?.cells
        return 0
      })
    try check(functions.finish(state, &sink, &error))
    return received.report
  }
}

extension Report.Detail {
  fileprivate init(_ detail: assay_detail) {
    func known(_ value: Double) -> Double? { value.isNaN ? nil : value }
    self.init(
      numerator: known(detail.numerator), denominator: known(detail.denominator),
      standardError: known(detail.standard_error), low: known(detail.low), high: known(detail.high),
      method: detail.method.map { String(cString: $0) })
  }
}

extension RecordBatch {
  fileprivate var cells: [String: [String]] {
    var cells: [String: [String]] = [:]
    for (field, column) in zip(schema.fields, columns) {
      cells[field.name] = (0..<rowCount).map { row in
        guard column.isValid(row) else { return "null" }
        if let text = column.string(at: row) { return text }
        if let values = try? column.values(of: Double.self) { return "\(values[row])" }
        return column.integer(at: row).map { "\($0)" } ?? "?"
      }
    }
    return cells
  }
}

/// The laws of states: however rows are split and in whatever order they come, merged, saved and
/// loaded states report to the bit what one state reports.
func expectLaws(_ functions: Functions, _ rows: RecordBatch, parameters: String = "{}") throws {
  let whole = try Handle(functions, parameters)
  try whole.update(rows)
  let expected = try whole.finish(level: 0.9)
  #expect(try whole.finish(level: 0.9) == expected, "finish is not read_only")
  for size in [1, 2, 3, 7] {
    var parts: [Handle] = []
    for start in stride(from: 0, to: rows.rowCount, by: size) {
      let part = try Handle(functions, parameters)
      try part.update(rows.slice(offset: start, count: min(size, rows.rowCount - start)))
      parts.append(try Handle(functions, parameters, saved: part.saved()))
    }
    // Backwards and forwards by turns, the empty state first.
    let merged = try Handle(functions, parameters)
    while !parts.isEmpty {
      try merged.merge(parts.count % 2 == 0 ? parts.removeLast() : parts.removeFirst())
    }
    #expect(try merged.finish(level: 0.9) == expected, "parts of \(size)")
    let again = try Handle(functions, parameters, saved: merged.saved())
    #expect(try again.finish(level: 0.9) == expected, "saved")
  }
  let saved = try whole.saved()
  for count in stride(from: 0, to: saved.count, by: 5) {
    #expect(throws: Handle.Failure.self) {
      try Handle(functions, parameters, saved: Array(saved[..<count]))
    }
  }
  var random = SystemRandomNumberGenerator()
  for _ in 0..<200 {
    var broken = saved
    broken[Int.random(in: broken.indices, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    // What loads must report without a trap.
    _ = try? Handle(functions, parameters, saved: broken).finish()
  }
}
