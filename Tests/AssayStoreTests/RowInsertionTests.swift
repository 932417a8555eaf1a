import AssayCore
import AssayJSON
import AssayStore
import Testing

@Suite struct `Rows of a run` {
  private let temporary: TemporaryStore
  private var store: Store { temporary.store }
  private let journal: RunJournal
  private let run: StoredRun

  init() throws {
    temporary = try TemporaryStore()
    let store = temporary.store
    let waiting = try store.createRun(RunDraft(config: [:], evaluators: [])).run
    let (begun, lease) = try store.begin(run: waiting.number)
    run = begun
    journal = RunJournal(store, lease: lease)
  }

  private func chunk(_ rows: [RowVerdict]) -> RunJournal.Chunk {
    .init(position: 1, index: 0, firstRow: 0, rowCount: rows.count, part: nil, rows: rows)
  }

  private func verdicts(_ count: Int, _ score: (Int) -> Double = Double.init) -> [RowVerdict] {
    (0..<count).map { RowVerdict(row: $0, key: "k\($0)", score: score($0), outcome: .scored) }
  }

  @Test(arguments: [0, 1, 2, 31, 32, 33, 63, 64, 65, 1000])
  func `are all there, however many statements they take`(count: Int) throws {
    try journal.record([chunk(verdicts(count))])
    let rows = try store.rows(ofRun: run.number, RowFilter(evaluator: 1), limit: 2000)
    #expect(rows.map(\.row) == Array(0..<count))
    #expect(rows.map(\.score) == (0..<count).map(Double.init))
    #expect(rows.map(\.key) == (0..<count).map { "k\($0)" })
  }

  @Test func `take the place of those before them, some or all`() throws {
    try journal.record([chunk(verdicts(100))])
    try journal.record([chunk(Array(verdicts(70) { Double(-$0) }[35...]))])
    let scores = try store.rows(ofRun: run.number, RowFilter(evaluator: 1), limit: 200).map(\.score)
    #expect(scores == (0..<100).map { Double((35..<70).contains($0) ? -$0 : $0) })
  }

  @Test func `keep every one of their values`() throws {
    var full = RowVerdict(
      row: 0, key: "k", split: "test", score: 0.1, outcome: .failed, cause: .judge, explanation: "why")
    full.output = "[1,2]"
    full.expected = "caffè \n"
    full.detail = ["a_first": 0.75, "verdict": "a"]
    try journal.record([chunk([full] + verdicts(40)[1...])])
    let row = try #require(try store.rows(ofRun: run.number, RowFilter(evaluator: 1), limit: 1).first)
    #expect(row.key == "k" && row.split == "test" && row.score == 0.1 && row.outcome == .failed)
    #expect(row.cause == .judge && row.explanation == "why" && row.output == "[1,2]")
    #expect(row.expected == full.expected && row.detail == full.detail)
    #expect(row.json["detail"] == .object(["a_first": 0.75, "verdict": "a"]))
  }

  @Test func `are taken over by another run with all of their values`() throws {
    var rows = (0..<50).map { number in
      var row = StoredRow(row: number, score: 0.5, outcome: .passed)
      row.detail = ["verdict": .string(number % 2 == 0 ? "a" : "tie")]
      row.output = "{\"a.output\":\(number)}"
      return row
    }
    rows[7].subScores = ["style": 0.5]
    rows[8].latency = 0.25
    rows[8].inputTokens = 7
    rows[8].outputTokens = 9
    rows[8].cost = 0.125
    rows[9].model = "m"
    try journal.record(rows, ofEvaluator: 0)
    let other = try store.createRun(RunDraft(config: [:], evaluators: [])).run
    let lease = try store.begin(run: other.number).lease
    try RunJournal(store, lease: lease).copyRows(fromRun: run.number, evaluator: 0, to: 3)
    #expect(try store.rows(ofRun: other.number, RowFilter(evaluator: 3), limit: 99) == rows)
  }
}
