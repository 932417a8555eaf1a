import AssayPluginKit
public import CAssayPlugin

// The functions that the manifest names, a line each. Only public ones are exported.

private typealias Export = ExportedEvaluator<IntervalCoverage>

@c public func interval_coverage_create(
  _ parameters: UnsafePointer<CChar>?, _ parameters_len: Int,
  _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe Export.create(parameters, parameters_len, state, error)
}

@c public func interval_coverage_update(
  _ state: UnsafeMutableRawPointer?, _ schema: UnsafePointer<ArrowSchema>?,
  _ batch: UnsafeMutablePointer<ArrowArray>?, _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe Export.update(state, schema, batch, error)
}

@c public func interval_coverage_merge(
  _ into: UnsafeMutableRawPointer?, _ from: UnsafeMutableRawPointer?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe Export.merge(into, from, error)
}

@c public func interval_coverage_finish(
  _ state: UnsafeMutableRawPointer?, _ sink: UnsafePointer<assay_sink>?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe Export.finish(state, sink, error)
}

@c public func interval_coverage_destroy(_ state: UnsafeMutableRawPointer?) {
  unsafe Export.destroy(state)
}
