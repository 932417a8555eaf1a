import AssayArrow
import AssayCore
import AssayHost
import Synchronization

/// One pass of several evaluators over the rows.
///
/// One thread reads and cuts chunks, the others evaluate them; every bit of the
/// result depends on the chunk numbers alone.
final class Pass: Sendable {
  private let plan: PassPlan
  private let control: RunControl
  private let threads: PluginThreads
  /// The distinct sizes of chunks; every evaluator takes part in one of them.
  private let sizes: [Int]
  private let trees: [MergeTree<Part>]
  private let emitters: [RowEmitter?]
  private let journal: (any PassJournal)?
  private let queue: ChunkQueue<Work>
  private let failure = Mutex<Failure?>(nil)
  /// By evaluator, the first chunk on which it broke.
  private let faults = Mutex<[Int: Failure]>([:])

  private struct Work: Sendable {
    var size: Int
    var index: Int
    var batch: RecordBatch
  }

  /// What went wrong, and where; the earliest place counts.
  private struct Failure: Sendable {
    var place: (row: Int, evaluator: Int)
    var error: AssayError
  }

  /// - Parameters:
  ///   - threads: At least one more than the plan's jobs.
  ///   - journal: Knows the chunks that are done; those that the rows are wanted of are
  ///     done again.
  init(
    _ plan: PassPlan, control: RunControl, threads: PluginThreads, sink: (any RowSink)? = nil,
    journal: (any PassJournal)? = nil
  ) {
    precondition(threads.count > plan.jobs)
    self.plan = plan
    self.control = control
    self.threads = threads
    self.journal = journal
    sizes = Set(plan.evaluators.map(\.chunkRows)).sorted()
    let limit = plan.problemLimit
    trees = plan.evaluators.map { _ in
      MergeTree { (into, later) throws(AssayError) in
        try into.merge(later, problemLimit: limit)
      }
    }
    let sink = sink.map(SerialSink.init)
    emitters = plan.evaluators.map { evaluator in
      guard evaluator.engine.givesRows, let sink else { return nil }
      return RowEmitter(sink, window: plan.jobs + 4)
    }
    queue = ChunkQueue(capacity: plan.jobs + 2)
  }

  /// Reads the stream to its end.
  ///
  /// - Returns: For each evaluator what it knows of all rows, or the error that
  ///   made it useless; nil where there was no row.
  /// - Throws: The error of the earliest row, and `run.interrupted`.
  func run(_ stream: any BatchStream) throws(AssayError) -> [Result<Part?, AssayError>] {
    // Only the number 0 touches the stream. There is a thread for each number, so
    // that the reader may wait for the others.
    let source = SingleThreaded(stream)
    try threads.forEach(count: plan.jobs + 1) { index in
      if index == 0 { self.read(source.value) } else { self.work() }
    }
    try control.check()
    if let failure = failure.withLock({ $0 }) { throw failure.error }
    let faults = faults.withLock { $0 }
    var results: [Result<Part?, AssayError>] = []
    for (index, tree) in trees.enumerated() {
      if let fault = faults[index] {
        results.append(.failure(fault.error))
        continue
      }
      do throws(AssayError) {
        results.append(.success(try tree.finish()))
      } catch where error.isFaultOfEvaluator {
        results.append(.failure(error))
      } catch {
        throw error
      }
    }
    return results
  }

  // MARK: - Reading

  private func read(_ stream: any BatchStream) {
    var cutters = sizes.map { ChunkCutter(chunkRows: $0) }
    var counts = [Int](repeating: 0, count: sizes.count)
    func put(_ batch: RecordBatch, _ size: Int) {
      queue.put(Work(size: size, index: counts[size], batch: batch))
      counts[size] += 1
    }
    var rows = 0
    do throws(AssayError) {
      while !isOver, let batch = try stream.next() {
        rows += batch.rowCount
        control.report(rows: rows)
        for size in sizes.indices {
          cutters[size].append(batch) { chunk in put(chunk, size) }
        }
      }
      for size in sizes.indices {
        if let rest = cutters[size].finish() { put(rest, size) }
      }
    } catch {
      fail(error, row: rows, evaluator: -1)
    }
    queue.close()
  }

  // MARK: - Evaluating

  private func work() {
    while let work = queue.take() {
      let firstRow = work.index * sizes[work.size]
      guard isNeeded(row: firstRow) else { continue }
      let chunk = Chunk(index: work.index, firstRow: firstRow, batch: work.batch, plan: plan)
      for (number, evaluator) in plan.evaluators.enumerated()
      where evaluator.chunkRows == sizes[work.size] && isNeeded(row: firstRow, by: number) {
        evaluate(number, evaluator, chunk)
      }
    }
  }

  private func evaluate(_ number: Int, _ evaluator: EvaluatorPlan, _ chunk: Chunk) {
    do throws(AssayError) {
      let wantsRows = emitters[number] != nil
      let (part, rows) =
        if let journal {
          try evaluator.process(chunk, at: number, in: plan, wantsRows: wantsRows, journal: journal)
        } else {
          try evaluator.process(chunk, in: plan, wantsRows: wantsRows)
        }
      try emitters[number]?.submit(rows, at: chunk.index)
      try trees[number].insert(part, at: chunk.index)
    } catch where error.code == .interrupted {
      // Somebody else says why.
      emitters[number]?.abandon()
    } catch where error.isFaultOfEvaluator {
      mark(number, Failure(place: (chunk.firstRow, number), error: error))
    } catch {
      fail(error, row: chunk.firstRow, evaluator: number)
    }
  }

  private func mark(_ number: Int, _ failure: Failure) {
    faults.withLock { faults in
      guard let earlier = faults[number], earlier.place.row <= failure.place.row else {
        faults[number] = failure
        return
      }
    }
    emitters[number]?.abandon()
  }

  /// Whether a chunk can still matter: what lies behind the first error does not,
  /// what lies before it may hold an earlier one.
  private func isNeeded(row: Int) -> Bool {
    !control.isCancelled && failure.withLock { $0.map { row <= $0.place.row } ?? true }
  }

  private func isNeeded(row: Int, by number: Int) -> Bool {
    faults.withLock { $0[number].map { row <= $0.place.row } ?? true }
  }

  private var isOver: Bool {
    control.isCancelled || failure.withLock { $0 != nil }
  }

  /// Keeps the error of the earliest place: chunks before it are still worked on.
  private func fail(_ error: AssayError, row: Int, evaluator: Int) {
    failure.withLock { failure in
      let place = (row, evaluator)
      if let earlier = failure, earlier.place <= place { return }
      failure = Failure(place: place, error: error)
    }
    for emitter in emitters { emitter?.abandon() }
  }
}

/// Carries a value to the one thread that uses it.
struct SingleThreaded<Value>: @unchecked Sendable {
  // Invariant: one thread at a time touches the value.
  let value: Value
  init(_ value: Value) { self.value = value }
}
