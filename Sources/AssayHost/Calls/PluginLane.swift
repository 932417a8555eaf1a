import AssayCore
import Synchronization

/// Which calls into one plugin may overlap, kept.
final class PluginLane: Sendable {
  /// As manifests say it.
  enum Rule: Sendable {
    /// The plugin sees to it itself; calls on one state are kept apart by the state.
    case free
    /// One call at a time.
    case single
    /// One call at a time, and always on the same thread.
    case pinned
  }

  private let lock = Mutex(())
  private let thread: PluginThreads?
  private let rule: Rule

  init(_ rule: Rule) {
    self.rule = rule
    thread = rule == .pinned ? PluginThreads(count: 1) : nil
  }

  /// Runs a call as the rule asks.
  func run<Value>(_ body: () throws(AssayError) -> Value) throws(AssayError) -> Value {
    switch rule {
    case .free: return try body()
    case .single:
      let outcome: Result<Value, AssayError> = lock.withLock { _ in
        let outcome = UncheckedBox(result(of: body))
        return outcome.value
      }
      return try outcome.get()
    case .pinned: return try runPinned(body)
    }
  }

  private func runPinned<Value>(_ body: () throws(AssayError) -> Value) throws(AssayError) -> Value {
    guard let thread else { return try body() }
    let place = UncheckedBox<Result<Value, AssayError>?>(nil)
    try withoutActuallyEscaping({ place.value = result(of: body) }) { (work) throws(AssayError) in
      // Emptied by the job itself: the pool may hold the job a little longer than
      // this waits, and the closure must be gone by then.
      let box = UncheckedBox<(() -> Void)?>(work)
      try thread.forEach(count: 1) { _ in box.take()?() }
    }
    guard let outcome = place.value else { throw AssayError(.internal, "A pinned call did not run.") }
    return try outcome.get()
  }
}

private func result<Value>(of body: () throws(AssayError) -> Value) -> Result<Value, AssayError> {
  do throws(AssayError) { return .success(try body()) } catch { return .failure(error) }
}

/// Carries something to the one thread that uses it while this one waits.
private final class UncheckedBox<Value>: @unchecked Sendable {
  // Safety: the other thread is done with it before this one goes on.
  var value: Value
  init(_ value: Value) { self.value = value }
}

extension UncheckedBox where Value == (() -> Void)? {
  func take() -> (() -> Void)? {
    defer { value = nil }
    return value
  }
}
