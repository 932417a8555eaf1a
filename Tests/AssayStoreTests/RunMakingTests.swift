import AssayCore
import AssayJSON
import Foundation
import GRDB
import Testing

@testable import AssayStore

/// Runs that are made in several steps, done again, copied and removed.
@Suite struct `Making and removing runs` {
  private let temporary: TemporaryStore
  private var store: Store { temporary.store }

  init() throws { temporary = try TemporaryStore() }

  private func draft(_ id: String? = nil, scope: Scope = .local) -> RunDraft {
    var draft = RunDraft(config: ["sample": "a.csv"], evaluators: [RunEvaluator(name: "tabular.binary")])
    draft.id = id
    draft.scope = scope
    return draft
  }

  private func staged(_ draft: RunDraft, sharing original: StoredRun? = nil) throws -> StagedRun {
    guard case .staged(let staged) = try store.stageRun(draft, sharingCopiesOf: original) else {
      throw AssayError(.internal, "it was made before")
    }
    return staged
  }

  private func count(_ table: String) throws -> Int {
    try store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") } ?? -1
  }

  private func rows(_ count: Int, errored: Set<Int> = []) -> RunJournal.Chunk {
    let rows = (0..<count).map { row in
      RowVerdict(row: row, score: errored.contains(row) ? nil : 1, outcome: errored.contains(row) ? .errored : .scored)
    }
    return .init(position: 0, index: 0, firstRow: 0, rowCount: count, part: [1], rows: rows)
  }

  /// Makes a run of another process that is gone.
  private func abandon(_ staged: StagedRun) throws {
    try store.write {
      try $0.execute(
        sql: "UPDATE runs SET process_id = ? WHERE number = ?", arguments: [1 << 30, staged.lease.run])
    }
  }

  @Test func `shows nothing of one before all of it is there`() throws {
    var keyed = draft("r1")
    keyed.idempotencyKey = "k"
    let staged = try staged(keyed)
    try RunJournal(store, lease: staged.lease).record([rows(9)])
    #expect(code { try store.run("r1") } == "registry.not-found")
    #expect(try store.runs().total == 0 && store.revisions(ofRun: "r1").isEmpty)
    var ending = RunEnding(.completed)
    ending.verdict = "pass"
    let (run, isNew) = try store.publish(staged, keyed, ending: ending)
    #expect(isNew && run.status == .completed && run.verdict == "pass" && run.revision == 1)
    #expect(try store.rows(ofRun: run.number, limit: 99).count == 9)
    guard case .known(let known) = try store.stageRun(keyed) else {
      Issue.record("the key was not known")
      return
    }
    #expect(known.number == run.number)
  }

  @Test func `takes the id of whoever is first`() throws {
    let first = try staged(draft("r1"))
    _ = try store.createRun(draft("r1"))
    #expect(code { try store.publish(first, draft("r1")) } == "registry.conflict")
    store.discard(first)
    #expect(try count("runs") == 1)
  }

  @Test func `removes what a process has left that died on the way`() throws {
    var copying = draft("r1")
    copying.copies = store.copyFolder(ofRun: "r1")
    let staged = try staged(copying)
    let folder = try #require(copying.copies)
    try store.makeFolder(folder)
    try "x".write(toFile: store.path(of: folder) + "/sample.jsonl", atomically: true, encoding: .utf8)
    try RunJournal(store, lease: staged.lease).record([rows(9)])
    _ = try store.createRun(draft("other"))
    #expect(try count("run_rows") == 9)
    try abandon(staged)
    _ = try store.createRun(draft("another"))
    #expect(try count("run_rows") == 0 && count("runs") == 2 && count("run_copies") == 0)
    #expect(!FileManager.default.fileExists(atPath: store.path(of: folder)))
  }

  @Test func `removes copies with the last run that shares them`() throws {
    var copying = draft("r1")
    copying.copies = store.copyFolder(ofRun: "r1")
    let folder = try #require(copying.copies)
    try store.makeFolder(folder)
    let (first, _) = try store.publish(try staged(copying), copying)
    _ = try store.publish(try staged(draft("r2"), sharing: first), draft("r2"))
    _ = try store.deleteRun("r2")
    #expect(FileManager.default.fileExists(atPath: store.path(of: folder)))
    _ = try store.publish(try staged(draft("r3"), sharing: first), draft("r3"))
    _ = try store.deleteRun("r1")
    #expect(FileManager.default.fileExists(atPath: store.path(of: folder)))
    #expect(code { try staged(draft("r4"), sharing: first) } == "registry.not-found")
    _ = try store.deleteRun("r3")
    #expect(!FileManager.default.fileExists(atPath: store.path(of: folder)))
  }

  @Test func `removes many rows a stretch at a time`() throws {
    let (run, lease) = try store.begin(run: try store.createRun(draft("r1")).run.number)
    try RunJournal(store, lease: lease).record([rows(2 * Store.batchRows + 7)])
    let staged = try staged(draft("r2"))
    try RunJournal(store, lease: staged.lease).copyRows(fromRun: run.number, evaluator: 0, to: 1)
    let (copy, _) = try store.publish(staged, draft("r2"))
    #expect(try store.outcomeCounts(ofRun: copy.number, evaluator: 1) == [.scored: 2 * Store.batchRows + 7])
    try store.end(lease, RunEnding(.completed))
    for id in ["r1", "r2"] { _ = try store.deleteRun(id) }
    #expect(try count("run_rows") == 0 && count("runs") == 0)
  }

  @Test func `takes a request for the same whose members stand in another order`() throws {
    var first = draft()
    first.idempotencyKey = "k"
    first.config = ["sample": "a.csv", "ci": 1, "metadata": ["a": 1, "b": 2]]
    let (run, _) = try store.createRun(first)
    first.config = ["metadata": ["b": 2, "a": 1], "ci": 1.0, "sample": "a.csv"]
    #expect(try store.createRun(first).run.number == run.number)
    first.config["ci"] = 0.9
    #expect(code { try store.createRun(first) } == "registry.conflict")
  }

  @Test func `counts the revisions of each project`() throws {
    let other = Scope(project: "other")
    let (first, _) = try store.createRun(draft("nightly"))
    var again = draft("nightly", scope: other)
    again.overwrites = true
    let (second, _) = try store.createRun(again)
    #expect(second.revision == 1)
    #expect(try store.runs().elements.map(\.number) == [first.number])
    #expect(try store.runs(scope: other).elements.map(\.number) == [second.number])
  }

  @Test func `judges rows that it takes over by another bar`() throws {
    let (run, lease) = try store.begin(run: try store.createRun(draft("r1")).run.number)
    let scores: [Double?] = [-0.5, 0.25, 0.5, 0.75, nil]
    try RunJournal(store, lease: lease).record([
      .init(
        position: 0, index: 0, firstRow: 0, rowCount: 5, part: [7],
        rows: scores.enumerated().map {
          RowVerdict(row: $0, key: "k\($0)", score: $1, outcome: $1 == nil ? .errored : .scored)
        })
    ])
    let bars: [(RunJournal.Bar?, String)] = [
      (.atLeast(0.5), "ffppe"), (.atMost(0.25), "ppffe"), (.within(0.5), "pppfe"), (RunJournal.Bar.none, "sssse"),
      (nil, "sssse"),
    ]
    let staged = try staged(draft("r2"))
    let journal = RunJournal(store, lease: staged.lease)
    for (position, (bar, outcomes)) in bars.enumerated() {
      try journal.copyRows(fromRun: run.number, evaluator: 0, to: position, judgedBy: bar)
      let rows = try store.rows(ofRun: staged.lease.run, RowFilter(evaluator: position), limit: 9)
      #expect(rows.map { String($0.outcome.rawValue.prefix(1)) }.joined() == outcomes)
      #expect(rows.map(\.key) == (0..<5).map { "k\($0)" })
    }
    #expect(try journal.part(ofChunk: 0, evaluator: 0) == nil)
  }

  @Test func `opens one again without a loss: rows and result stay until others have come`() throws {
    let (run, lease) = try store.begin(run: try store.createRun(draft("r1")).run.number)
    let journal = RunJournal(store, lease: lease)
    try journal.record([rows(10, errored: [4])])
    #expect(code { try store.reopenErrored("r1") } == "registry.conflict")
    var ending = RunEnding(.completed)
    ending.result = ["verdict": "pass"]
    ending.metrics = [(0, "mean", 1)]
    try store.end(lease, ending)
    let (open, count) = try store.reopenErrored("r1")
    #expect(open.status == .pending && count == 1 && open.verdict == nil && open.doneRows == 0)
    #expect(open.result == ["verdict": "pass"])
    #expect(try store.rows(ofRun: run.number, limit: 99).count == 10)
    #expect(try journal.finishedChunks(ofEvaluator: 0).isEmpty)
    #expect(try journal.verdicts(in: 0..<10, evaluator: 0).map(\.row) == [0, 1, 2, 3, 5, 6, 7, 8, 9])
    // What fails again leaves what there was.
    let (_, second) = try store.begin(run: run.number)
    try store.end(second, RunEnding(.failed))
    #expect(try store.run("r1").result == ["verdict": "pass"])
    #expect(try store.queueRun("r1").status == .pending)
    let (_, third) = try store.begin(run: run.number)
    let retried = RunJournal(store, lease: third)
    try retried.record([
      .init(
        position: 0, index: 0, firstRow: 0, rowCount: 10, part: [2],
        rows: [RowVerdict(row: 4, score: 0.5, outcome: .scored)])
    ])
    #expect(try retried.verdicts(in: 0..<10, evaluator: 0).map(\.row) == Array(0..<10))
    #expect(try store.outcomeCounts(ofRun: run.number) == [.scored: 10])
  }
}
