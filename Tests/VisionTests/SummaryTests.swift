import KernelSupport
import Testing
import VisionKernels

@Suite struct `The metrics of detection` {
  private func near(_ a: Double?, _ b: Double?) -> Bool {
    guard let a, let b else { return a == nil && b == nil }
    return abs(a - b) <= 1e-12
  }

  @Test(arguments: ReferenceCase.all)
  func `equal pycocotools' means`(data: ReferenceCase) throws {
    let options = data.options
    var state = try DetectionState(
      data.rows, categories: data.categories.map { .init(id: $0, name: "class \($0)") }, options)
    let findings = try state.finish(Request())
    let expected = data.expected
    #expect(near(findings["map"]?.value, expected.map_by_area[0]))
    for (area, range) in options.areaRanges.enumerated().dropFirst() {
      #expect(near(findings["map_\(range.name)"]?.value, expected.map_by_area[area]))
      #expect(near(findings["mar_\(range.name)"]?.value, expected.mar_by_area[area]))
    }
    for (limit, count) in options.maxDetections.enumerated() {
      #expect(near(findings["mar_\(count)"]?.value, expected.mar_by_limit[limit]))
    }
    for percent in [50, 75] {
      let position = options.overlapThresholds.firstIndex { abs($0 - Double(percent) / 100) < 1e-9 }
      let value = position.flatMap { expected.map_by_iou[$0] }
      #expect(near(findings["map_\(percent)"]?.value, value))
    }
    let classes = findings.table("per_class")?.numbers("ap") ?? []
    #expect(classes.count == expected.ap_by_class.count)
    #expect(zip(classes, expected.ap_by_class).allSatisfy { near($0, $1) })
  }

  @Test(arguments: FederatedCase.all)
  func `equal lvis-api's means`(data: FederatedCase) throws {
    var options = DetectionOptions()
    options.rules = .lvis
    options.maxDetections = data.max_dets
    var state = try DetectionState(data.rows, categories: data.categories.map(\.entry), options)
    let findings = try state.finish(Request())
    let limit = data.max_dets[0]
    let names = [
      "AP": "map", "AP50": "map_50", "AP75": "map_75", "APs": "map_small", "APm": "map_medium",
      "APl": "map_large", "APr": "map_rare", "APc": "map_common", "APf": "map_frequent",
      "AR@\(limit)": "mar_\(limit)", "ARs@\(limit)": "mar_small", "ARm@\(limit)": "mar_medium",
      "ARl@\(limit)": "mar_large",
    ]
    #expect(data.expected.stats.count == names.count)
    for (theirs, ours) in names {
      #expect(near(findings[ours]?.value, data.expected.stats[theirs] ?? nil))
    }
  }
}
