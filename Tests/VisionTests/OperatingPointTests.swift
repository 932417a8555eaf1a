import KernelSupport
import Testing
import VisionKernels

/// A row of boxes of one size on a line: an object at each of the first positions, a
/// detection where told.
private func row(
  _ id: Int64, truths: [(at: Double, label: Int64)],
  detections: [(at: Double, label: Int64, score: Double)]
) -> ReferenceCase.Row {
  var row = ReferenceCase.Row(image_id: id)
  for truth in truths {
    row.truth_boxes += [truth.at, 0, 10, 10]
    row.truth_labels.append(truth.label)
    row.truth_areas.append(100)
    row.truth_crowds.append(false)
    row.truth_ids.append(Int64(row.truth_ids.count))
  }
  for detection in detections {
    row.boxes += [detection.at, 0, 10, 10]
    row.labels.append(detection.label)
    row.scores.append(detection.score)
  }
  return row
}

@Suite struct `The operating point` {
  private static let categories = [
    ClassTable.Entry(id: 1, name: "cat"), ClassTable.Entry(id: 2, name: "dog"),
  ]

  private func findings(
    _ rows: [ReferenceCase.Row], _ change: (inout DetectionOptions) -> Void = { _ in }
  ) throws -> Findings {
    var options = DetectionOptions()
    change(&options)
    var state = try DetectionState(rows, categories: Self.categories, options)
    return try state.finish(Request())
  }

  /// Two cats of which one is found, one dog that is taken for a cat, and a ghost.
  private static let rows = [
    row(
      1, truths: [(0, 1), (100, 1)],
      detections: [(0, 1, 0.9), (200, 1, 0.4)]),
    row(2, truths: [(0, 2)], detections: [(1, 1, 0.6)]),
    row(3, truths: [], detections: []),
  ]

  @Test func `is the highest score that is best for F1`() throws {
    let found = try findings(Self.rows)
    #expect(found["optimal_threshold"]?.value == 0.9)
    #expect(found["optimal_f1"]?.value == 2.0 / 4.0)
    #expect(found["confidence"]?.value == 0.9)
    #expect(found["precision"]?.value == 1 && found["recall"]?.value == 1.0 / 3.0)
  }

  @Test func `lets equal scores enter together`() throws {
    let rows = [
      row(1, truths: [(0, 1)], detections: [(0, 1, 0.5), (50, 1, 0.5), (100, 1, 0.5)])
    ]
    let found = try findings(rows)
    #expect(found["optimal_f1"]?.value == 2.0 / 4.0)
    #expect(found.table("froc_curve")?.numbers("threshold") == [0.5])
  }

  @Test func `takes the higher of equal optima`() throws {
    // One of two found at 0.8 (F1 2/3), and both with two false positives at 0.2 (4/6).
    let rows = [
      row(
        1, truths: [(0, 1), (50, 1)],
        detections: [(0, 1, 0.8), (50, 1, 0.2), (100, 1, 0.3), (150, 1, 0.25)])
    ]
    #expect(try findings(rows)["optimal_threshold"]?.value == 0.8)
  }

  @Test func `follows the parameter`() throws {
    let found = try findings(Self.rows) { $0.confidence = 0.5 }
    #expect(found["confidence"]?.value == 0.5)
    #expect(found["precision"]?.value == 0.5 && found["recall"]?.value == 1.0 / 3.0)
    #expect(found["optimal_threshold"]?.value == 0.9)
  }

  @Test func `counts by image`() throws {
    let table = try #require(try findings(Self.rows) { $0.confidence = 0.1 }.table("per_image"))
    #expect(table.texts("image_id") == ["1", "2", "3"])
    #expect(table.texts("file_name") == ["1.jpg", "2.jpg", nil])
    #expect(table.numbers("width") == [601, 602, 603] && table.numbers("height") == [480, 480, 480])
    #expect(table.numbers("tp") == [1, 0, 0])
    #expect(table.numbers("fp") == [1, 1, 0])
    #expect(table.numbers("fn") == [1, 1, 0])
    #expect(table.numbers("precision") == [0.5, 0, nil])
    #expect(table.numbers("f1") == [0.5, 0, nil])
  }

  @Test func `sweeps over a hundred thresholds`() throws {
    let table = try #require(try findings(Self.rows).table("threshold_sweep"))
    #expect(table.texts("class").count == 303)
    #expect(Array(table.texts("class")[..<101]) == Array(repeating: nil, count: 101))
    #expect(table.numbers("threshold")[57] == 0.57)
    #expect(table.numbers("tp")[90] == 1 && table.numbers("tp")[91] == 0)
    #expect(table.numbers("fp")[0] == 2 && table.numbers("fp")[40] == 2)
    #expect(table.numbers("fp")[41] == 1 && table.numbers("fp")[61] == 0)
    #expect(table.numbers("fn")[0] == 2 && table.numbers("fn")[100] == 3)
    #expect(table.numbers("precision")[100] == nil && table.numbers("recall")[100] == 0)
    // The dogs: one, never found.
    #expect(Array(table.numbers("fn")[202...]) == Array(repeating: 1, count: 101))
  }

  @Test func `draws false positives against recall`() throws {
    let table = try #require(try findings(Self.rows).table("froc_curve"))
    #expect(table.numbers("threshold") == [0.9, 0.6, 0.4])
    #expect(table.numbers("false_positives_per_image") == [0, 1.0 / 3.0, 2.0 / 3.0])
    #expect(table.numbers("false_positives_per_object") == [0, 1.0 / 3.0, 2.0 / 3.0])
    #expect(table.numbers("recall") == [1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0])
  }

  @Test func `pairs across classes in the confusion matrix`() throws {
    let table = try #require(
      try findings(Self.rows) { $0.confidence = 0.1 }.table("confusion_matrix"))
    let cells = zip(table.texts("actual"), zip(table.texts("predicted"), table.numbers("count")))
    let found = cells.map { "\($0.0 ?? "") \($0.1.0 ?? "") \($0.1.1 ?? -1)" }
    #expect(
      found == [
        "cat cat 1.0", "cat background 1.0", "dog cat 1.0", "dog dog 0.0", "background cat 1.0",
      ])
    #expect(table.numbers("mean_probability") == [0.9, nil, 0.6, nil, 0.4])
  }

  @Test func `pairs within classes where asked to`() throws {
    let table = try #require(
      try findings(Self.rows) {
        $0.confidence = 0.1
        $0.confusion = .perClass
      }.table("confusion_matrix"))
    let cells = zip(table.texts("actual"), zip(table.texts("predicted"), table.numbers("count")))
    let found = cells.map { "\($0.0 ?? "") \($0.1.0 ?? "") \($0.1.1 ?? -1)" }
    #expect(
      found == [
        "cat cat 1.0", "cat background 1.0", "dog dog 0.0", "dog background 1.0",
        "background cat 2.0",
      ])
  }

  @Test func `lists what met what only by name`() throws {
    #expect(try findings(Self.rows).table("matches") == nil)
    let table = try #require(
      try findings(Self.rows) {
        $0.confidence = 0.1
        $0.only = ["matches"]
      }.table("matches"))
    #expect(table.texts("outcome") == ["correct", "background", "missed", "confused"])
    #expect(table.numbers("detection") == [0, 1, nil, 0])
    #expect(table.numbers("truth_id") == [0, nil, 1, 0])
    #expect(table.numbers("iou") == [1, nil, nil, 90.0 / 110.0])
    #expect(table.texts("actual") == ["cat", nil, "cat", "dog"])
    #expect(table.numbers("x") == [0, 200, 100, 1])
    #expect(table.numbers("width") == [10, 10, 10, 10])
    #expect(table.numbers("truth_x") == [0, nil, 100, 0])
    #expect(table.numbers("truth_height") == [10, nil, 10, 10])
  }

  @Test func `is undefined where nothing is met`() throws {
    let found = try findings([row(1, truths: [(0, 1)], detections: [(50, 1, 0.5)])])
    #expect(found["optimal_threshold"]?.value == nil)
    #expect(found["optimal_threshold"]?.reason == "No detection meets an object.")
    #expect(found["precision"]?.value == 0 && found["map"]?.value == 0)
  }

  @Test func `is undefined without truth`() throws {
    let found = try findings([row(1, truths: [], detections: [(50, 1, 0.5)])])
    for name in ["map", "map_50", "map_small", "mar_1", "mar_100", "recall", "optimal_f1"] {
      #expect(found[name]?.value == nil && found[name]?.reason != nil, "\(name)")
    }
    #expect(found["precision"]?.value == 0)
    #expect(try findings([])["map"]?.value == nil)
  }
}
