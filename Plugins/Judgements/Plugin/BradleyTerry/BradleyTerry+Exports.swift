import AssayPluginKit
public import CAssayPlugin

// The functions that the manifest names for `pairwise.bradley_terry`.

private typealias BradleyTerry = ExportedEvaluator<BradleyTerryEvaluator>

@c public func pairwise_bradley_terry_create(
  _ parameters: UnsafePointer<CChar>?, _ parameters_len: Int,
  _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe BradleyTerry.create(parameters, parameters_len, state, error)
}

@c public func pairwise_bradley_terry_update(
  _ state: UnsafeMutableRawPointer?, _ schema: UnsafePointer<ArrowSchema>?,
  _ batch: UnsafeMutablePointer<ArrowArray>?, _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe BradleyTerry.update(state, schema, batch, error)
}

@c public func pairwise_bradley_terry_merge(
  _ into: UnsafeMutableRawPointer?, _ from: UnsafeMutableRawPointer?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe BradleyTerry.merge(into, from, error)
}

@c public func pairwise_bradley_terry_finish(
  _ state: UnsafeMutableRawPointer?, _ sink: UnsafePointer<assay_sink>?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe BradleyTerry.finish(state, sink, error)
}

@c public func pairwise_bradley_terry_destroy(_ state: UnsafeMutableRawPointer?) {
  unsafe BradleyTerry.destroy(state)
}

@c public func pairwise_bradley_terry_save(
  _ state: UnsafeMutableRawPointer?, _ writer: UnsafePointer<assay_writer>?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe BradleyTerry.save(state, writer, error)
}

@c public func pairwise_bradley_terry_load(
  _ parameters: UnsafePointer<CChar>?, _ parameters_len: Int, _ saved: UnsafeRawPointer?,
  _ saved_len: Int, _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe BradleyTerry.load(parameters, parameters_len, saved, saved_len, state, error)
}
