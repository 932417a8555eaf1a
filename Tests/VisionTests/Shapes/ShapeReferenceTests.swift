import AssayArrow
import AssayPluginKit
import KernelSupport
import Testing
import VisionKernels

@testable import VisionPlugin

@Suite("Masks and keypoints, every cell of precision and recall")
struct ShapeReferenceTests {
  @Test("There is a reference for both")
  func cases() {
    #expect(ShapeCase.masks.count == 9 && ShapeCase.keypoints.count == 8)
  }

  /// The evaluator's state over some rows, in parts of so many images.
  private func segmentation(_ data: ShapeCase, part: Int) throws -> DetectionState {
    let parameters = try Parameters(json: data.parameters.utf8)
    var whole = try InstanceSegmentationEvaluator(parameters: parameters)
    for start in stride(from: 0, to: data.rows.count, by: part) {
      var one = try InstanceSegmentationEvaluator(parameters: parameters)
      try one.update(Batch(RecordBatch(Array(data.rows[start...].prefix(part)))))
      try whole.merge(one)
    }
    return whole.evaluation.state
  }

  private func keypoints(_ data: ShapeCase, part: Int) throws -> DetectionState {
    let parameters = try Parameters(json: data.parameters.utf8)
    var whole = try KeypointsEvaluator(parameters: parameters)
    for start in stride(from: 0, to: data.rows.count, by: part) {
      var one = try KeypointsEvaluator(parameters: parameters)
      try one.update(Batch(RecordBatch(Array(data.rows[start...].prefix(part)))))
      try whole.merge(one)
    }
    return whole.evaluation.state
  }

  private func check(_ state: DetectionState, _ expected: ReferenceCase.Expected) throws {
    var state = state
    let found = try state.precisionTensor().digests(
      classes: state.classes.entries.count, areas: state.options.areaRanges.count,
      limits: state.options.maxDetections.count)
    #expect(found.precision == expected.precision)
    #expect(found.recall == expected.recall)
  }

  @Test("masks have pycocotools' bits, in any parts", arguments: ShapeCase.masks, [1, 3, 100])
  func masks(data: ShapeCase, part: Int) throws {
    try check(segmentation(data, part: part), data.expected)
  }

  @Test("keypoints have pycocotools' bits, in any parts", arguments: ShapeCase.keypoints, [1, 3, 100])
  func keypoints(data: ShapeCase, part: Int) throws {
    try check(keypoints(data, part: part), data.expected)
  }

  @Test("the order of the images does not matter")
  func order() throws {
    for data in ShapeCase.masks {
      var turned = data
      turned.rows.reverse()
      try check(segmentation(turned, part: 4), data.expected)
    }
    for data in ShapeCase.keypoints {
      var turned = data
      turned.rows.reverse()
      try check(keypoints(turned, part: 4), data.expected)
    }
  }
}
