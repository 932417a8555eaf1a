public import AssayCore
import Glibc
import Synchronization

/// Threads for calls into plugins: each with a stack of 8 MiB, none of them Swift's.
///
/// A blocking call on Swift's cooperative threads would starve everything else, and
/// plugins count on a full stack. A job that itself asks for parallel work does a
/// share of it, so that nesting never waits for a thread that is not there.
public final class PluginThreads: Sendable {
  private let queue = JobQueue()
  /// How many threads there are, or should be.
  public let count: Int
  /// Fewer than ``count`` where the system gave no more.
  private let started: Int

  /// The size of each thread's stack in bytes.
  public static let stackSize = 8 << 20

  /// - Parameter count: The number of threads; at least 1.
  public init(count: Int) {
    self.count = max(1, count)
    var started = 0
    // Where one is refused the next ones are too.
    while started < self.count, JobQueue.startThread(of: queue) { started += 1 }
    self.started = started
  }

  /// The threads end when they have done what was already asked for.
  deinit { queue.close() }

  /// Jobs that wait for one another must not wait for a thread that is not there.
  private func check() throws(AssayError) {
    guard started < count else { return }
    throw AssayError(
      .threadsUnavailable,
      "The system gives \(started) of \(count) threads with stacks of \(Self.stackSize >> 20) MiB. Run with fewer --jobs, or raise the limits of processes and memory (ulimit -u, ulimit -v).")
  }

  /// Runs a job on one of the threads, some time; never where there is none.
  public func submit(_ job: @escaping @Sendable () -> Void) { queue.push(job) }

  /// Runs work on one of the threads and waits for it without blocking a task's thread.
  ///
  /// - Throws: What the work throws; `run.no-threads`.
  public func run<Value: Sendable>(
    _ work: @escaping @Sendable () throws(AssayError) -> Value
  ) async throws(AssayError) -> Value {
    try check()
    let outcome: Result<Value, AssayError> = await withCheckedContinuation { continuation in
      submit {
        do throws(AssayError) { continuation.resume(returning: .success(try work())) } catch {
          continuation.resume(returning: .failure(error))
        }
      }
    }
    return try outcome.get()
  }

  /// Calls a body for each number below `count`, on all threads, and returns when all
  /// are done. The calling thread waits; one of the threads of this pool takes part.
  ///
  /// After a failure no further numbers are begun; of several failures the one of the
  /// lowest number is thrown.
  /// - Parameter isCancelled: Asked before each number.
  /// - Throws: What the body throws; `run.interrupted` where it was cancelled;
  ///   `run.no-threads` where the system did not give all threads.
  public func forEach(
    count: Int, isCancelled: @escaping @Sendable () -> Bool = { false },
    _ body: @escaping @Sendable (Int) throws(AssayError) -> Void
  ) throws(AssayError) {
    guard count > 0 else { return }
    try check()
    let work = SharedWork(count: count, isCancelled: isCancelled, body: body)
    let takesPart = queue.isOnThread
    let helpers = min(count, self.count) - (takesPart ? 1 : 0)
    for _ in 0..<max(0, helpers) { submit { work.run() } }
    if takesPart { work.run() }
    try work.wait()
  }

  /// As ``forEach(count:isCancelled:_:)``, with a value for each number.
  public func map<Value: Sendable>(
    count: Int, isCancelled: @escaping @Sendable () -> Bool = { false },
    _ body: @escaping @Sendable (Int) throws(AssayError) -> Value
  ) throws(AssayError) -> [Value] {
    let values = ValueSlots<Value>(count: count)
    try forEach(count: count, isCancelled: isCancelled) { (index) throws(AssayError) in
      values.set(index, try body(index))
    }
    return values.all
  }
}

/// One place for each value, filled from any thread.
private final class ValueSlots<Value: Sendable>: Sendable {
  private let slots: Mutex<[Value?]>

  init(count: Int) { slots = Mutex([Value?](repeating: nil, count: count)) }

  func set(_ index: Int, _ value: Value) { slots.withLock { $0[index] = value } }

  var all: [Value] { slots.withLock { $0.compactMap(\.self) } }
}

/// Numbers that several threads share out among themselves.
private final class SharedWork: Sendable {
  private struct Progress {
    var next = 0
    var running = 0
    var failure: (index: Int, error: AssayError)?
  }

  private let count: Int
  private let isCancelled: @Sendable () -> Bool
  private let body: @Sendable (Int) throws(AssayError) -> Void
  private let progress = Mutex(Progress())
  private let done = Monitor()

  init(
    count: Int, isCancelled: @escaping @Sendable () -> Bool,
    body: @escaping @Sendable (Int) throws(AssayError) -> Void
  ) {
    self.count = count
    self.isCancelled = isCancelled
    self.body = body
  }

  /// Takes numbers until there are none.
  func run() {
    while let index = begin() {
      var failure: AssayError?
      if isCancelled() {
        failure = AssayError(.interrupted, "The run was stopped.")
      } else {
        do throws(AssayError) { try body(index) } catch { failure = error }
      }
      end(index, failure)
    }
  }

  func wait() throws(AssayError) {
    done.wait { [self] in progress.withLock { isOver($0) } }
    if let failure = progress.withLock({ $0.failure }) { throw failure.error }
  }

  private func begin() -> Int? {
    progress.withLock { progress in
      guard progress.next < count, progress.failure == nil else { return nil }
      defer { progress.next += 1 }
      progress.running += 1
      return progress.next
    }
  }

  private func end(_ index: Int, _ failure: AssayError?) {
    progress.withLock { progress in
      progress.running -= 1
      if let failure, index < progress.failure?.index ?? .max { progress.failure = (index, failure) }
    }
    done.signalAll()
  }

  private func isOver(_ progress: Progress) -> Bool {
    progress.running == 0 && (progress.next == count || progress.failure != nil)
  }
}
