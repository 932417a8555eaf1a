import AssayArrow
import AssayPluginKit
import Foundation
import Testing
import VisionKernels

@testable import VisionPlugin

/// COCO's own hundred images with published masks.
private enum COCOMasks {
  struct Truth: Decodable {
    struct Image: Decodable {
      let id: Int64
      let height: Int64
      let width: Int64
    }
    struct Annotation: Decodable {
      let image_id: Int64
      let category_id: Int64
      let area: Double
      let iscrowd: Int
      let segmentation: Segmentation
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
    let segmentation: Segmentation
  }

  /// Polygons, run lengths or their text.
  struct Segmentation: Decodable {
    let bytes: [UInt8]

    private struct Runs: Decodable { let counts: [Int] }
    private struct Text: Decodable { let counts: String }

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      if let polygons = try? value.decode([[Double]].self) {
        bytes = EncodedMask.polygons(polygons)
      } else if let runs = try? value.decode(Runs.self) {
        bytes = EncodedMask.runs(runs.counts)
      } else {
        bytes = EncodedMask.text(try value.decode(Text.self).counts)
      }
    }
  }

  struct Reference: Decodable {
    let kind: String
    let stats: [Double]
    let precision: [[String]]
    let recall: [[String]]
  }

  static let folder: URL? = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../../shared/data")
    let named = ProcessInfo.processInfo.environment["ASSAY_SHARED_DATA"].map { URL(filePath: $0) }
    return [named, root].compactMap(\.self).map { $0.appending(path: "coco") }.first {
      FileManager.default.isReadableFile(atPath: $0.path())
    }
  }()

  static func read<Value: Decodable>(_ name: String) throws -> Value {
    try JSONDecoder().decode(
      Value.self, from: Data(contentsOf: try #require(folder).appending(path: name)))
  }

  static func rows(_ truth: Truth, _ results: [Result]) -> RecordBatch {
    let objects = Dictionary(grouping: truth.annotations, by: \.image_id)
    let found = Dictionary(grouping: results, by: \.image_id)
    let truths = truth.images.map { objects[$0.id] ?? [] }
    let detections = truth.images.map { found[$0.id] ?? [] }
    let masks = { (lists: [[Segmentation]]) in
      Column(lists: Column(binary: lists.joined().map(\.bytes)), ends: Column.ends(lists))
    }
    let crowds = truths.joined().map { Optional($0.iscrowd == 1) }
    return RecordBatch([
      "image_id": Column(truth.images.map(\.id)), "height": Column(truth.images.map(\.height)),
      "width": Column(truth.images.map(\.width)),
      "truth_labels": .lists(truths.map { $0.map(\.category_id) }),
      "truth_areas": .lists(truths.map { $0.map(\.area) }),
      "truth_crowds": Column(lists: Column(crowds), ends: Column.ends(truths)),
      "truth_masks": masks(truths.map { $0.map(\.segmentation) }),
      "labels": .lists(detections.map { $0.map(\.category_id) }),
      "scores": .lists(detections.map { $0.map(\.score) }),
      "masks": masks(detections.map { $0.map(\.segmentation) }),
    ])
  }
}

@Suite("COCO's hundred images with masks", .enabled(if: COCOMasks.folder != nil, "needs ../shared/data/coco"))
struct COCOMaskTests {
  @Test("have pycocotools' twelve numbers, and its bits in every cell")
  func reference() throws {
    let references: [COCOMasks.Reference] = Fixture.read("coco.json")
    let expected = try #require(references.first { $0.kind == "segm" })
    let truth: COCOMasks.Truth = try COCOMasks.read("instances_val2014_100.json")
    let results: [COCOMasks.Result] = try COCOMasks.read("instances_val2014_fakesegm100_results.json")
    let categories = truth.categories.map(\.id).sorted().map { "{\"id\": \($0)}" }.joined(separator: ",")
    let parameters = "{\"categories\": [\(categories)]}"
    var evaluator = try InstanceSegmentationEvaluator(parameters: Parameters(json: parameters.utf8))
    try evaluator.update(Batch(COCOMasks.rows(truth, results)))
    var state = evaluator.evaluation.state
    let found = try state.precisionTensor().digests(classes: 80, areas: 4, limits: 3)
    #expect(found.precision == expected.precision)
    #expect(found.recall == expected.recall)

    let vision = VisionHandle.instanceSegmentation
    let received = try vision.run(parameters, [COCOMasks.rows(truth, results)])
    let names = [
      "map", "map_50", "map_75", "map_small", "map_medium", "map_large", "mar_1", "mar_10",
      "mar_100", "mar_small", "mar_medium", "mar_large",
    ]
    #expect(expected.stats.count == names.count)
    for (name, value) in zip(names, expected.stats) {
      let found = try #require(received.values[name])
      #expect(abs(found - value) <= 1e-12, "\(name): \(found), \(value)")
    }
    #expect(abs(expected.stats[0] - 0.3195452758576433) < 1e-15)
  }
}
