import AssayArrow
import AssayCore
import CAssayPlugin

/// Receives what a plugin reports during one call, and checks it.
///
/// A name that the manifest does not declare, a metric told twice or a broken table
/// is refused: the plugin sees a code, and the call fails with the first such fault
/// even where the plugin goes on as if nothing had happened.
@safe
final class FindingsSink {
  private let contract: FindingsContract
  private let wants: (String) -> Bool
  private(set) var findings = Findings()
  private(set) var fault: AssayError?
  private var told: Set<String> = []

  init(contract: FindingsContract, wants: @escaping (String) -> Bool) {
    self.contract = contract
    self.wants = wants
  }

  /// The header's struct. Valid while this object lives.
  @unsafe
  func table(intervalLevel: Double) -> assay_sink {
    unsafe assay_sink(
      size: UInt32(MemoryLayout<assay_sink>.size), reserved: 0,
      context: Unmanaged.passUnretained(self).toOpaque(), interval_level: intervalLevel,
      wants: sinkWants, metric: sinkMetric, undefined: sinkUndefined, table: sinkTable)
  }

  fileprivate func isWanted(_ name: String) -> Bool { wants(name) }

  fileprivate func report(_ metric: ReportedMetric) -> Int32 {
    guard contract.declaresMetric(metric.name) else {
      return refuse(
        "reported the metric \"\(metric.name)\", which its manifest does not declare.\(suggestion(for: metric.name, in: contract.metricNames))")
    }
    guard told.insert(metric.name).inserted else {
      return refuse("reported the metric \"\(metric.name)\" twice")
    }
    if wants(metric.name) { findings.metrics.append(metric) }
    return Int32(ASSAY_OK)
  }

  fileprivate func report(table name: String, _ make: () throws(AssayError) -> RecordBatch) -> Int32 {
    guard let declared = contract.table(name) else {
      return refuse(
        "reported the table \"\(name)\", which its manifest does not declare.\(suggestion(for: name, in: contract.tableNames))")
    }
    guard told.insert("table:" + name).inserted else { return refuse("reported the table \"\(name)\" twice") }
    do throws(AssayError) {
      let table = try ResultTable(make(), declared: declared)
      if wants(name) { findings.tables.append(table) }
      return Int32(ASSAY_OK)
    } catch {
      return refuse("reported a broken table \"\(name)\": \(error.message)")
    }
  }

  fileprivate func refuse(_ text: String) -> Int32 {
    if fault == nil { fault = AssayError(.pluginMisbehaved, "The plugin \(text)") }
    return Int32(ASSAY_INVALID_ARGUMENT)
  }
}

// Safety of the functions below: the context is a sink that outlives the call which
// it was handed to, and is used on that call's thread only.

@unsafe
private func sink(_ context: UnsafeMutableRawPointer?) -> FindingsSink? {
  unsafe context.map { unsafe Unmanaged<FindingsSink>.fromOpaque($0).takeUnretainedValue() }
}

private func sinkWants(_ context: UnsafeMutableRawPointer?, _ name: UnsafePointer<CChar>?) -> Int32 {
  guard let sink = unsafe sink(context), let name = unsafe name else { return 0 }
  return sink.isWanted(unsafe String(cString: name)) ? 1 : 0
}

private func sinkMetric(
  _ context: UnsafeMutableRawPointer?, _ name: UnsafePointer<CChar>?, _ value: Double,
  _ detail: UnsafePointer<assay_detail>?
) -> Int32 {
  guard let sink = unsafe sink(context) else { return Int32(ASSAY_INTERNAL) }
  guard let name = unsafe name else { return sink.refuse("reported a metric without a name") }
  let reason = value.isFinite ? nil : "the plugin reported \(value.isNaN ? "NaN" : "an infinite value")"
  return sink.report(
    ReportedMetric(
      name: unsafe String(cString: name), value: value.isFinite ? value : nil, reason: reason,
      detail: unsafe MetricDetail(detail)))
}

private func sinkUndefined(
  _ context: UnsafeMutableRawPointer?, _ name: UnsafePointer<CChar>?,
  _ reason: UnsafePointer<CChar>?, _ detail: UnsafePointer<assay_detail>?
) -> Int32 {
  guard let sink = unsafe sink(context) else { return Int32(ASSAY_INTERNAL) }
  guard let name = unsafe name else { return sink.refuse("reported a metric without a name") }
  let text = unsafe reason.map { unsafe String(cString: $0) } ?? ""
  return sink.report(
    ReportedMetric(
      name: unsafe String(cString: name), value: nil,
      reason: text.isEmpty ? "the plugin gives no reason" : text, detail: unsafe MetricDetail(detail)))
}

private func sinkTable(
  _ context: UnsafeMutableRawPointer?, _ name: UnsafePointer<CChar>?,
  _ schema: UnsafeMutablePointer<ArrowSchema>?, _ array: UnsafeMutablePointer<ArrowArray>?
) -> Int32 {
  // Both are moved to the host whatever it returns.
  defer {
    if let schema = unsafe schema, let release = unsafe schema.pointee.release { unsafe release(schema) }
    if let array = unsafe array, let release = unsafe array.pointee.release { unsafe release(array) }
  }
  guard let sink = unsafe sink(context) else { return Int32(ASSAY_INTERNAL) }
  guard let name = unsafe name, let schema = unsafe schema, let array = unsafe array else {
    return sink.refuse("reported a table without a name, a schema or columns")
  }
  return sink.report(table: unsafe String(cString: name)) { () throws(AssayError) in
    guard unsafe array.pointee.release != nil else {
      throw AssayError(.invalidArrow, "the array was already released")
    }
    return try unsafe RecordBatch(moving: array, schema: Schema(importing: schema))
  }
}

extension MetricDetail {
  /// Reads as much of the struct as the plugin knew of.
  @unsafe
  fileprivate init(_ given: UnsafePointer<assay_detail>?) {
    self.init()
    guard let given = unsafe given else { return }
    var detail = unsafe assay_detail(
      size: 0, reserved: 0, numerator: .nan, denominator: .nan, support: -1, skipped: -1,
      standard_error: .nan, low: .nan, high: .nan, method: nil, conventional: .nan)
    // Safety: the plugin's struct has the size that it says, ours the rest.
    let size = unsafe min(Int(given.pointee.size), MemoryLayout<assay_detail>.size)
    unsafe withUnsafeMutableBytes(of: &detail) {
      unsafe $0.copyMemory(from: UnsafeRawBufferPointer(start: given, count: size))
    }
    unsafe numerator = Self.number(detail.numerator)
    unsafe denominator = Self.number(detail.denominator)
    unsafe support = detail.support < 0 ? nil : Int(detail.support)
    unsafe skipped = detail.skipped < 0 ? nil : Int(detail.skipped)
    unsafe standardError = Self.number(detail.standard_error)
    unsafe low = Self.number(detail.low)
    unsafe high = Self.number(detail.high)
    unsafe method = detail.method.map { unsafe String(cString: $0) }
    unsafe conventional = Self.number(detail.conventional)
  }

  private static func number(_ value: Double) -> Double? { value.isNaN ? nil : value }
}
