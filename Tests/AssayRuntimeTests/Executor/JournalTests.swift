import AssayArrow
import AssayCore
import AssayHost
import Synchronization
import Testing

@testable import AssayRuntime

/// A journal in memory, which may break after some chunks as a killed process does.
private final class MemoryJournal: PassJournal {
  struct Entry {
    var part: [UInt8]
    var rows: [ScoredRow]
  }

  let entries = Mutex<[JournaledChunk: Entry]>([:])
  let evaluated = Mutex<[JournaledChunk]>([])
  private let limit: Int

  init(breakingAfter limit: Int = .max) { self.limit = limit }

  init(goingOnFrom other: MemoryJournal) {
    limit = .max
    let known = other.entries.withLock { $0 }
    entries.withLock { $0 = known }
  }

  func part(of chunk: JournaledChunk) -> [UInt8]? { entries.withLock { $0[chunk]?.part } }

  func record(_ part: [UInt8], rows: [ScoredRow], of chunk: JournaledChunk) throws(AssayError) {
    let isFull = entries.withLock { entries in
      guard entries.count < limit else { return true }
      entries[chunk] = Entry(part: part, rows: rows)
      return false
    }
    if isFull { throw AssayError(.internal, "killed") }
    evaluated.withLock { $0.append(chunk) }
  }

  /// The rows of an evaluator, in order.
  func rows(ofEvaluator position: Int) -> [ScoredRow] {
    entries.withLock { $0 }.filter { $0.key.evaluator == position }
      .sorted { $0.key.index < $1.key.index }.flatMap(\.value.rows)
  }
}

@Suite struct `A journal of a pass` {
  private static let plan: PassPlan = {
    var plan = PassPlan(evaluators: [.sum(), .fake(.rows(SameScore()))])
    plan.slices = [SliceColumns(names: ["group"], positions: [1])]
    return plan
  }()

  private func run(_ journal: MemoryJournal?, jobs: Int = 2) throws -> [Part] {
    let x: [Double?] = (0..<95).map { row -> Double? in
      if row == 31 { return -1 }
      return row == 47 ? -200 : Double(row % 7 == 0 ? 1e16 : 1) / Double(row % 13 + 3)
    }
    let group = (0..<95).map { $0 % 3 == 0 ? "a" : "b" }
    var plan = Self.plan
    plan.jobs = jobs
    let pass = Pass(
      plan, control: RunControl(onProgress: nil), threads: PluginThreads(count: jobs + 1), journal: journal)
    return try pass.run(stream(x, group: group)).map { try $0.part() }
  }

  @Test func `changes nothing`() throws {
    let plain = try run(nil)
    let journal = MemoryJournal()
    let kept = try run(journal)
    try expectSame(plain, kept)
    #expect(journal.rows(ofEvaluator: 1).count == 95)
    #expect(journal.rows(ofEvaluator: 0).isEmpty)
  }

  @Test(arguments: [0, 1, 3, 7, 13, 19]) func `lets a run that broke go on without doing a chunk again`(
    limit: Int
  ) throws {
    let undisturbed = MemoryJournal()
    let plain = try run(undisturbed)
    let broken = MemoryJournal(breakingAfter: limit)
    #expect(throws: (any Error).self) { try run(broken) }
    #expect(broken.entries.withLock { $0.count } == limit)

    let resumed = MemoryJournal(goingOnFrom: broken)
    try expectSame(plain, try run(resumed, jobs: 1))
    let again = resumed.evaluated.withLock { $0 }
    #expect(again.count == 20 - limit)
    #expect(again.allSatisfy { chunk in broken.entries.withLock { $0[chunk] == nil } })
    #expect(resumed.rows(ofEvaluator: 1) == undisturbed.rows(ofEvaluator: 1))
  }

  @Test func `refuses what is damaged`() throws {
    let journal = MemoryJournal()
    _ = try run(journal)
    let entries = journal.entries.withLock { $0 }
    for (chunk, entry) in entries.sorted(by: { $0.key.index < $1.key.index }).prefix(4) {
      let maker: (any StateMaking)? = chunk.evaluator == 0 ? SumMaker() : nil
      #expect(throws: Never.self) { try Part(saved: entry.part, states: maker) }
      for length in stride(from: 0, to: entry.part.count - 1, by: 5) {
        let error = #expect(throws: AssayError.self) {
          try Part(saved: Array(entry.part.prefix(length)), states: maker)
        }
        #expect(error?.code == .savedPart)
      }
      #expect(throws: AssayError.self) { try Part(saved: entry.part + [0], states: maker) }
    }
  }

  /// The bits of sums and scores, and everything that was counted.
  private func expectSame(_ a: [Part], _ b: [Part]) throws {
    #expect(a.count == b.count)
    for (a, b) in zip(a, b) {
      #expect(a.problems == b.problems)
      #expect(Set(a.slices.keys) == Set(b.slices.keys))
      let pairs = [(a.whole, b.whole)] + a.slices.compactMap { key, tally in b.slices[key].map { (tally, $0) } }
      for (a, b) in pairs {
        #expect(a.counts == b.counts)
        switch (a.content, b.content) {
        case (.scores(let a), .scores(let b)):
          #expect(a.mean.bitPattern == b.mean.bitPattern && a.scores == b.scores)
          #expect(a.standardDeviation?.bitPattern == b.standardDeviation?.bitPattern)
        default:
          #expect(try a.sum?.bitPattern == b.sum?.bitPattern)
          #expect(try a.shape == b.shape)
        }
      }
    }
  }
}
