import AssayCore
import Synchronization

/// Brings the rows of chunks, which are done in any order, into the order of the run.
///
/// Whoever is far ahead waits, so that few rows are held; the chunk whose turn it
/// is never waits.
final class RowEmitter: Sendable {
  private struct State {
    var next = 0
    var waiting: [Int: [ScoredRow]] = [:]
    var isWriting = false
    var fault: AssayError?
  }

  private let sink: any RowSink
  private let window: Int
  private let state = Mutex(State())
  private let advanced = Signal()

  init(_ sink: any RowSink, window: Int) {
    self.sink = sink
    self.window = window
  }

  /// Hands over the rows of a chunk; every chunk's are handed over once.
  ///
  /// - Throws: What the sink threw, now or before.
  func submit(_ rows: [ScoredRow], at index: Int) throws(AssayError) {
    while true {
      let ticket = advanced.ticket
      let isPlaced = state.withLock { state in
        guard state.fault == nil, index < state.next + window else { return state.fault != nil }
        state.waiting[index] = rows
        return true
      }
      if isPlaced { break }
      advanced.wait(after: ticket)
    }
    drain()
    if let fault = state.withLock({ $0.fault }) { throw fault }
  }

  /// Lets everybody go who waits, because the run is over.
  func abandon() {
    state.withLock { state in
      if state.fault == nil { state.fault = AssayError(.interrupted, "The run was stopped.") }
    }
    advanced.raise()
  }

  /// Writes what is due, one thread at a time.
  private func drain() {
    while true {
      let due = state.withLock { state -> [ScoredRow]? in
        guard !state.isWriting, state.fault == nil,
          let rows = state.waiting.removeValue(forKey: state.next)
        else { return nil }
        state.isWriting = true
        return rows
      }
      guard let due else { return }
      var fault: AssayError?
      do throws(AssayError) { try sink.receive(due) } catch { fault = error }
      state.withLock { state in
        state.next += 1
        state.isWriting = false
        if let fault { state.fault = fault }
      }
      advanced.raise()
    }
  }
}

/// Lets several evaluators write to one sink, one at a time.
final class SerialSink: RowSink {
  private let sink: Mutex<any RowSink>

  init(_ sink: any RowSink) { self.sink = Mutex(sink) }

  func receive(_ rows: [ScoredRow]) throws(AssayError) {
    try sink.withLock { (sink) throws(AssayError) in try sink.receive(rows) }
  }
}
