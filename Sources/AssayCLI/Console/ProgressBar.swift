import AssayRuntime
import Glibc
import Synchronization

/// One line on a terminal that says how far a run is.
///
/// It appears only when the work takes longer than a moment, and leaves nothing
/// behind.
final class ProgressBar: Sendable {
  private struct State {
    var lastDrawn: Double
    var isVisible = false
    var isOver = false
  }

  /// What passes without a bar, and the time between two drawings.
  private static let patience = 0.3
  private static let interval = 0.1

  private let width: Int
  private let start: Double
  private let state: Mutex<State>

  init(terminal: Terminal) {
    width = terminal.width
    start = Self.now()
    state = Mutex(State(lastDrawn: start + Self.patience - Self.interval))
  }

  /// Called from any thread.
  func show(_ progress: RunProgress) {
    let time = Self.now()
    state.withLock { state in
      guard !state.isOver, time - state.lastDrawn >= Self.interval else { return }
      state.lastDrawn = time
      state.isVisible = true
      _ = Console.write("\r\u{1B}[K" + line(for: progress, seconds: time - start), to: .error)
    }
  }

  /// Wipes the line.
  func finish() {
    state.withLock { state in
      if state.isVisible { _ = Console.write("\r\u{1B}[K", to: .error) }
      state.isVisible = false
      state.isOver = true
    }
  }

  private func line(for progress: RunProgress, seconds: Double) -> String {
    let action =
      switch progress.stage {
      case .reading: "Evaluating"
      case .resampling: "Resampling"
      }
    var text = action
    if let fraction = progress.fraction {
      let cells = 24
      let full = Int((min(max(fraction, 0), 1) * Double(cells)).rounded())
      text += " " + String(repeating: "█", count: full) + String(repeating: "░", count: cells - full)
      text += " \(Int(fraction * 100)) %"
    }
    if progress.rows > 0 {
      text += " \(grouped(progress.rows)) rows, \(grouped(Int(Double(progress.rows) / seconds))) a second"
    }
    return String(text.prefix(max(10, width - 1)))
  }

  /// A number with a thin mark between thousands.
  private func grouped(_ number: Int) -> String {
    var digits = Array(String(number))
    var index = digits.count - 3
    while index > 0 {
      digits.insert(",", at: index)
      index -= 3
    }
    return String(digits)
  }

  /// Seconds of a clock that only goes forward.
  private static func now() -> Double {
    var time = timespec()
    // Safety: the call fills a structure that lives here.
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
