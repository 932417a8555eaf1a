import AssayPluginKit
public import CAssayPlugin

// The functions that the manifest names for `vision.keypoints`.

private typealias Keypoints = ExportedEvaluator<KeypointsEvaluator>

@c public func vision_keypoints_create(
  _ parameters: UnsafePointer<CChar>?, _ parameters_len: Int,
  _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe Keypoints.create(parameters, parameters_len, state, error)
}

@c public func vision_keypoints_update(
  _ state: UnsafeMutableRawPointer?, _ schema: UnsafePointer<ArrowSchema>?,
  _ batch: UnsafeMutablePointer<ArrowArray>?, _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe Keypoints.update(state, schema, batch, error)
}

@c public func vision_keypoints_merge(
  _ into: UnsafeMutableRawPointer?, _ from: UnsafeMutableRawPointer?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe Keypoints.merge(into, from, error)
}

@c public func vision_keypoints_finish(
  _ state: UnsafeMutableRawPointer?, _ sink: UnsafePointer<assay_sink>?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe Keypoints.finish(state, sink, error)
}

@c public func vision_keypoints_destroy(_ state: UnsafeMutableRawPointer?) {
  unsafe Keypoints.destroy(state)
}

@c public func vision_keypoints_save(
  _ state: UnsafeMutableRawPointer?, _ writer: UnsafePointer<assay_writer>?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe Keypoints.save(state, writer, error)
}

@c public func vision_keypoints_load(
  _ parameters: UnsafePointer<CChar>?, _ parameters_len: Int, _ saved: UnsafeRawPointer?,
  _ saved_len: Int, _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe Keypoints.load(parameters, parameters_len, saved, saved_len, state, error)
}

@c public func vision_keypoints_resample(
  _ state: UnsafeMutableRawPointer?, _ seed: UInt64, _ first: Int64, _ count: Int64,
  _ sinks: UnsafePointer<assay_sink>?, _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe Keypoints.resample(state, seed, first, count, sinks, error)
}
