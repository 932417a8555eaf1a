import AssayPluginKit
public import CAssayPlugin

// The functions that the manifest names for `pairwise.win_rate`.

private typealias WinRates = ExportedEvaluator<WinRateEvaluator>

@c public func pairwise_win_rate_create(
  _ parameters: UnsafePointer<CChar>?, _ parameters_len: Int,
  _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe WinRates.create(parameters, parameters_len, state, error)
}

@c public func pairwise_win_rate_update(
  _ state: UnsafeMutableRawPointer?, _ schema: UnsafePointer<ArrowSchema>?,
  _ batch: UnsafeMutablePointer<ArrowArray>?, _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe WinRates.update(state, schema, batch, error)
}

@c public func pairwise_win_rate_merge(
  _ into: UnsafeMutableRawPointer?, _ from: UnsafeMutableRawPointer?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe WinRates.merge(into, from, error)
}

@c public func pairwise_win_rate_finish(
  _ state: UnsafeMutableRawPointer?, _ sink: UnsafePointer<assay_sink>?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe WinRates.finish(state, sink, error)
}

@c public func pairwise_win_rate_destroy(_ state: UnsafeMutableRawPointer?) {
  unsafe WinRates.destroy(state)
}

@c public func pairwise_win_rate_evaluate(
  _ state: UnsafeMutableRawPointer?, _ schema: UnsafePointer<ArrowSchema>?,
  _ batch: UnsafeMutablePointer<ArrowArray>?, _ out_schema: UnsafeMutablePointer<ArrowSchema>?,
  _ out: UnsafeMutablePointer<ArrowArray>?, _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe WinRates.evaluate(state, schema, batch, out_schema, out, error)
}

@c public func pairwise_win_rate_save(
  _ state: UnsafeMutableRawPointer?, _ writer: UnsafePointer<assay_writer>?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe WinRates.save(state, writer, error)
}

@c public func pairwise_win_rate_load(
  _ parameters: UnsafePointer<CChar>?, _ parameters_len: Int, _ saved: UnsafeRawPointer?,
  _ saved_len: Int, _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe WinRates.load(parameters, parameters_len, saved, saved_len, state, error)
}
