import Foundation
import KernelSupport
import Testing
import VisionKernels

/// A data set with the references' answers, from `Scripts/vision_reference.py`.
struct ReferenceCase: Decodable, Sendable, CustomTestStringConvertible {
  /// An image: the columns of the evaluator.
  struct Row: Decodable, Sendable {
    var image_id: Int64
    var truth_boxes: [Double] = []
    var truth_labels: [Int64] = []
    var truth_areas: [Double] = []
    var truth_crowds: [Bool] = []
    var truth_ids: [Int64] = []
    var boxes: [Double] = []
    var labels: [Int64] = []
    var scores: [Double] = []
    var truth_negative_labels: [Int64]?
    var truth_not_exhaustive_labels: [Int64]?
  }

  struct Area: Decodable, Sendable {
    let name: String
    let low: Double
    let high: Double

    init(from decoder: any Decoder) throws {
      var list = try decoder.unkeyedContainer()
      name = try list.decode(String.self)
      low = try list.decode(Double.self)
      high = try list.decode(Double.self)
    }
  }

  /// What pycocotools answers.
  struct Expected: Decodable, Sendable {
    let map_by_area: [Double?]
    let map_by_iou: [Double?]
    let mar_by_limit: [Double?]
    let mar_by_area: [Double?]
    let ap_by_class: [Double?]
    let precision: [[String]]
    let recall: [[String]]
  }

  let name: String
  let categories: [Int64]
  let rows: [Row]
  let max_dets: [Int]?
  let areas: [Area]?
  let thresholds: [Double]?
  let expected: Expected

  var testDescription: String { name }

  var options: DetectionOptions {
    var options = DetectionOptions()
    if let max_dets { options.maxDetections = max_dets }
    if let areas {
      options.areaRanges = areas.map { AreaRange($0.name, from: $0.low, to: $0.high) }
    }
    if let thresholds { options.overlapThresholds = thresholds }
    return options
  }

  static let all: [ReferenceCase] = Fixture.read("detection.json")
}

/// A data set with lvis-api's answers.
struct FederatedCase: Decodable, Sendable, CustomTestStringConvertible {
  struct Category: Decodable, Sendable {
    let entry: ClassTable.Entry

    init(from decoder: any Decoder) throws {
      var list = try decoder.unkeyedContainer()
      let id = try list.decode(Int64.self)
      let name = try list.decode(String.self)
      entry = ClassTable.Entry(id: id, name: name, frequency: try list.decode(String.self))
    }
  }

  struct Expected: Decodable, Sendable {
    let stats: [String: Double?]
    let precision: [[String]]
    let recall: [[String]]
  }

  let name: String
  let max_dets: [Int]
  let categories: [Category]
  let rows: [ReferenceCase.Row]
  let expected: Expected

  var testDescription: String { name }

  static let all: [FederatedCase] = Fixture.read("lvis.json")
}

enum Fixture {
  static func read<Value: Decodable>(_ file: String) -> [Value] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    guard let data = try? Data(contentsOf: folder.appending(path: "Fixtures/\(file)")) else { return [] }
    do {
      return try JSONDecoder().decode([Value].self, from: data)
    } catch {
      Issue.record("\(file): \(error)")
      return []
    }
  }
}

extension DetectionState {
  /// A state over some rows.
  init(
    _ rows: [ReferenceCase.Row], categories: [ClassTable.Entry], _ options: DetectionOptions
  ) throws {
    try self.init(options: options, classes: ClassTable(declaring: categories))
    try add(rows)
  }

  /// Adds rows as one batch.
  mutating func add(_ rows: [ReferenceCase.Row], numbered: Bool = false) throws {
    var batch = ImageBatch(.numbers(rows.map(\.image_id)))
    if numbered { batch.rows = rows.indices.map { UInt64($0) } }
    for row in rows {
      batch.truth.classes += row.truth_labels.map { classes.position(of: $0) ?? -1 }
      batch.truth.ends.append(batch.truth.classes.count)
      batch.truth.areas += row.truth_areas
      batch.truth.flags += row.truth_crowds.map { $0 ? .crowd : [] }
      batch.truth.ids += row.truth_ids
      batch.detections.classes += row.labels.map { classes.position(of: $0) ?? -1 }
      batch.detections.ends.append(batch.detections.classes.count)
      batch.detections.scores += row.scores
      for box in stride(from: 0, to: row.boxes.count, by: 4) {
        batch.detections.areas.append(row.boxes[box + 2] * row.boxes[box + 3])
      }
      add(row.truth_negative_labels, to: &batch.negatives)
      add(row.truth_not_exhaustive_labels, to: &batch.notExhaustive)
    }
    let truths = rows.flatMap(\.truth_boxes)
    let boxes = rows.flatMap(\.boxes)
    (batch.truth.boxes, batch.detections.boxes) = (truths, boxes)
    batch.details.fileNames = rows.map { $0.image_id % 3 == 0 ? nil : "\($0.image_id).jpg" }
    batch.details.widths = rows.map { $0.image_id % 5 == 0 ? -1 : 600 + $0.image_id }
    batch.details.heights = rows.map { _ in 480 }
    try update(
      batch,
      boxes: BoxOverlaps(truths: truths.span, flags: batch.truth.flags, detections: boxes.span))
  }

  private mutating func add(_ labels: [Int64]?, to lists: inout ImageBatch.ClassLists) {
    guard let labels else { return }
    lists.classes += labels.compactMap { classes.position(of: $0) }
    lists.ends.append(lists.classes.count)
  }
}

/// FNV-1a over the bits of numbers, as the script computes it.
func digest(_ cells: some Sequence<Double>) -> String {
  var value: UInt64 = 0xcbf2_9ce4_8422_2325
  for cell in cells { value = (value ^ cell.bitPattern) &* 0x100_0000_01b3 }
  let text = String(value, radix: 16)
  return String(repeating: "0", count: 16 - text.count) + text
}

extension PrecisionTensor {
  /// The hashes of precision and recall by class and area range.
  func digests(classes: Int, areas: Int, limits: Int) -> (precision: [[String]], recall: [[String]]) {
    func cells(_ values: [Double], _ label: Int, _ area: Int) -> [Double] {
      let rows = values.count / (classes * areas * limits)
      return (0..<rows).flatMap { row in
        (0..<limits).map { values[((row * classes + label) * areas + area) * limits + $0] }
      }
    }
    let all = (0..<classes).map { label in
      (0..<areas).map { area in
        (digest(cells(precision, label, area)), digest(cells(recall, label, area)))
      }
    }
    return (all.map { $0.map(\.0) }, all.map { $0.map(\.1) })
  }
}
