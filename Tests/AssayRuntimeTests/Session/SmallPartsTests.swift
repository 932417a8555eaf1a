import AssayCore
import Glibc
import Testing

@testable import AssayRuntime

@Suite struct `Small parts of a run` {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"),
    (1_735_689_599, "2024-12-31T23:59:59Z"), (4_102_444_800, "2100-01-01T00:00:00Z"),
    (-1, "1969-12-31T23:59:59Z"),
  ])
  func `write times in UTC`(seconds: Int, text: String) {
    #expect(rfc3339(seconds: seconds) == text)
  }

  @Test func `make the digests that FIPS 180-4 gives`() {
    #expect(
      sha256("abc".utf8) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(sha256("".utf8) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test func `make the same digest of a file as of its bytes`() throws {
    let path = "/tmp/assay-digest-\(getpid()).jsonl"
    let sink = try RowFile(path: path)
    try sink.receive([ScoredRow(evaluator: "e", row: 0, score: 1.5, outcome: .scored)])
    // Nothing is there before the end.
    #expect(unsafe access(path, F_OK) != 0)
    try sink.finish()
    let line = #"{"evaluator":"e","row":0,"score":1.5,"outcome":"scored"}"# + "\n"
    #expect(sha256(fileAt: path) { false } == sha256(line.utf8))
    unsafe _ = unlink(path)
  }

  @Test func `leave no half-written rows`() throws {
    let path = "/tmp/assay-rows-\(getpid()).jsonl"
    let row = ScoredRow(evaluator: "e", row: 0, score: nil, outcome: .errored)
    for ending in [{ _ in }, { (sink: RowFile) in sink.discard() }] {
      var sink: RowFile? = try RowFile(path: path)
      let draft = try #require(sink?.draft)
      try sink?.receive([row])
      #expect(unsafe access(draft, F_OK) == 0)
      ending(try #require(sink))
      sink = nil
      #expect(unsafe access(path, F_OK) != 0 && access(draft, F_OK) != 0)
    }
  }

  @Test func `keep rows that are finished, whatever follows`() throws {
    let path = "/tmp/assay-kept-\(getpid()).ndjson"
    let sink = try RowFile(path: path)
    let rows = (0..<30_000).map { ScoredRow(evaluator: "e", row: $0, key: "k", score: 0.5, outcome: .scored) }
    try sink.receive(Array(rows[..<20_000]))
    try sink.receive(Array(rows[20_000...]))
    try sink.finish()
    sink.discard()
    try sink.finish()
    let text = rows.map { $0.json.text() + "\n" }.joined()
    #expect(sha256(fileAt: path) { false } == sha256(text.utf8))
    unsafe _ = unlink(path)
  }

  @Test(arguments: [
    ("/nowhere/rows.jsonl", AssayError.Code.cannotWrite, "mkdir -p '/nowhere'"),
    ("/proc/rows.jsonl", .cannotWrite, "/proc"), ("rows.csv", .usage, ".jsonl"), ("rows", .usage, ".jsonl"),
  ])
  func `refuse places where rows cannot be written`(path: String, code: AssayError.Code, says: String) {
    let error = #expect(throws: AssayError.self) { try RowFile(path: path) }
    #expect(error?.code == code)
    #expect(error?.message.contains(says) == true)
    #expect(error?.details["file"] == path)
  }

  @Test(arguments: [
    ("target=label", nil, "target", "label"), ("sample.score=p", Side.sample, "score", "p"),
    ("ground_truth.target=y.z", .groundTruth, "target", "y.z"), ("a.output=x=y", nil, "a.output", "x=y"),
  ])
  func `read bindings`(text: String, side: Side?, role: String, column: String) throws {
    let expected = ColumnBinding(side: side, role: role, column: column)
    #expect(try ColumnBinding(parsing: text) == expected)
  }

  @Test(arguments: ["", "target", "target=", "=label", "sample.=x"])
  func `refuse what is no binding`(text: String) {
    #expect(throws: AssayError.self) { try ColumnBinding(parsing: text) }
  }

  @Test(arguments: [(0.95, true), (0.5, false), (1, false), (.nan, false), (0.999, true)])
  func `take levels between a half and one`(value: Double, isLevel: Bool) {
    #expect((ConfidenceLevel(value) != nil) == isLevel)
  }
}
