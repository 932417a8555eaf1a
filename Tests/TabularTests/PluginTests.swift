import AssayArrow
import AssayHost
import AssayPluginKit
import CAssayPlugin
import KernelSupport
import TabularKernels
import TabularPlugin
import Testing

/// Receives what the plugin's C functions report.
private final class Received {
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

  static func from(_ context: UnsafeMutableRawPointer?) -> Received? {
    context.map { Unmanaged<Received>.fromOpaque($0).takeUnretainedValue() }
  }
}

/// A state of `tabular.binary`, through the C functions.
private final class BinaryHandle {
  var state: UnsafeMutableRawPointer?
  var error = assay_error()

  init(_ parameters: String = "{}") throws {
    try check(tabular_binary_create(parameters, parameters.utf8.count, &state, &error))
  }

  deinit { tabular_binary_destroy(state) }

  struct Failure: Error {
    let code: Int32
    let row: Int64
    let text: String
  }

  func check(_ code: Int32) throws {
    guard code != 0 else { return }
    let text = withUnsafeBytes(of: &error.text) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    throw Failure(code: code, row: error.row, text: text)
  }

  func update(_ batch: RecordBatch) throws {
    var schema = ArrowSchema()
    var array = ArrowArray()
    batch.export(schema: &schema, array: &array)
    defer { schema.release?(&schema) }
    try check(tabular_binary_update(state, &schema, &array, &error))
    #expect(array.release == nil)
  }

  func finish() throws -> Received {
    let received = Received()
    try received.withSink { sink in tabular_binary_finish(state, sink, &error) }.check(self)
    return received
  }
}

extension Int32 {
  fileprivate func check(_ handle: BinaryHandle) throws { try handle.check(self) }
}

@Suite struct `The tabular plugin` {
  private static let scores: [Double] = [0.9, 0.8, 0.3, 0.6, 0.2]

  @Test(arguments: [
    ("{}", Column([true, true, false, false, false] as [Bool?]), "true", "false"),
    ("{}", Column([1, 1, 0, 0, 0] as [Int64]), "1", "0"),
    ("{\"positive\": null}", Column([1, 1, -1, -1, -1] as [Int64]), "1", "-1"),
    ("{}", Column(["1", "1", "0", "0", "0"]), "1", "0"),
    ("{\"positive\": \"spam\"}", Column(["spam", "spam", "ham", "ham", "ham"]), "spam", "ham"),
    ("{\"positive\": 3}", Column([3, 3, 7, 7, 7] as [Int64]), "3", "7"),
  ])
  func `does not mind what labels are called`(
    parameters: String, target: Column, positive: String, negative: String
  ) throws {
    let handle = try BinaryHandle(parameters)
    try handle.update(RecordBatch(["target": target, "score": Column(Self.scores)]))
    let received = try handle.finish()
    #expect(received.values["roc_auc"] == 1 && received.values["recall"] == 1)
    let table = received.tables["confusion_matrix"]
    #expect(table?.column(named: "actual")?.string(at: 0) == positive)
    #expect(table?.column(named: "actual")?.string(at: 3) == negative)
  }

  @Test func `widens narrow scores`() throws {
    let (narrow, wide) = (try BinaryHandle(), try BinaryHandle())
    let target = Column([1, 1, 0, 0, 0] as [Int64])
    let scores = Self.scores.map { Float($0) }
    try narrow.update(RecordBatch(["target": target, "score": Column(scores)]))
    try wide.update(RecordBatch(["target": target, "score": Column(scores.map(Double.init))]))
    #expect(try narrow.finish().values == wide.finish().values)
  }

  @Test(arguments: [
    ("{}", Column([1, 1, 0, 2, 0] as [Int64]), ASSAY_BAD_DATA, 3, "more than two labels"),
    ("{}", Column(["yes", "no", "no", "no", "no"]), ASSAY_INVALID_ARGUMENT, 0, "positive"),
    ("{\"positive\": \"a\"}", Column([1, 1, 0, 0, 0] as [Int64]), ASSAY_INVALID_ARGUMENT, -1, "whole"),
    ("{}", Column([1, 1, 0, 0, 0] as [Double]), ASSAY_UNSUPPORTED, -1, "float64"),
  ])
  func `names the row and the remedy`(
    parameters: String, target: Column, code: Int, row: Int, text: String
  ) throws {
    let handle = try BinaryHandle(parameters)
    let failure = try #require(throws: BinaryHandle.Failure.self) {
      try handle.update(RecordBatch(["target": target, "score": Column(Self.scores)]))
    }
    #expect(failure.code == Int32(code) && failure.row == Int64(row))
    #expect(failure.text.contains(text))
  }

  @Test(arguments: ["[]", "{", "{\"bins\": 0}", "{\"beta\": \"x\"}", "{\"only\": [1]}", "nonsense"])
  func `refuses parameters that make no sense`(parameters: String) {
    let failure = #expect(throws: BinaryHandle.Failure.self) { try BinaryHandle(parameters) }
    #expect(failure?.code == Int32(ASSAY_INVALID_ARGUMENT))
  }

  @Test func `merges, saves and loads`() throws {
    let (a, b, whole) = (try BinaryHandle(), try BinaryHandle(), try BinaryHandle())
    let rows = RecordBatch([
      "target": Column([1, 1, 0, 0, 0] as [Int64]), "score": Column(Self.scores),
    ])
    try a.update(rows.slice(offset: 0, count: 2))
    try b.update(rows.slice(offset: 2, count: 3))
    try whole.update(rows)
    try a.check(tabular_binary_merge(a.state, b.state, &a.error))
    #expect(try a.finish().values == whole.finish().values)
    #expect(tabular_binary_merge(a.state, a.state, &a.error) == Int32(ASSAY_INVALID_ARGUMENT))

    let received = Received()
    var writer = assay_writer(
      size: UInt32(MemoryLayout<assay_writer>.size), reserved: 0,
      context: Unmanaged.passUnretained(received).toOpaque(),
      write: { context, bytes, count in
        Received.from(context)?.bytes += Array(UnsafeRawBufferPointer(start: bytes, count: count))
        return 0
      })
    try a.check(tabular_binary_save(a.state, &writer, &a.error))
    let loaded = try BinaryHandle()
    tabular_binary_destroy(loaded.state)
    loaded.state = nil
    try loaded.check(
      tabular_binary_load("{}", 2, received.bytes, received.bytes.count, &loaded.state, &loaded.error))
    #expect(try loaded.finish().values == whole.finish().values)
  }

  @Test func `draws replicates`() throws {
    let handle = try BinaryHandle()
    try handle.update(
      RecordBatch([
        "target": Column([1, 1, 0, 0, 0] as [Int64]), "score": Column(Self.scores),
        "row_id": Column([0, 1, 2, 3, 4] as [UInt64]),
      ]))
    try handle.check(tabular_binary_resample(handle.state, 0, 0, 0, nil, &handle.error))
    let received = Received()
    // Replicate 0 of seed 0 draws the rows 2 and 4, once each: no positive one.
    try received.withSink {
      tabular_binary_resample(handle.state, 0, 0, 1, $0, &handle.error)
    }.check(handle)
    #expect(received.values["accuracy"] == 1)
    #expect(received.undefined["roc_auc"] != nil)
  }

  @Test func `survives null for everything`() {
    #expect(tabular_binary_create(nil, 0, nil, nil) != 0)
    #expect(tabular_binary_update(nil, nil, nil, nil) != 0)
    #expect(tabular_binary_finish(nil, nil, nil) != 0)
    tabular_binary_destroy(nil)
    #expect(tabular_regression_load(nil, 0, nil, 0, nil, nil) != 0)
  }

  @Test func `has a manifest that the host understands`() throws {
    let folder = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let path = folder + "/Plugins/Tabular/Manifest/manifest.json"
    let manifest = try Manifest(parsing: try #require(contents(of: path)), file: path)
    #expect(manifest.evaluators.map(\.name) == ["tabular.binary", "tabular.regression"])
    let findings = try BinaryRows(random: 50, seed: 1).findings()
    #expect(findings.metrics.count == manifest.evaluators[0].metrics.count)
    for finding in findings.metrics {
      #expect(manifest.evaluators[0].metric(named: finding.name) != nil, "\(finding.name)")
    }
    #expect(
      Set(findings.tables.map(\.name)) == Set(manifest.evaluators[0].tables.map(\.name.text)))
    for finding in try RegressionCase.random(9, seed: 1).findings().metrics {
      #expect(manifest.evaluators[1].metric(named: finding.name) != nil, "\(finding.name)")
    }
  }
}
