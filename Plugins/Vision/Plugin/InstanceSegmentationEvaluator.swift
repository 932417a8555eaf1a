import AssayArrow
import AssayPluginKit
import KernelReporting
import KernelSupport
import VisionKernels

/// `vision.instance_segmentation`: how well masks find the objects of images.
struct InstanceSegmentationEvaluator: StatefulEvaluator {
  private(set) var evaluation: ImageEvaluation
  /// Images whose masks are held at a time: few enough to stay in a processor's cache.
  private static let step = 16

  init(parameters: Parameters) throws(PluginError) {
    evaluation = try ImageEvaluation(parameters, DetectionOptions(parameters))
  }

  mutating func update(_ batch: Batch) throws(PluginError) {
    var masks = MaskOverlaps()
    for start in stride(from: 0, to: batch.rowCount, by: Self.step) {
      let count = min(Self.step, batch.rowCount - start)
      do throws(PluginError) {
        try update(Batch(batch.rows.slice(offset: start, count: count)), &masks)
      } catch {
        throw PluginError(error.code, error.message, row: error.row.map { start + $0 })
      }
    }
  }

  private mutating func update(
    _ batch: Batch, _ masks: inout MaskOverlaps
  ) throws(PluginError) {
    var images = try evaluation.reader.read(batch, classes: &evaluation.state.classes)
    masks.reset()
    masks.flags = images.truth.flags
    try MaskReader(batch, images.names).read(into: &masks)
    images.truth.areas = try evaluation.reader.statedAreas(batch) ?? masks.truths.areas
    images.detections.areas = masks.detections.areas
    // As pycocotools: where results have boxes, their areas are those of the boxes.
    if batch.optionalColumn("boxes") != nil {
      let boxes = try BoxReader(batch, role: "boxes", objects: "labels", images.names)
      images.detections.areas = try boxes.areas()
    }
    if evaluation.state.options.keepsBoxes {
      (images.truth.boxes, images.detections.boxes) = (masks.truths.boxes(), masks.detections.boxes())
    }
    try kernel { () throws(KernelError) in try evaluation.state.update(images, masks: &masks) }
  }

  mutating func merge(_ other: consuming InstanceSegmentationEvaluator) throws(PluginError) {
    try evaluation.merge(other.evaluation)
  }

  mutating func finish(_ sink: Sink) throws(PluginError) { try evaluation.finish(sink) }
}

extension MaskSet {
  /// The pixels of each mask.
  fileprivate var areas: [Double] { (0..<count).map { Double(area(of: $0)) } }

  /// The smallest box around each mask: x, y, width, height.
  fileprivate mutating func boxes() -> [Double] {
    var numbers: [Double] = []
    numbers.reserveCapacity(4 * count)
    for index in 0..<count {
      let box = box(of: index)
      for number in [box.x, box.y, box.width, box.height] { numbers.append(Double(number)) }
    }
    return numbers
  }
}

extension InstanceSegmentationEvaluator: SavableEvaluator {
  func saved() -> [UInt8] { evaluation.saved() }

  init(parameters: Parameters, saved: RawSpan) throws(PluginError) {
    try self.init(parameters: parameters)
    try evaluation.load(saved)
  }
}

extension InstanceSegmentationEvaluator: ResamplableEvaluator {
  mutating func prepareToResample() throws(PluginError) { try evaluation.prepareToResample() }

  func resample(_ weights: ReplicateWeights, _ sink: Sink) throws(PluginError) {
    try evaluation.resample(weights, sink)
  }
}
