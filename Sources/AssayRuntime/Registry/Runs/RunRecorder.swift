import AssayCore
import AssayHost
import AssayStore
import Synchronization

/// Writes what a pass has finished into the store, on a thread of its own.
///
/// Chunks that wait are written together, in one transaction; whoever is far ahead of the
/// disk waits, so that few rows are held.
final class RunRecorder: PassJournal {
  private struct State {
    var fault: AssayError?
    var doneRows: Int
  }

  /// How many chunks may wait.
  private static let capacity = 3
  /// About how many rows are written in one transaction.
  private static let batchRows = 1 << 17

  private let journal: RunJournal
  private let evaluatorCount: Int
  /// The position of the pass's first evaluator in the run.
  private let firstPosition: Int
  private let knowsRows: [Bool]
  private let queue = ChunkQueue<RunJournal.Chunk>(capacity: capacity)
  private let state: Mutex<State>
  private let ended = Signal()
  private let isOver = Atomic(false)

  /// - Parameters:
  ///   - evaluatorCount: How many evaluators the run has for each model.
  ///   - doneRows: The rows that were done before.
  init(
    _ journal: RunJournal, firstPosition: Int, evaluatorCount: Int, doneRows: Int, thread: PluginThreads
  ) throws(AssayError) {
    self.journal = journal
    self.firstPosition = firstPosition
    self.evaluatorCount = evaluatorCount
    state = Mutex(State(doneRows: doneRows))
    var knowsRows: [Bool] = []
    for position in 0..<evaluatorCount {
      knowsRows.append(try journal.hasRows(ofEvaluator: firstPosition + position))
    }
    self.knowsRows = knowsRows
    thread.submit { [self] in write() }
  }

  /// The rows that are done, each counted once for all evaluators.
  var doneRows: Int { state.withLock { $0.doneRows } / max(1, evaluatorCount) }

  // MARK: - The pass

  func part(of chunk: JournaledChunk) throws(AssayError) -> [UInt8]? {
    try journal.part(ofChunk: chunk.index, evaluator: firstPosition + chunk.evaluator)
  }

  func rows(of chunk: JournaledChunk) throws(AssayError) -> [ScoredRow] {
    guard knowsRows[chunk.evaluator] else { return [] }
    return try journal.verdicts(
      in: chunk.firstRow..<chunk.firstRow + chunk.rowCount, evaluator: firstPosition + chunk.evaluator
    ).map(ScoredRow.init)
  }

  func record(rows: [ScoredRow], of chunk: JournaledChunk) throws(AssayError) {
    try put(nil, rows, chunk)
  }

  func record(_ part: [UInt8]?, rows: [ScoredRow], of chunk: JournaledChunk) throws(AssayError) {
    try put(part, rows, chunk)
  }

  private func put(_ part: [UInt8]?, _ rows: [ScoredRow], _ chunk: JournaledChunk) throws(AssayError) {
    queue.put(
      RunJournal.Chunk(
        position: firstPosition + chunk.evaluator, index: chunk.index, firstRow: chunk.firstRow,
        rowCount: chunk.rowCount, part: part, rows: rows.map(RowVerdict.init)))
    if let fault = state.withLock({ $0.fault }) { throw fault }
  }

  // MARK: - The writer

  private func write() {
    while let first = queue.take() {
      var chunks = [first]
      var rows = first.writtenRows
      while rows < Self.batchRows, let next = queue.takeWaiting() {
        rows += next.writtenRows
        chunks.append(next)
      }
      do throws(AssayError) {
        let done = state.withLock { $0.doneRows } + Self.rowCount(of: chunks)
        try journal.record(chunks, doneRows: done / max(1, evaluatorCount))
        state.withLock { $0.doneRows = done }
      } catch {
        state.withLock { $0.fault = error }
        queue.close(discarding: true)
      }
    }
    isOver.store(true, ordering: .releasing)
    ended.raise()
  }

  /// A chunk without rows of its own counts with all of them.
  private static func rowCount(of chunks: [RunJournal.Chunk]) -> Int {
    chunks.reduce(0) { $0 + ($1.writtenRows == 0 ? $1.rowCount : $1.writtenRows) }
  }

  /// Waits until everything is written.
  ///
  /// - Throws: What the store threw.
  func finish() throws(AssayError) {
    queue.close()
    while true {
      let ticket = ended.ticket
      if isOver.load(ordering: .acquiring) { break }
      ended.wait(after: ticket)
    }
    if let fault = state.withLock({ $0.fault }) { throw fault }
  }
}

extension RowVerdict {
  fileprivate init(_ row: ScoredRow) {
    self.init(
      row: row.row, key: row.key, split: row.split, score: row.score, outcome: row.outcome,
      cause: row.cause, explanation: row.message)
    output = row.output
    expected = row.expected
    detail = row.pair?.json
  }
}

extension ScoredRow {
  fileprivate init(_ row: RowVerdict) {
    self.init(
      evaluator: "", row: row.row, key: row.key, split: row.split, score: row.score,
      outcome: row.outcome, cause: row.cause, message: row.explanation)
  }
}
