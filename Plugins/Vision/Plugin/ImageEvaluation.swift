import AssayPluginKit
import KernelReporting
import KernelSupport
import VisionKernels

/// What the evaluators of objects in images have in common: the state, and the reading
/// of everything but the objects' shapes.
struct ImageEvaluation {
  var state: DetectionState
  let reader: ImageReader

  /// - Throws: ``PluginError`` `invalidArgument`, naming the parameter.
  init(_ parameters: Parameters, _ options: DetectionOptions) throws(PluginError) {
    let entries = try ClassTable.Entry.entries(parameters)
    state = try kernel { () throws(KernelError) in
      let classes = try entries.map { (entries) throws(KernelError) in try ClassTable(declaring: entries) }
      return try DetectionState(options: options, classes: classes ?? ClassTable())
    }
    reader = ImageReader(
      skipsUnknown: try parameters.text("unknown") == "skip", rules: options.rules,
      readsDetails: options.keepsDetails)
  }

  mutating func merge(_ other: consuming ImageEvaluation) throws(PluginError) {
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

// MARK: - Saving

extension ImageEvaluation {
  func saved() -> [UInt8] {
    var writer = StateWriter()
    state.save(to: &writer)
    return writer.bytes
  }

  /// Takes a saved state of the same rules and categories; the confidence may be another.
  ///
  /// - Throws: ``PluginError`` `invalidArgument` where the bytes are no such state.
  mutating func load(_ saved: RawSpan) throws(PluginError) {
    do throws(KernelError) {
      var bytes = StateReader(saved)
      let loaded = try DetectionState(options: state.options, classes: state.classes, from: &bytes)
      guard bytes.isAtEnd else { throw StateReader.broken }
      state = loaded
    } catch {
      throw PluginError(error)
    }
  }
}

// MARK: - Resampling

extension ImageEvaluation {
  mutating func prepareToResample() throws(PluginError) {
    try kernel { () throws(KernelError) in try state.prepareReplicas() }
  }

  func resample(_ weights: ReplicateWeights, _ sink: Sink) throws(PluginError) {
    try sink.report(state.replicate(sink.request) { weights.fill(&$1, for: $0) })
  }
}
