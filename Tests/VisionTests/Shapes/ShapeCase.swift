import AssayArrow
import Foundation
import Testing

/// A data set of masks or keypoints with pycocotools' answers, from
/// `Scripts/vision_masks_reference.py`.
struct ShapeCase: Decodable, Sendable, CustomTestStringConvertible {
  /// An image: the columns of the evaluator.
  struct Row: Decodable, Sendable {
    var image_id: Int64
    var height: Int64?
    var width: Int64?
    var truth_boxes: [Double]?
    var truth_labels: [Int64] = []
    var truth_areas: [Double] = []
    var truth_crowds: [Bool] = []
    var truth_masks: [Shape]?
    var truth_keypoints: [Double]?
    var truth_keypoint_counts: [Int64]?
    var boxes: [Double]?
    var labels: [Int64] = []
    var scores: [Double] = []
    var masks: [Shape]?
    var keypoints: [Double]?
  }

  /// A mask in one of its three forms.
  struct Shape: Decodable, Sendable {
    let polygons: [[Double]]?
    let runs: [Int]?
    let text: String?

    var bytes: [UInt8] {
      if let polygons { return EncodedMask.polygons(polygons) }
      if let runs { return EncodedMask.runs(runs) }
      return EncodedMask.text(text ?? "")
    }
  }

  let name: String
  let categories: [Int64]
  let max_dets: [Int]?
  let areas: [ReferenceCase.Area]?
  let sigmas: [Double]?
  var rows: [Row]
  let expected: ReferenceCase.Expected

  var testDescription: String { name }

  static let masks: [ShapeCase] = Fixture.read("segmentation_sets.json")
  static let keypoints: [ShapeCase] = Fixture.read("keypoint_sets.json")

  /// The parameters of the evaluator, as JSON.
  var parameters: String {
    var members = ["\"categories\": [" + categories.map { "{\"id\": \($0)}" }.joined(separator: ", ") + "]"]
    if let max_dets { members.append("\"max_detections\": \(max_dets)") }
    if let sigmas { members.append("\"sigmas\": \(sigmas)") }
    if let areas {
      let ranges = areas.map { "{\"name\": \"\($0.name)\", \"low\": \($0.low), \"high\": \($0.high)}" }
      members.append("\"area_ranges\": [\(ranges.joined(separator: ", "))]")
    }
    return "{\(members.joined(separator: ", "))}"
  }
}

extension RecordBatch {
  /// Rows as the host hands them to an evaluator.
  init(_ rows: [ShapeCase.Row]) {
    var columns: [(String, Column)] = [
      ("image_id", Column(rows.map(\.image_id))), ("truth_labels", .lists(rows.map(\.truth_labels))),
      ("truth_areas", .lists(rows.map(\.truth_areas))),
      (
        "truth_crowds",
        Column(
          lists: Column(rows.flatMap(\.truth_crowds).map(Optional.some)),
          ends: Column.ends(rows.map(\.truth_crowds)))
      ),
      ("labels", .lists(rows.map(\.labels))), ("scores", .lists(rows.map(\.scores))),
    ]
    func add<Value: Sendable>(
      _ name: String, _ part: (ShapeCase.Row) -> Value?, _ column: ([Value]) -> Column
    ) {
      let values = rows.compactMap(part)
      if values.count == rows.count, !rows.isEmpty { columns.append((name, column(values))) }
    }
    add("height", \.height) { Column($0) }
    add("width", \.width) { Column($0) }
    add("truth_boxes", \.truth_boxes) { .lists($0) }
    add("boxes", \.boxes) { .lists($0) }
    add("truth_keypoints", \.truth_keypoints) { .lists($0) }
    add("truth_keypoint_counts", \.truth_keypoint_counts) { .lists($0) }
    add("keypoints", \.keypoints) { .lists($0) }
    for (name, part) in [("truth_masks", \ShapeCase.Row.truth_masks), ("masks", \.masks)] {
      add(name, { $0[keyPath: part] }) { lists in
        Column(lists: Column(binary: lists.joined().map(\.bytes)), ends: Column.ends(lists))
      }
    }
    self.init(
      schema: Schema(columns.map { Field($0.0, $0.1.type) }), columns: columns.map(\.1),
      rowCount: rows.count)
  }

  /// A number of a column of numbers; nil for a null.
  func number(_ name: String, at row: Int) -> Double? {
    guard let column = column(named: name), column.isValid(row) else { return nil }
    return try? column.values(of: Double.self)[row]
  }

  /// The same columns without one.
  func dropping(_ name: String) -> RecordBatch {
    selecting(schema.fields.map(\.name).filter { $0 != name }) ?? self
  }
}

extension Column {
  static func lists<Value: ArrowNumber>(_ lists: [[Value]]) -> Column {
    Column(lists: Column(Array(lists.joined())), ends: ends(lists))
  }

  static func ends(_ lists: [[some Any]]) -> [Int] {
    lists.reduce(into: []) { $0.append(($0.last ?? 0) + $1.count) }
  }
}
