import Glibc

/// Two ways to score a batch of rows, measured in turn.
///
/// In CPU time of this thread, which other work on the machine disturbs less than the
/// clock on the wall.
struct ComparedPair {
  var name: String
  /// What the ratio should be at most; nil where it is shown only.
  var target: Double?
  var rows: Int
  /// Without Assay.
  var bare: () -> Void
  /// Through the host.
  var host: () -> Void

  private static let rounds = 41

  /// A line with both times a row and their ratio, medians of the rounds.
  func measured() -> String {
    // About 15 ms a measurement, however fast the call is.
    let batches = max(1, Int(0.015 / max(1e-9, seconds(bare, batches: 4) / 4)))
    var times: (bare: [Double], host: [Double]) = ([], [])
    for _ in 0..<Self.rounds {
      times.bare.append(seconds(bare, batches: batches))
      times.host.append(seconds(host, batches: batches))
    }
    let nanoseconds = 1e9 / Double(rows * batches)
    let (bare, host) = (median(times.bare) * nanoseconds, median(times.host) * nanoseconds)
    let ratio = host / bare
    var line = "\(padded(name, to: 40)) bare \(decimal(bare)) ns/row   host \(decimal(host)) ns/row   \(decimal(ratio))x"
    if let target { line += "   goal \(decimal(target))x \(ratio <= target ? "reached" : "MISSED")" }
    return line
  }

  private func seconds(_ work: () -> Void, batches: Int) -> Double {
    let start = processorSeconds()
    for _ in 0..<batches { work() }
    return processorSeconds() - start
  }
}

private func processorSeconds() -> Double {
  var time = timespec()
  unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

private func padded(_ text: String, to width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.count))
}

/// Three decimals, without a formatter.
private func decimal(_ value: Double) -> String {
  let thousandths = Int((value * 1000).rounded())
  let fraction = String(thousandths % 1000)
  return "\(thousandths / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)"
}
