import AssayPluginKit
public import CAssayPlugin

// The functions that the manifest names for `vision.detection`.

private typealias Detection = ExportedEvaluator<DetectionEvaluator>

@c public func vision_detection_create(
  _ parameters: UnsafePointer<CChar>?, _ parameters_len: Int,
  _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe Detection.create(parameters, parameters_len, state, error)
}

@c public func vision_detection_update(
  _ state: UnsafeMutableRawPointer?, _ schema: UnsafePointer<ArrowSchema>?,
  _ batch: UnsafeMutablePointer<ArrowArray>?, _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe Detection.update(state, schema, batch, error)
}

@c public func vision_detection_merge(
  _ into: UnsafeMutableRawPointer?, _ from: UnsafeMutableRawPointer?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe Detection.merge(into, from, error)
}

@c public func vision_detection_finish(
  _ state: UnsafeMutableRawPointer?, _ sink: UnsafePointer<assay_sink>?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe Detection.finish(state, sink, error)
}

@c public func vision_detection_destroy(_ state: UnsafeMutableRawPointer?) {
  unsafe Detection.destroy(state)
}

@c public func vision_detection_save(
  _ state: UnsafeMutableRawPointer?, _ writer: UnsafePointer<assay_writer>?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe Detection.save(state, writer, error)
}

@c public func vision_detection_load(
  _ parameters: UnsafePointer<CChar>?, _ parameters_len: Int, _ saved: UnsafeRawPointer?,
  _ saved_len: Int, _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe Detection.load(parameters, parameters_len, saved, saved_len, state, error)
}

@c public func vision_detection_resample(
  _ state: UnsafeMutableRawPointer?, _ seed: UInt64, _ first: Int64, _ count: Int64,
  _ sinks: UnsafePointer<assay_sink>?, _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe Detection.resample(state, seed, first, count, sinks, error)
}
