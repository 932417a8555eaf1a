import AssayCore
import AssayRuntime
import Glibc
import Synchronization

/// Turns Ctrl-C into the end of a run that leaves nothing half-written.
///
/// The first signal cancels the work, which then takes its own way out; a second one
/// ends the process at once, and so does a while without an end: work that waits for
/// standard input, or in a plugin, cannot be stopped in order. Files that are not
/// finished are removed in every case.
enum Interruption {
  /// How long work that was cancelled may take to end, in seconds.
  private static let patience = 3

  /// By path, what removes it.
  private static let partialFiles = Mutex<[String: @Sendable () -> Void]>([:])
  private static let cancellation = Mutex<(@Sendable () -> Void)?>(nil)

  /// Takes SIGINT and SIGTERM over for the whole process, and makes a closed pipe
  /// and a file that must not grow errors of `write`. Called before any other thread
  /// exists: threads inherit the mask.
  static func prepare() {
    _ = signal(SIGPIPE, SIG_IGN)
    _ = signal(SIGXFSZ, SIG_IGN)
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
    waitForSignal()
    let cancel = cancellation.withLock { $0 }
    if let cancel {
      cancel()
      waitForSignal(seconds: patience)
    }
    Console.say("assay: The run was stopped.")
    removePartialFiles()
    _exit(ExitCode.interrupted.rawValue)
  }

  /// Remembers a file that is worth nothing until it is finished.
  static func isWriting(_ path: String) {
    isWriting(path) { unsafe _ = unlink(path) }
  }

  /// Remembers something that is worth nothing until it is finished, and what removes it.
  static func isWriting(_ path: String, remove: @escaping @Sendable () -> Void) {
    partialFiles.withLock { $0[path] = remove }
  }

  /// Forgets a file that is finished or removed.
  static func hasWritten(_ path: String) {
    partialFiles.withLock { $0[path] = nil }
  }

  /// A folder for copies that nobody keeps; gone in every case, too.
  static func temporaryFolder() -> TemporaryFolder {
    TemporaryFolder { path in isWriting(path) { TemporaryFolder.remove(path) } }
  }

  private static func removePartialFiles() {
    for remove in partialFiles.withLock({ $0 }).values { remove() }
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

  /// Waits for a signal, but no longer than that.
  private static func waitForSignal(seconds: Int) {
    var signals = watched()
    var limit = timespec(tv_sec: seconds, tv_nsec: 0)
    while unsafe sigtimedwait(&signals, nil, &limit) < 0, errno == EINTR {}
  }
}
