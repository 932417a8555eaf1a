public import AssayArrow
public import CAssayPlugin

/// What stands behind a metric's value; what is nil is not given.
public struct MetricDetail: Sendable, Hashable {
  /// The two parts of a rate, from which the host computes a Wilson interval.
  public var numerator: Double?
  public var denominator: Double?
  /// How many rows stand behind the value, and how many the definition left out.
  public var support: Int?
  public var skipped: Int?
  /// From it the host computes value ∓ z · error.
  public var standardError: Double?
  /// The interval itself, where the plugin has a better one than that.
  public var low: Double?
  public var high: Double?
  /// How error or interval came about, such as `delong`.
  public var method: String?
  /// What the field's reference implementation answers where it is something else.
  public var conventional: Double?

  public init() {}
}

/// Takes a plugin's results to the host. Valid during the call that received it.
@safe
public struct Sink {
  // Safety: the host keeps the struct alive for the time of the call.
  private let sink: UnsafePointer<assay_sink>

  @unsafe
  public init(_ sink: UnsafePointer<assay_sink>) { unsafe self.sink = sink }

  /// The confidence level of the run, such as 0.95; 0 where nobody asks for
  /// intervals: then compute none.
  public var intervalLevel: Double { unsafe sink.pointee.interval_level }

  /// Whether the run wants the metric or table of that name. What is not wanted may
  /// be left out, or reported all the same.
  public func wants(_ name: String) -> Bool {
    guard let wants = unsafe sink.pointee.wants else { return true }
    return unsafe wants(sink.pointee.context, name) != 0
  }

  /// Reports a metric. A value that is not finite is reported as undefined.
  ///
  /// - Throws: ``PluginError`` where the host refuses it; let it through.
  public func metric(
    _ name: String, _ value: Double, _ detail: MetricDetail = MetricDetail()
  ) throws(PluginError) {
    guard value.isFinite else {
      return try undefined(name, "The value is not a finite number.", detail)
    }
    guard let metric = unsafe sink.pointee.metric else { return }
    try check(
      unsafe detail.withStruct { unsafe metric(sink.pointee.context, name, value, $0) })
  }

  /// Reports that a metric has no value, in a sentence.
  public func undefined(
    _ name: String, _ reason: String, _ detail: MetricDetail = MetricDetail()
  ) throws(PluginError) {
    guard let undefined = unsafe sink.pointee.undefined else { return }
    try check(
      unsafe detail.withStruct { unsafe undefined(sink.pointee.context, name, reason, $0) })
  }

  /// Reports a table.
  public func table(_ name: String, _ rows: RecordBatch) throws(PluginError) {
    guard let table = unsafe sink.pointee.table else { return }
    var schema = unsafe ArrowSchema()
    var array = unsafe ArrowArray()
    unsafe rows.export(schema: &schema, array: &array)
    // Safety: the host takes both over, whatever it returns.
    try check(unsafe table(sink.pointee.context, name, &schema, &array))
  }

  private func check(_ code: Int32) throws(PluginError) {
    guard code != ASSAY_OK else { return }
    throw PluginError(PluginError.Code(rawValue: code), "The host refused a result.")
  }
}

extension MetricDetail {
  /// The detail as the contract's struct, for the time of `body`.
  @unsafe
  fileprivate func withStruct<Result>(_ body: (UnsafePointer<assay_detail>) -> Result) -> Result {
    guard let method else {
      var detail = unsafe cStruct(method: nil)
      return unsafe body(&detail)
    }
    return unsafe method.withCString { text in
      var detail = unsafe cStruct(method: text)
      return unsafe body(&detail)
    }
  }

  @unsafe
  private func cStruct(method: UnsafePointer<CChar>?) -> assay_detail {
    unsafe assay_detail(
      size: UInt32(MemoryLayout<assay_detail>.size), reserved: 0, numerator: numerator ?? .nan,
      denominator: denominator ?? .nan, support: Int64(support ?? -1), skipped: Int64(skipped ?? -1),
      standard_error: standardError ?? .nan, low: low ?? .nan, high: high ?? .nan, method: method,
      conventional: conventional ?? .nan)
  }
}
