import AssayPluginKit
public import CAssayPlugin

// The functions that the manifest names for `agreement.categorical`.

private typealias Categorical = ExportedEvaluator<CategoricalEvaluator>

@c public func agreement_categorical_create(
  _ parameters: UnsafePointer<CChar>?, _ parameters_len: Int,
  _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe Categorical.create(parameters, parameters_len, state, error)
}

@c public func agreement_categorical_update(
  _ state: UnsafeMutableRawPointer?, _ schema: UnsafePointer<ArrowSchema>?,
  _ batch: UnsafeMutablePointer<ArrowArray>?, _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe Categorical.update(state, schema, batch, error)
}

@c public func agreement_categorical_merge(
  _ into: UnsafeMutableRawPointer?, _ from: UnsafeMutableRawPointer?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe Categorical.merge(into, from, error)
}

@c public func agreement_categorical_finish(
  _ state: UnsafeMutableRawPointer?, _ sink: UnsafePointer<assay_sink>?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe Categorical.finish(state, sink, error)
}

@c public func agreement_categorical_destroy(_ state: UnsafeMutableRawPointer?) {
  unsafe Categorical.destroy(state)
}

@c public func agreement_categorical_save(
  _ state: UnsafeMutableRawPointer?, _ writer: UnsafePointer<assay_writer>?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe Categorical.save(state, writer, error)
}

@c public func agreement_categorical_load(
  _ parameters: UnsafePointer<CChar>?, _ parameters_len: Int, _ saved: UnsafeRawPointer?,
  _ saved_len: Int, _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe Categorical.load(parameters, parameters_len, saved, saved_len, state, error)
}
