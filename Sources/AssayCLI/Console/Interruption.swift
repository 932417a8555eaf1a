import AssayCore
import Glibc
import Synchronization

/// Turns Ctrl-C into the end of a run that leaves nothing half-written.
///
/// The first signal cancels the work, which then takes its own way out; the second
/// ends the process at once. Files that are not finished are removed in both cases.
enum Interruption {
  private static let partialFiles = Mutex<Set<String>>([])
  private static let cancellation = Mutex<(@Sendable () -> Void)?>(nil)

  /// Takes SIGINT and SIGTERM over for the whole process, and makes a closed pipe
  /// an error of `write`. Called before any other thread exists: threads inherit
  /// the mask.
  static func prepare() {
    _ = signal(SIGPIPE, SIG_IGN)
    var signals = watched()
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  /// Work that can be stopped in order: the next signal calls `cancel`.
  static func offer(_ cancel: @escaping @Sendable () -> Void) {
    cancellation.withLock { $0 = cancel }
  }

  /// Waits for signals; gives the main thread something to do. Not to be left to
  /// Dispatch, whose idle main thread lets every signal through.
  static func watch() -> Never {
    while true {
      waitForSignal()
      let cancel = cancellation.withLock { offered in
        defer { offered = nil }
        return offered
      }
      guard let cancel else {
        removePartialFiles()
        _exit(ExitCode.interrupted.rawValue)
      }
      cancel()
    }
  }

  /// Remembers a file that is worth nothing until it is finished.
  static func isWriting(_ path: String) {
    partialFiles.withLock { _ = $0.insert(path) }
  }

  /// Forgets a file that is finished or removed.
  static func hasWritten(_ path: String) {
    partialFiles.withLock { _ = $0.remove(path) }
  }

  private static func removePartialFiles() {
    for path in partialFiles.withLock({ $0 }) { _ = unsafe unlink(path) }
  }

  private static func watched() -> sigset_t {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe sigaddset(&signals, SIGINT)
    unsafe sigaddset(&signals, SIGTERM)
    return signals
  }

  private static func waitForSignal() {
    var signals = watched()
    var received: Int32 = 0
    while unsafe sigwait(&signals, &received) != 0 {}
  }
}
