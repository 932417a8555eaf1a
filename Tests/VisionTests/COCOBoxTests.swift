import Foundation
import KernelSupport
import Testing
import VisionKernels

/// COCO's own hundred images with published boxes.
private enum COCOBoxes {
  struct Truth: Decodable {
    struct Image: Decodable { let id: Int64 }
    struct Annotation: Decodable {
      let id: Int64
      let image_id: Int64
      let category_id: Int64
      let area: Double
      let iscrowd: Int
      let bbox: [Double]
    }
    struct Category: Decodable { let id: Int64 }
    let images: [Image]
    let annotations: [Annotation]
    let categories: [Category]
  }

  struct Result: Decodable {
    let image_id: Int64
    let category_id: Int64
    let score: Double
    let bbox: [Double]
  }

  struct Reference: Decodable {
    let kind: String
    let stats: [Double]
    let precision: [[String]]
    let recall: [[String]]
  }

  static let folder: URL? = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../shared/data")
    let named = ProcessInfo.processInfo.environment["ASSAY_SHARED_DATA"].map { URL(filePath: $0) }
    return [named, root].compactMap(\.self).map { $0.appending(path: "coco") }.first {
      FileManager.default.isReadableFile(atPath: $0.path())
    }
  }()

  static func read<Value: Decodable>(_ name: String) throws -> Value {
    try JSONDecoder().decode(
      Value.self, from: Data(contentsOf: try #require(folder).appending(path: name)))
  }

  static func rows(_ truth: Truth, _ results: [Result]) -> [ReferenceCase.Row] {
    truth.images.map { image in
      let objects = truth.annotations.filter { $0.image_id == image.id }
      let found = results.filter { $0.image_id == image.id }
      var row = ReferenceCase.Row(image_id: image.id)
      row.truth_boxes = objects.flatMap(\.bbox)
      row.truth_labels = objects.map(\.category_id)
      row.truth_areas = objects.map(\.area)
      row.truth_crowds = objects.map { $0.iscrowd == 1 }
      row.truth_ids = objects.map(\.id)
      row.boxes = found.flatMap(\.bbox)
      row.labels = found.map(\.category_id)
      row.scores = found.map(\.score)
      return row
    }
  }
}

@Suite(.enabled(if: COCOBoxes.folder != nil, "needs ../shared/data/coco"))
struct `COCO's hundred images with boxes` {
  @Test func `have pycocotools' twelve numbers, and its bits in every cell`() throws {
    let references: [COCOBoxes.Reference] = Fixture.read("coco.json")
    let expected = try #require(references.first { $0.kind == "bbox" })
    let truth: COCOBoxes.Truth = try COCOBoxes.read("instances_val2014_100.json")
    let results: [COCOBoxes.Result] = try COCOBoxes.read("instances_val2014_fakebbox100_results.json")
    var state = try DetectionState(
      COCOBoxes.rows(truth, results),
      categories: truth.categories.map { .init(id: $0.id, name: "\($0.id)") }, DetectionOptions())
    let found = try state.precisionTensor().digests(classes: 80, areas: 4, limits: 3)
    #expect(found.precision == expected.precision)
    #expect(found.recall == expected.recall)
    let findings = try state.finish(Request())
    let names = [
      "map", "map_50", "map_75", "map_small", "map_medium", "map_large", "mar_1", "mar_10",
      "mar_100", "mar_small", "mar_medium", "mar_large",
    ]
    #expect(expected.stats.count == names.count)
    for (name, value) in zip(names, expected.stats) {
      let found = try #require(findings[name]?.value)
      #expect(abs(found - value) <= 1e-12, "\(name): \(found), \(value)")
    }
    #expect(abs((findings["map"]?.value ?? 0) - 0.504580698724962) < 1e-14)
  }
}
