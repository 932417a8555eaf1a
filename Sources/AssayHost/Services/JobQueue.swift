import Glibc
import Synchronization

/// Jobs in the order in which they came, and the threads that take them.
final class JobQueue: Sendable {
  private struct Jobs {
    var waiting: [@Sendable () -> Void] = []
    var first = 0
    var isClosed = false
  }

  private let jobs = Mutex(Jobs())
  private let news = Monitor()
  private let threads = Mutex<Set<UInt>>([])

  func push(_ job: @escaping @Sendable () -> Void) {
    jobs.withLock { $0.waiting.append(job) }
    news.signalAll()
  }

  func close() {
    jobs.withLock { $0.isClosed = true }
    news.signalAll()
  }

  /// Whether the calling thread is one that takes jobs from here.
  var isOnThread: Bool { threads.withLock { $0.contains(currentThread) } }

  /// The next job; waits for one. nil when there will be none.
  private func pop() -> (@Sendable () -> Void)? {
    var job: (@Sendable () -> Void)?
    news.wait { [self] in
      jobs.withLock { jobs in
        if jobs.first < jobs.waiting.count {
          job = jobs.waiting[jobs.first]
          jobs.first += 1
          if jobs.first == jobs.waiting.count {
            jobs.waiting.removeAll(keepingCapacity: true)
            jobs.first = 0
          }
          return true
        }
        return jobs.isClosed
      }
    }
    return job
  }

  private func serve() {
    let thread = currentThread
    threads.withLock { _ = $0.insert(thread) }
    while let job = pop() { job() }
    threads.withLock { _ = $0.remove(thread) }
  }

  /// Starts a thread that takes jobs until the queue is closed and empty.
  ///
  /// - Returns: Whether the system gave one.
  static func startThread(of queue: JobQueue) -> Bool {
    var attributes = pthread_attr_t()
    unsafe pthread_attr_init(&attributes)
    unsafe pthread_attr_setstacksize(&attributes, PluginThreads.stackSize)
    unsafe pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    var thread = pthread_t()
    let retained = unsafe Unmanaged.passRetained(queue).toOpaque()
    let status = unsafe pthread_create(&thread, &attributes, { context in
      // Safety: retained for this thread, which gives it back here.
      if let context = unsafe context {
        unsafe Unmanaged<JobQueue>.fromOpaque(context).takeRetainedValue().serve()
      }
      return nil
    }, retained)
    if status != 0 { unsafe Unmanaged<JobQueue>.fromOpaque(retained).release() }
    unsafe pthread_attr_destroy(&attributes)
    return status == 0
  }
}

private var currentThread: UInt { UInt(pthread_self()) }

/// A condition that threads wait for.
@safe
final class Monitor: Sendable {
  // Safety: the system's own types for use by several threads, at addresses that stay.
  nonisolated(unsafe) private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  nonisolated(unsafe) private let condition: UnsafeMutablePointer<pthread_cond_t>

  init() {
    unsafe mutex = .allocate(capacity: 1)
    unsafe condition = .allocate(capacity: 1)
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_cond_init(condition, nil)
  }

  deinit {
    unsafe pthread_mutex_destroy(mutex)
    unsafe pthread_cond_destroy(condition)
    unsafe mutex.deallocate()
    unsafe condition.deallocate()
  }

  /// Waits until the condition holds; it is asked again after every signal.
  func wait(_ holds: () -> Bool) {
    unsafe pthread_mutex_lock(mutex)
    while !holds() { unsafe pthread_cond_wait(condition, mutex) }
    unsafe pthread_mutex_unlock(mutex)
  }

  func signalAll() {
    unsafe pthread_mutex_lock(mutex)
    unsafe pthread_cond_broadcast(condition)
    unsafe pthread_mutex_unlock(mutex)
  }
}
