import AssayCore
import AssayJSON
import GRDB
import Glibc
import Testing

@testable import AssayStore

/// Who may write a run, and what is seen of one whose process is gone.
@Suite struct `The process of a run` {
  private let temporary: TemporaryStore
  private var store: Store { temporary.store }

  init() throws { temporary = try TemporaryStore() }

  private func run(_ id: String = "r1", startsAtOnce: Bool = false) throws -> StoredRun {
    var draft = RunDraft(config: ["sample": "a.csv"], evaluators: [RunEvaluator(name: "tabular.binary")])
    draft.id = id
    draft.startsAtOnce = startsAtOnce
    return try store.createRun(draft).run
  }

  /// No process has this number: it is above what the system gives.
  private static let gone = ProcessIdentity(number: 1 << 30)

  private func expire(_ id: String) throws {
    try store.write { database in
      try database.execute(
        sql: "UPDATE runs SET lease_until = 1 WHERE id = ? AND lease_until IS NOT NULL", arguments: [id])
    }
  }

  private func status(_ id: String, is status: RunStatus) throws -> Bool {
    var filter = RunFilter()
    filter.status = status
    let listed = try store.runs(filter).elements.contains { $0.id == id }
    let shown = try store.run(id).status == status
    #expect(listed == shown, "the list shows another status than the run")
    return shown
  }

  @Test func `that is gone makes it failed, for lists too, and another one takes it when it waits again`() throws {
    let made = try run()
    let (_, old) = try store.begin(run: made.number, by: Self.gone)
    #expect(try status("r1", is: .failed) && store.run("r1").isInterrupted)
    #expect(try store.run("r1").error["code"] == "run.interrupted")
    #expect(try !status("r1", is: .running))
    #expect(code { try store.begin(run: made.number) } == "registry.conflict")
    _ = try store.queueRun("r1")
    #expect(try status("r1", is: .pending))
    let (_, lease) = try store.begin(run: made.number)
    #expect(try !store.renew(old) && store.renew(lease))
    #expect(code { try store.end(old, RunEnding(.failed)) } == "registry.conflict")
  }

  @Test func `is known from one that has its number later, and from that of another name space`() throws {
    let made = try run()
    var other = ProcessIdentity.current
    other.start -= 1
    _ = try store.begin(run: made.number, by: other)
    #expect(try status("r1", is: .failed))
    _ = try store.queueRun("r1")
    // Nobody here can tell whether it lives: its lease says it.
    other.place += "x"
    other.number = Self.gone.number
    _ = try store.begin(run: made.number, by: other)
    #expect(try status("r1", is: .running))
    try expire("r1")
    #expect(try status("r1", is: .failed))
  }

  @Test func `keeps it while it lives, also where it could not renew its lease`() throws {
    let (_, lease) = try store.begin(run: try run().number)
    try expire("r1")
    #expect(try status("r1", is: .running))
    #expect(try store.renew(lease))
    #expect(Store.leaseSeconds > Store.patience)
  }

  @Test func `does not begin with one that was cancelled before`() throws {
    let made = try run()
    #expect(try store.cancelRun("r1").status == .cancelled)
    #expect(code { try store.begin(run: made.number) } == "registry.conflict")
    #expect(code { try store.cancelRun("r1") } == "registry.conflict")
    #expect(try store.queueRun("r1").status == .pending)
    #expect(try store.begin(run: made.number).run.status == .running)
  }

  @Test func `writes nothing from its cancelling on, whoever in the same process goes on with it`() throws {
    let made = try run()
    let (_, first) = try store.begin(run: made.number)
    let journal = RunJournal(store, lease: first)
    let chunk = RunJournal.Chunk(
      position: 0, index: 0, firstRow: 0, rowCount: 1, part: [1],
      rows: [RowVerdict(row: 0, score: 1, outcome: .scored)])
    try journal.record([chunk], doneRows: 1)
    #expect(try store.run("r1").doneRows == 1)
    _ = try store.cancelRun("r1")
    #expect(code { try journal.record([chunk], doneRows: 2) } == "registry.conflict")
    _ = try store.queueRun("r1")
    let (_, second) = try store.begin(run: made.number)
    #expect(code { try journal.record([chunk], doneRows: 2) } == "registry.conflict")
    #expect(try !store.renew(first))
    #expect(code { try store.end(first, RunEnding(.completed)) } == "registry.conflict")
    #expect(code { try RunJournal(reading: store, run: made.number).record([chunk]) } == "registry.conflict")
    #expect(try store.run("r1").doneRows == 1)
    try RunJournal(store, lease: second).record([chunk], doneRows: 1)
  }

  @Test func `that dies before it begins leaves no run that waits for ever`() throws {
    let made = try run(startsAtOnce: true)
    #expect(try status("r1", is: .pending))
    try store.noteStart(ofRun: made.number, processID: Self.gone.number)
    #expect(try status("r1", is: .failed) && store.run("r1").isInterrupted)
    // One that was only slow to show begins all the same.
    #expect(try store.begin(run: made.number).run.status == .running)
    // A run that waits for anybody has no process to die.
    _ = try run("r2")
    try expire("r2")
    #expect(try status("r2", is: .pending))
    #expect(try store.run("r2").processID == nil)
  }

  @Test func `does the revision that it was started for`() throws {
    let first = try run()
    var draft = RunDraft(config: [:], evaluators: [])
    draft.id = "r1"
    draft.overwrites = true
    let (_, lease) = try store.begin(run: first.number)
    let second = try store.createRun(draft).run
    #expect(second.revision == 2)
    // The earlier one goes on, and is not deleted beneath its process.
    let refusal = code { try store.deleteRun("r1") }
    #expect(refusal == "registry.conflict")
    #expect(try store.renew(lease))
    try store.end(lease, RunEnding(.completed))
    #expect(try store.run("r1").status == .pending && store.run("r1", revision: 1).status == .completed)
    #expect(code { try store.run("r1", revision: 3) } == "registry.not-found")
    #expect(try store.run(number: first.number).revision == 1)
    #expect(try store.cancelRun("r1", revision: 2).status == .cancelled)
    _ = try store.deleteRun("r1")
    #expect(try store.revisions(ofRun: "r1").isEmpty)
  }

  @Test func `works on it for as long as it lives, and no longer`() throws {
    let made = try run()
    let (_, lease) = try store.begin(run: made.number, by: Self.gone)
    _ = try store.renew(lease, doneRows: 1)
    try store.write {
      try $0.execute(
        sql: """
          UPDATE runs SET begun_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-100 seconds'),
            worked_until = strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-98 seconds')
          """)
    }
    func seconds() throws -> Double { try store.run("r1").seconds ?? -1 }
    #expect(try abs(seconds() - 2) < 0.5)
    _ = try store.cancelRun("r1")
    #expect(try abs(seconds() - 2) < 0.5)
    _ = try store.queueRun("r1")
    #expect(try abs(seconds() - 2) < 0.5)
    let (_, next) = try store.begin(run: made.number)
    #expect(try abs(seconds() - 2) < 0.5)
    try store.end(next, RunEnding(.completed))
    #expect(try abs(seconds() - 2) < 0.5)
  }

  @Test func `sorts by what it has computed, whatever a caller has set under the name`() throws {
    for (id, value) in [("low", 0.41), ("high", 0.9)] {
      let (made, lease) = try store.begin(run: try run(id).number)
      if id == "low" { _ = try store.setMetric("mean", to: 999, ofRun: id) }
      var ending = RunEnding(.completed)
      ending.metrics = [(0, "mean", value)]
      try store.end(lease, ending)
      #expect(code { try store.setMetric("mean", to: 1, ofRun: made.id) } == "registry.conflict")
    }
    var filter = RunFilter()
    filter.metric = "mean"
    let listed = try store.runs(filter).elements
    #expect(listed.map(\.id) == ["high", "low"] && listed.map(\.metric) == [0.9, 0.41])
  }
}
