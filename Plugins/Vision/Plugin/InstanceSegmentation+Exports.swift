import AssayPluginKit
public import CAssayPlugin

// The functions that the manifest names for `vision.instance_segmentation`.

private typealias InstanceSegmentation = ExportedEvaluator<InstanceSegmentationEvaluator>

@c public func vision_instance_segmentation_create(
  _ parameters: UnsafePointer<CChar>?, _ parameters_len: Int,
  _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe InstanceSegmentation.create(parameters, parameters_len, state, error)
}

@c public func vision_instance_segmentation_update(
  _ state: UnsafeMutableRawPointer?, _ schema: UnsafePointer<ArrowSchema>?,
  _ batch: UnsafeMutablePointer<ArrowArray>?, _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe InstanceSegmentation.update(state, schema, batch, error)
}

@c public func vision_instance_segmentation_merge(
  _ into: UnsafeMutableRawPointer?, _ from: UnsafeMutableRawPointer?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe InstanceSegmentation.merge(into, from, error)
}

@c public func vision_instance_segmentation_finish(
  _ state: UnsafeMutableRawPointer?, _ sink: UnsafePointer<assay_sink>?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe InstanceSegmentation.finish(state, sink, error)
}

@c public func vision_instance_segmentation_destroy(_ state: UnsafeMutableRawPointer?) {
  unsafe InstanceSegmentation.destroy(state)
}

@c public func vision_instance_segmentation_save(
  _ state: UnsafeMutableRawPointer?, _ writer: UnsafePointer<assay_writer>?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe InstanceSegmentation.save(state, writer, error)
}

@c public func vision_instance_segmentation_load(
  _ parameters: UnsafePointer<CChar>?, _ parameters_len: Int, _ saved: UnsafeRawPointer?,
  _ saved_len: Int, _ state: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
  _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe InstanceSegmentation.load(parameters, parameters_len, saved, saved_len, state, error)
}

@c public func vision_instance_segmentation_resample(
  _ state: UnsafeMutableRawPointer?, _ seed: UInt64, _ first: Int64, _ count: Int64,
  _ sinks: UnsafePointer<assay_sink>?, _ error: UnsafeMutablePointer<assay_error>?
) -> Int32 {
  unsafe InstanceSegmentation.resample(state, seed, first, count, sinks, error)
}
