import AssayArrow
import AssayPluginKit
import KernelReporting
import KernelSupport
import VisionKernels

/// `vision.detection`: how well boxes find the objects of images.
struct DetectionEvaluator: StatefulEvaluator {
  private var state: DetectionState
  private let reader: ImageReader

  init(parameters: Parameters) throws(PluginError) {
    let options = try DetectionOptions(parameters)
    let entries = try ClassTable.Entry.entries(parameters)
    state = try kernel { () throws(KernelError) in
      let classes = try entries.map { (entries) throws(KernelError) in try ClassTable(declaring: entries) }
      return try DetectionState(options: options, classes: classes ?? ClassTable())
    }
    reader = ImageReader(
      skipsUnknown: try parameters.text("unknown") == "skip", rules: options.rules)
  }

  mutating func update(_ batch: Batch) throws(PluginError) {
    var images = try reader.read(batch, classes: &state.classes)
    let truths = try BoxReader(
      batch, role: "truth_boxes", objects: "truth_labels", images.names)
    let boxes = try BoxReader(batch, role: "boxes", objects: "labels", images.names)
    images.truth.areas = try truths.areas()
    if let stated = try reader.statedAreas(batch) { images.truth.areas = stated }
    images.detections.areas = try boxes.areas()
    let overlaps = BoxOverlaps(
      truths: try truths.lists.elements.numbers(Double.self), flags: images.truth.flags,
      detections: try boxes.lists.elements.numbers(Double.self))
    try kernel { () throws(KernelError) in try state.update(images, boxes: overlaps) }
  }

  mutating func merge(_ other: consuming DetectionEvaluator) throws(PluginError) {
    do {
      try state.merge(other.state)
    } catch {
      throw PluginError(error)
    }
  }

  mutating func finish(_ sink: Sink) throws(PluginError) {
    let findings = try kernel { () throws(KernelError) in try state.finish(sink.request) }
    try sink.report(findings)
  }
}

extension DetectionEvaluator: SavableEvaluator {
  func saved() -> [UInt8] {
    var writer = StateWriter()
    state.save(to: &writer)
    return writer.bytes
  }

  init(parameters: Parameters, saved: RawSpan) throws(PluginError) {
    try self.init(parameters: parameters)
    do throws(KernelError) {
      var bytes = StateReader(saved)
      state = try DetectionState(options: state.options, classes: state.classes, from: &bytes)
      guard bytes.isAtEnd else { throw StateReader.broken }
    } catch {
      throw PluginError(error)
    }
  }
}
