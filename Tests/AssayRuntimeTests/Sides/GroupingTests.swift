import AssayArrow
import AssayRuntime
import Testing

@Suite struct `A side with a row for each box` {
  private let album = Album()

  /// The album's sample, a row for each box, out of order, and one image without a box.
  private let boxes = RecordBatch([
    "image_id": Column([5, 2, 5, 3, 2, 5, 4] as [Int64]),
    "boxes": Column([0.125, 0.5, 1, 0.75, 0.25, 0.5, nil] as [Double?]),
  ])

  private func run(_ change: (inout RunRequest) throws -> Void) async throws -> EvaluatorResult {
    var request = album.request()
    try change(&request)
    return try await Album.assay().run(request).evaluators[0]
  }

  @Test func `is put together by the evaluator's key`() async throws {
    let whole = try await run { _ in }
    let grouped = try await run { $0.sample = DataSource(boxes) }
    #expect(grouped.metrics == whole.metrics && grouped.tables == whole.tables)
    #expect(grouped.counts == whole.counts)
  }

  @Test func `may be the ground truth, or lines of JSON`() async throws {
    let truth = album.file("truth.jsonl", """
      {"image_id": 5, "truth_boxes": 1}
      {"image_id": 3, "truth_boxes": null}
      {"image_id": 5, "truth_boxes": 2}
      {"image_id": 2, "truth_boxes": 1.5}
      """)
    let result = try await run {
      $0.groundTruth = DataSource(truth)
      $0.sample = DataSource(boxes.slice(offset: 0, count: 3))
    }
    #expect(result.value("order") == 532 && result.value("truths") == 3 && result.value("found") == 3)
  }

  @Test func `takes lists of numbers that belong to one box`() async throws {
    let lines = "{\"image_id\": 2, \"boxes\": [[0.5], [0.25]]}\n{\"image_id\": 3, \"boxes\": [0.75]}"
    let result = try await run { $0.sample = DataSource(album.file("nested.jsonl", lines)) }
    #expect(result.value("found") == 3)
  }

  @Test func `needs a key`() async throws {
    let batch = RecordBatch(["x": Column([1.0, 2]), "y": Column([1.0, 2])])
    var request = RunRequest(evaluators: [EvaluatorRequest("fixture.plain_rows")], sample: DataSource(batch))
    request.bindings = [try ColumnBinding(parsing: "boxes=x")]
    let error = try await failure(request)
    #expect(error.code == .usage && error.message.contains("--join-on"))
  }

  @Test func `may not differ in what is told once for an image`() async throws {
    let batch = RecordBatch([
      "image_id": Column([5, 5] as [Int64]), "boxes": Column([0.5, 1]), "site": Column(["a", "b"] as [String?]),
    ])
    var request = album.request()
    request.sample = DataSource(batch)
    request.slices = [["site"]]
    #expect(try await failure(request).code.rawValue == "data.differing-group")
  }
}
