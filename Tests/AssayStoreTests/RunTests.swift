import AssayCore
import AssayJSON
import GRDB
import Glibc
import Testing

@testable import AssayStore

@Suite("Runs in the store")
struct RunTests {
  private let temporary: TemporaryStore
  private var store: Store { temporary.store }

  init() throws { temporary = try TemporaryStore() }

  private func draft(_ id: String? = nil, model: String? = nil) -> RunDraft {
    var draft = RunDraft(
      config: ["sample": "a.csv"], evaluators: [RunEvaluator(name: "tabular.binary", model: model)])
    draft.id = id
    return draft
  }

  private func begun(_ id: String) throws -> (run: StoredRun, lease: RunLease) {
    try store.begin(run: try store.createRun(draft(id)).run.number)
  }

  private func completed(_ metrics: [String: Double]) -> RunEnding {
    var ending = RunEnding(.completed)
    ending.result = ["verdict": "pass"]
    ending.verdict = "pass"
    ending.exitCode = 0
    ending.metrics = metrics.map { (0, $0.key, $0.value) }
    return ending
  }

  @Test("go from pending over running to completed")
  func lifecycle() throws {
    let (run, isNew) = try store.createRun(draft("r1"))
    #expect(isNew && run.status == .pending && run.queuedAt != nil && run.startedAt == nil)
    let (running, lease) = try store.begin(run: run.number)
    #expect(running.status == .running && running.processID == Int(getpid()))
    #expect(code { try store.begin(run: run.number) } == "registry.conflict")
    #expect(try store.renew(lease, doneRows: 25, totalRows: 100))
    let half = try store.run("r1")
    #expect(half.percentCompleted == 25)
    #expect(half.meanSecondsPerRow != nil && half.estimatedSecondsLeft != nil)
    #expect(code { try store.deleteRun("r1") } == "registry.conflict")
    try store.end(lease, completed(["roc_auc": 0.9]))
    let done = try store.run("r1")
    #expect(done.status == .completed && done.verdict == "pass" && done.exitCode == 0)
    #expect(done.percentCompleted == 100 && done.doneRows == 100 && done.finishedAt != nil)
    #expect(done.result["verdict"] == "pass")
    #expect(code { try store.begin(run: run.number) } == "registry.conflict")
    #expect(try store.deleteRun("r1") == "r1")
    #expect(code { try store.run("r1") } == "registry.not-found")
    #expect(code { try store.run(number: run.number) } == "registry.not-found")
  }

  @Test("that fail keep the error and its time")
  func failed() throws {
    let (run, _) = try store.createRun(draft("r1"))
    let (_, lease) = try store.begin(run: run.number)
    var ending = RunEnding(.failed)
    ending.error = ["code": "data.missing-file", "message": "There is no file."]
    try store.end(lease, ending)
    let failed = try store.run("r1")
    #expect(failed.status == .failed && failed.errorAt != nil && failed.finishedAt == nil)
    #expect(failed.error["code"] == "data.missing-file")
    #expect(!failed.isInterrupted)
  }

  @Test("keep the old revision where their id is used again")
  func revisions() throws {
    let (first, _) = try store.createRun(draft("r1"))
    #expect(code { try store.createRun(draft("r1")) } == "registry.conflict")
    var again = draft("r1")
    again.overwrites = true
    let (second, _) = try store.createRun(again)
    #expect(second.revision == 2 && second.number != first.number)
    #expect(try store.run("r1").revision == 2)
    #expect(try store.revisions(ofRun: "r1").map(\.revision) == [1, 2])
    #expect(try store.runs().total == 1)
  }

  @Test("are made once for an idempotency key")
  func idempotent() throws {
    var keyed = draft()
    keyed.idempotencyKey = "k"
    let (first, isNew) = try store.createRun(keyed)
    let (second, isNewAgain) = try store.createRun(keyed)
    #expect(isNew && !isNewAgain && first.id == second.id)
    keyed.config["sample"] = "b.csv"
    #expect(code { try store.createRun(keyed) } == "registry.conflict")
  }

  @Test("are filtered and sorted by a metric")
  func filtered() throws {
    for (id, model, value) in [("a", "m1", 0.5), ("b", "m2", 0.9), ("c", "m1", 0.7)] {
      let (run, _) = try store.createRun(draft(id, model: model))
      try store.end(try store.begin(run: run.number).lease, completed(["roc_auc": value]))
    }
    _ = try store.createRun(draft("d"))
    var filter = RunFilter()
    filter.metric = "roc_auc"
    #expect(try store.runs(filter).elements.map(\.id) == ["b", "c", "a", "d"])
    filter.isAscending = true
    #expect(try store.runs(filter).elements.map(\.id) == ["a", "c", "b", "d"])
    filter.model = "m1"
    #expect(try store.runs(filter).elements.map(\.id) == ["a", "c"])
    var pending = RunFilter()
    pending.status = .pending
    #expect(try store.runs(pending).elements.map(\.id) == ["d"])
    pending.status = .failed
    #expect(try store.runs(pending).total == 0)
    var byEvaluator = RunFilter()
    byEvaluator.evaluator = "tabular.binary"
    #expect(try store.runs(byEvaluator).total == 4)
    byEvaluator.container = "nowhere"
    #expect(code { try store.runs(byEvaluator) } == "registry.not-found")
    byEvaluator.container = nil
    byEvaluator.dataset = "nothing"
    #expect(code { try store.runs(byEvaluator) } == "registry.not-found")
  }

  @Test("are listed in the order of an index, without their documents")
  func listing() throws {
    for number in 0..<5 { _ = try store.createRun(draft("r\(number)", model: "m\(number)")) }
    try store.write { try $0.execute(sql: "UPDATE runs SET config = 'none', result = 'none', sources = 'none'") }
    let listed = try store.runs(page: Page(limit: 2, offset: 1))
    #expect(listed.total == 5 && listed.elements.map(\.id) == ["r3", "r2"])
    #expect(listed.elements.map { $0.evaluators.map(\.model) } == [["m3"], ["m2"]])
    let plan = try store.read { database in
      let query = try RunQuery(RunFilter(), .local, database)
      return try Row.fetchAll(
        database, sql: "EXPLAIN QUERY PLAN " + query.sql, arguments: query.arguments(Page()))
    }
    let steps = plan.map { $0["detail"] as String }
    #expect(steps.contains { $0.contains("runs_in_order") } && !steps.contains { $0.contains("TEMP B-TREE") }, "\(steps)")
  }

  @Test("keep the caller's metrics apart from their own")
  func callerMetrics() throws {
    let (run, _) = try store.createRun(draft("r1"))
    try store.end(try store.begin(run: run.number).lease, completed(["roc_auc": 0.5]))
    let changed = try store.setMetric("revenue", to: 12, ofRun: "r1")
    #expect(changed.callerMetrics["revenue"]?["value"]?.doubleValue == 12)
    #expect(changed.callerMetrics["revenue"]?["source"] == "caller")
    #expect(code { try store.setMetric("roc_auc", to: 1, ofRun: "r1") } == "registry.conflict")
  }

  @Test("keep a chunk whole or not at all, and give every row back in order")
  func journal() throws {
    let (run, lease) = try begun("r1")
    let journal = RunJournal(store, lease: lease)
    func rows(_ index: Int) -> [RowVerdict] {
      (0..<100).map { offset in
        var row = RowVerdict(
          row: index * 100 + offset, key: "k\(offset)", score: Double(offset) / 3, outcome: .scored)
        if offset == 7 { row.split = "test" }
        if offset == 8 {
          row.score = nil
          row.outcome = .errored
          row.cause = .evaluator
          row.explanation = "it broke"
        }
        return row
      }
    }
    func chunk(_ index: Int) -> RunJournal.Chunk {
      .init(
        position: 0, index: index, firstRow: index * 100, rowCount: 100, part: [1, 2, UInt8(index)],
        rows: rows(index))
    }
    try journal.record([chunk(1), chunk(0)])
    try journal.record([chunk(1)])
    #expect(try journal.finishedChunks(ofEvaluator: 0) == [0, 1])
    #expect(try journal.part(ofChunk: 1, evaluator: 0) == [1, 2, 1])
    #expect(try journal.part(ofChunk: 2, evaluator: 0) == nil)
    var stored: [StoredRow] = []
    try store.eachRow(ofRun: run.number, batch: 64) { stored += $0 }
    #expect(stored.map(\.row) == Array(0..<200) && stored[107].split == "test" && stored[8].cause == .evaluator)
    #expect(try journal.verdicts(in: 0..<1000, evaluator: 0) == rows(0) + rows(1))
    #expect(try journal.verdicts(in: 5..<105, evaluator: 0).map(\.row) == Array(5..<105))
    #expect(try journal.finishedRows() == [0: 200])
    #expect(try store.outcomeCounts(ofRun: run.number) == [.scored: 198, .errored: 2])
    let failed = try store.rows(ofRun: run.number, RowFilter(outcomes: [.errored]), limit: 10)
    #expect(failed.map(\.row) == [8, 108])
  }

  @Test("keep rows of a chunk that goes on, and rows with all that is known of them")
  func partialChunks() throws {
    let (run, lease) = try begun("r1")
    let journal = RunJournal(store, lease: lease)
    try journal.record([
      .init(
        position: 0, index: 0, firstRow: 0, rowCount: 9, part: nil,
        rows: [RowVerdict(row: 3, score: 1, outcome: .scored)])
    ])
    #expect(try journal.finishedChunks(ofEvaluator: 0).isEmpty)
    #expect(try journal.hasRows(ofEvaluator: 0) && !journal.hasRows(ofEvaluator: 1))
    var whole = StoredRow(row: 4, score: 0.5, outcome: .passed)
    whole.latency = 0.25
    whole.subScores = ["style": 0.5]
    whole.output = "yes"
    try journal.record([whole], ofEvaluator: 0)
    #expect(try store.rows(ofRun: run.number, from: 4, limit: 1) == [whole])
  }
}
