import AssayPluginKit
public import CAssayPlugin

// The functions that the manifest names for `agreement.krippendorff`.

private typealias Krippendorff = ExportedEvaluator<KrippendorffEvaluator>

@c public func agreement_krippendorff_create(
  _ parameters: UnsafePointer<CChar>?, _ parameters_len: Int,
  _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe Krippendorff.create(parameters, parameters_len, state, error)
}

@c public func agreement_krippendorff_update(
  _ state: UnsafeMutableRawPointer?, _ schema: UnsafePointer<ArrowSchema>?,
  _ batch: UnsafeMutablePointer<ArrowArray>?, _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe Krippendorff.update(state, schema, batch, error)
}

@c public func agreement_krippendorff_merge(
  _ into: UnsafeMutableRawPointer?, _ from: UnsafeMutableRawPointer?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe Krippendorff.merge(into, from, error)
}

@c public func agreement_krippendorff_finish(
  _ state: UnsafeMutableRawPointer?, _ sink: UnsafePointer<assay_sink>?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe Krippendorff.finish(state, sink, error)
}

@c public func agreement_krippendorff_destroy(_ state: UnsafeMutableRawPointer?) {
  unsafe Krippendorff.destroy(state)
}

@c public func agreement_krippendorff_save(
  _ state: UnsafeMutableRawPointer?, _ writer: UnsafePointer<assay_writer>?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe Krippendorff.save(state, writer, error)
}

@c public func agreement_krippendorff_load(
  _ parameters: UnsafePointer<CChar>?, _ parameters_len: Int, _ saved: UnsafeRawPointer?,
  _ saved_len: Int, _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe Krippendorff.load(parameters, parameters_len, saved, saved_len, state, error)
}
