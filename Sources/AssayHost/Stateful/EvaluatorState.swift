public import AssayArrow
public import AssayCore
import CAssayPlugin
import Synchronization

/// A state of a stateful evaluator: what it knows of the rows that it has seen.
///
/// One call at a time, on any thread; ``resample(seed:first:count:wants:)`` alone may
/// run on several threads at once, once ``prepareResample()`` is through. After a
/// failure a state is poisoned: every further call says so. The plugin's memory is
/// given back exactly once, with the last reference.
@safe
public final class EvaluatorState: Sendable {
  enum Stage: Sendable {
    case ready
    /// Ready to be resampled and finished; this many calls are resampling.
    case prepared(inside: Int)
    case finished
    /// Merged into another state, which has taken what was in it.
    case consumed
    case poisoned(String)
  }

  private let program: StatefulProgram
  private let stage = Mutex(Stage.ready)
  private let rows: Atomic<Int>
  // Safety: set by the initialiser; the plugin's functions get it one at a time, or
  // as the contract of `resample` allows.
  nonisolated(unsafe) private let state: UnsafeMutableRawPointer?

  /// A fresh state.
  init(creating program: StatefulProgram) throws(AssayError) {
    self.program = program
    rows = Atomic(0)
    unsafe state = try Self.make(program, .create) { _ in nil }
  }

  /// A state from the body of a saved one.
  init(loading body: [UInt8], rows: Int, of program: StatefulProgram) throws(AssayError) {
    self.program = program
    self.rows = Atomic(rows)
    let kept = KeptBytes(body)
    unsafe state = try Self.make(program, .load) { what in
      switch what {
      case .saved: kept.address
      case .savedLength: UInt64(body.count)
      default: nil
      }
    }
    withExtendedLifetime(kept) {}
  }

  deinit {
    guard program.has(.destroy) else { return }
    do throws(AssayError) {
      // Safety: the only place, and nobody else has the state any more.
      try unsafe program.call(.destroy) { [self] in unsafe bits($0) }
    } catch {
      program.services.log(level: Int(LogLevel.error.rawValue), error.message)
    }
  }

  /// The number of rows that went in, through merges too.
  public var rowCount: Int { rows.load(ordering: .relaxed) }

  /// Whether replicates can be drawn from this state.
  public var canResample: Bool { program.has(.resample) }

  /// Whether the state can be written down and read again.
  public var canSave: Bool { program.has(.save) && program.has(.load) }

  /// Whether states of this evaluator can be merged.
  public var canMerge: Bool { program.has(.merge) }

  /// Adds rows.
  ///
  /// - Parameter firstRow: The number of the first of them in its source, for errors.
  /// - Throws: What the plugin says, with the row in `details`; `plugin.exception`;
  ///   `plugin.poisoned-state`.
  public func update(_ batch: RecordBatch, firstRow: Int = 0) throws(AssayError) {
    try once("be updated") { () throws(AssayError) in
      try unsafe program.call(.update, batch: batch, firstRow: firstRow) { unsafe bits($0) }
    }
    rows.add(batch.rowCount, ordering: .relaxed)
  }

  /// Adds what another state knows. The other is used up.
  public func merge(_ other: EvaluatorState) throws(AssayError) {
    guard other !== self, other.program === program || other.program.identity == program.identity
    else {
      throw AssayError(
        .pluginUnsupported,
        "A state of \(other.program.name) cannot be merged into this one of \(program.name): they are the same state, or were made with other parameters.")
    }
    try once("be merged into") { () throws(AssayError) in
      try other.take()
      try unsafe program.call(.merge) { what in
        switch what {
        case .into, .state: unsafe bits(.state)
        case .from: unsafe other.bits(.state)
        default: nil
        }
      }
    }
    rows.add(other.rowCount, ordering: .relaxed)
  }

  /// Reports the metrics and tables.
  ///
  /// - Parameters:
  ///   - intervalLevel: Such as 0.95; nil asks the plugin for no intervals.
  ///   - wants: Which metrics and tables the run needs, by name.
  /// - Throws: `plugin.misbehaved` where it reports what it did not declare.
  public func finish(
    intervalLevel: Double? = nil, wants: @escaping (String) -> Bool = { _ in true }
  ) throws(AssayError) -> Findings {
    let sink = FindingsSink(contract: program.contract, wants: wants)
    let next: Stage = program.finishConsumes ? .finished : .ready
    try once("be finished", then: next, allowsPrepared: true) { () throws(AssayError) in
      try unsafe SinkTables([sink], intervalLevel: intervalLevel ?? 0).withAddress {
        (address) throws(AssayError) in
        try unsafe program.call(.finish) { unsafe $0 == .sink ? address : bits($0) }
      }
      if let fault = sink.fault { throw fault }
    }
    return sink.findings
  }

  /// Lets the plugin make ready for ``resample(seed:first:count:wants:)``.
  public func prepareResample() throws(AssayError) {
    try once("be resampled", then: .prepared(inside: 0)) { () throws(AssayError) in
      try unsafe program.call(.resample) { what in
        switch what {
        case .seed, .first, .count, .sinks: 0
        default: unsafe bits(what)
        }
      }
    }
  }

  /// Draws the replicates `first ..< first + count`; the same whoever asks for them.
  public func resample(
    seed: UInt64, first: Int, count: Int, wants: @escaping (String) -> Bool = { _ in true }
  ) throws(AssayError) -> [Findings] {
    guard count > 0 else { return [] }
    try enterResampling()
    defer { leaveResampling() }
    let sinks = (0..<count).map { _ in FindingsSink(contract: program.contract, wants: wants) }
    do throws(AssayError) {
      try unsafe SinkTables(sinks, intervalLevel: 0).withAddress { (address) throws(AssayError) in
        try unsafe program.call(.resample) { what in
          switch what {
          case .seed: seed
          case .first: UInt64(bitPattern: Int64(first))
          case .count: UInt64(count)
          case .sinks, .sink: address
          default: unsafe bits(what)
          }
        }
      }
      if let fault = sinks.lazy.compactMap(\.fault).first { throw fault }
    } catch {
      poison(error)
      throw error
    }
    return sinks.map(\.findings)
  }

  /// The state as bytes, in the host's envelope.
  public func save() throws(AssayError) -> [UInt8] {
    let writer = StateWriter()
    try once("be saved") { () throws(AssayError) in
      try unsafe writer.withTable { (address) throws(AssayError) in
        try unsafe program.call(.save) { unsafe $0 == .writer ? address : bits($0) }
      }
    }
    return SavedState(identity: program.identity, rows: rowCount, body: writer.bytes).encoded()
  }

  /// Per-row results of a batch: an array that the plugin makes, a value a row.
  public func evaluate(_ batch: RecordBatch, firstRow: Int = 0) throws(AssayError) -> RecordBatch {
    let output = ArrowOutput()
    try once("evaluate rows") { () throws(AssayError) in
      try unsafe program.call(.evaluate, batch: batch, firstRow: firstRow) { what in
        switch what {
        case .output: output.arrayAddress
        case .outputSchema: output.schemaAddress
        default: unsafe bits(what)
        }
      }
    }
    let result = try output.batch(calling: program.name)
    guard result.rowCount == batch.rowCount else {
      throw AssayError(
        .pluginMisbehaved,
        "\(program.name): evaluate answered \(result.rowCount) rows for \(batch.rowCount).")
    }
    return result
  }

  @unsafe
  private func bits(_ what: CallPlan.Context) -> UInt64? {
    what == .state ? UInt64(UInt(bitPattern: unsafe state)) : nil
  }

  @unsafe
  private static func make(
    _ program: StatefulProgram, _ role: StatefulProgram.Role,
    _ supply: (CallPlan.Context) -> UInt64?
  ) throws(AssayError) -> UnsafeMutableRawPointer? {
    let out = UnsafeMutablePointer<UnsafeMutableRawPointer?>.allocate(capacity: 1)
    unsafe out.initialize(to: nil)
    defer { unsafe out.deallocate() }
    try unsafe program.call(role) { what in
      what == .stateOut ? UInt64(UInt(bitPattern: out)) : supply(what)
    }
    return unsafe out.pointee
  }
}

// MARK: - Stages

extension EvaluatorState {
  /// Runs a call that needs the state for itself; a failure poisons the state.
  private func once(
    _ intent: String, then next: Stage = .ready, allowsPrepared: Bool = false,
    _ body: () throws(AssayError) -> Void
  ) throws(AssayError) {
    let outcome: Result<Void, AssayError> = stage.withLock { stage in
      do throws(AssayError) {
        try check(stage, intent, allowsPrepared: allowsPrepared)
        do throws(AssayError) { try body() } catch {
          if error.code != .pluginUnsupported || !isMissingFunction(error) {
            stage = .poisoned(error.message)
          }
          throw error
        }
        stage = next
        return .success(())
      } catch { return .failure(error) }
    }
    try outcome.get()
  }

  /// A function that is not there cannot have broken anything.
  private func isMissingFunction(_ error: AssayError) -> Bool { error.details["status"] == nil }

  private func check(_ stage: Stage, _ intent: String, allowsPrepared: Bool) throws(AssayError) {
    switch stage {
    case .ready: return
    case .prepared(inside: 0) where allowsPrepared: return
    case .prepared: throw unusable("it was prepared for resampling", intent)
    case .finished: throw unusable("it was finished", intent)
    case .consumed: throw unusable("it was merged into another one", intent)
    case .poisoned(let message): throw unusable("an earlier call failed: \(message)", intent)
    }
  }

  private func unusable(_ reason: String, _ intent: String) -> AssayError {
    AssayError(.pluginPoisoned, "This state of \(program.name) cannot \(intent): \(reason)")
  }

  private func take() throws(AssayError) {
    let outcome: Result<Void, AssayError> = stage.withLock { stage in
      do throws(AssayError) {
        try check(stage, "be merged", allowsPrepared: false)
        stage = .consumed
        return .success(())
      } catch { return .failure(error) }
    }
    try outcome.get()
  }

  private func enterResampling() throws(AssayError) {
    let error: AssayError? = stage.withLock { stage in
      switch stage {
      case .prepared(let inside):
        stage = .prepared(inside: inside + 1)
        return nil
      case .ready: return unusable("it was not prepared for that", "be resampled")
      case .finished: return unusable("it was finished", "be resampled")
      case .consumed: return unusable("it was merged into another one", "be resampled")
      case .poisoned(let text): return unusable("an earlier call failed: \(text)", "be resampled")
      }
    }
    if let error { throw error }
  }

  private func leaveResampling() {
    stage.withLock { stage in
      if case .prepared(let inside) = stage { stage = .prepared(inside: inside - 1) }
    }
  }

  private func poison(_ error: AssayError) {
    stage.withLock { stage in stage = .poisoned(error.message) }
  }
}
