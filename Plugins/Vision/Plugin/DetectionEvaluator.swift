import AssayArrow
import AssayPluginKit
import KernelReporting
import KernelSupport
import VisionKernels

/// `vision.detection`: how well boxes find the objects of images.
struct DetectionEvaluator: StatefulEvaluator {
  private var evaluation: ImageEvaluation

  init(parameters: Parameters) throws(PluginError) {
    evaluation = try ImageEvaluation(parameters, DetectionOptions(parameters))
  }

  mutating func update(_ batch: Batch) throws(PluginError) {
    let reader = evaluation.reader
    var images = try reader.read(batch, classes: &evaluation.state.classes)
    let truths = try BoxReader(
      batch, role: "truth_boxes", objects: "truth_labels", images.names)
    let boxes = try BoxReader(batch, role: "boxes", objects: "labels", images.names)
    images.truth.areas = try truths.areas()
    if let stated = try reader.statedAreas(batch) { images.truth.areas = stated }
    images.detections.areas = try boxes.areas()
    // Copies: over spans of these columns the compiler's optimiser (Swift 6.3) stops.
    let (truthNumbers, numbers) = (try truths.numbers(), try boxes.numbers())
    (images.truth.boxes, images.detections.boxes) = (truthNumbers, numbers)
    let overlaps = BoxOverlaps(
      truths: truthNumbers.span, flags: images.truth.flags, detections: numbers.span)
    try kernel { () throws(KernelError) in try evaluation.state.update(images, boxes: overlaps) }
  }

  mutating func merge(_ other: consuming DetectionEvaluator) throws(PluginError) {
    try evaluation.merge(other.evaluation)
  }

  mutating func finish(_ sink: Sink) throws(PluginError) { try evaluation.finish(sink) }
}

extension DetectionEvaluator: SavableEvaluator {
  func saved() -> [UInt8] { evaluation.saved() }

  init(parameters: Parameters, saved: RawSpan) throws(PluginError) {
    try self.init(parameters: parameters)
    try evaluation.load(saved)
  }
}

extension DetectionEvaluator: ResamplableEvaluator {
  mutating func prepareToResample() throws(PluginError) { try evaluation.prepareToResample() }

  func resample(_ weights: ReplicateWeights, _ sink: Sink) throws(PluginError) {
    try evaluation.resample(weights, sink)
  }
}
