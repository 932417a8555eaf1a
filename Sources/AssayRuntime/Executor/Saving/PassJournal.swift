import AssayCore

/// Remembers which chunks of a pass are done, beyond the life of the process.
///
/// A pass asks before it evaluates a chunk and tells after it; what a journal has is not
/// done again. Used from several threads at once.
protocol PassJournal: Sendable {
  /// What a chunk left; nil for one that is not done.
  func part(of chunk: JournaledChunk) throws(AssayError) -> [UInt8]?

  /// Keeps what a chunk left, and the rows that were scored, both or neither.
  func record(_ part: [UInt8], rows: [ScoredRow], of chunk: JournaledChunk) throws(AssayError)
}

/// Which chunk of which evaluator is meant.
struct JournaledChunk: Sendable, Hashable {
  /// The position of the evaluator in the run.
  var evaluator: Int
  var index: Int
  var firstRow: Int
  var rowCount: Int
}

extension EvaluatorPlan {
  /// What the evaluator makes of a chunk, or has made of it before.
  func process(
    _ chunk: Chunk, at position: Int, in plan: PassPlan, wantsRows: Bool, journal: any PassJournal
  ) throws(AssayError) -> (Part, [ScoredRow]) {
    let place = JournaledChunk(
      evaluator: position, index: chunk.index, firstRow: chunk.firstRow, rowCount: chunk.batch.rowCount)
    if !wantsRows, let bytes = try journal.part(of: place) {
      return (try Part(saved: bytes, states: engine.states), [])
    }
    let (part, rows) = try process(chunk, in: plan, wantsRows: true)
    if let bytes = try part.saved() { try journal.record(bytes, rows: rows, of: place) }
    return (part, rows)
  }
}

extension Engine {
  /// What makes the states; nil for an evaluator without.
  fileprivate var states: (any StateMaking)? {
    if case .stateful(let maker) = self { maker } else { nil }
  }
}
