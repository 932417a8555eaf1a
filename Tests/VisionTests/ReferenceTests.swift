import KernelSupport
import Testing
import VisionKernels

@Suite struct `Every cell of precision and recall` {
  @Test func `has a reference`() {
    #expect(ReferenceCase.all.count >= 20 && FederatedCase.all.count >= 3)
  }

  @Test(arguments: ReferenceCase.all)
  func `has pycocotools' bits`(data: ReferenceCase) throws {
    let options = data.options
    var state = try DetectionState(
      data.rows, categories: data.categories.map { .init(id: $0, name: "class \($0)") }, options)
    let found = try state.precisionTensor().digests(
      classes: data.categories.count, areas: options.areaRanges.count,
      limits: options.maxDetections.count)
    #expect(found.precision == data.expected.precision)
    #expect(found.recall == data.expected.recall)
  }

  @Test(arguments: FederatedCase.all)
  func `has lvis-api's bits`(data: FederatedCase) throws {
    var options = DetectionOptions()
    options.rules = .lvis
    options.maxDetections = data.max_dets
    var state = try DetectionState(data.rows, categories: data.categories.map(\.entry), options)
    let found = try state.precisionTensor().digests(
      classes: data.categories.count, areas: 4, limits: 1)
    #expect(found.precision == data.expected.precision)
    #expect(found.recall == data.expected.recall)
  }
}
