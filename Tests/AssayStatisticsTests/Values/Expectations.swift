import AssayStatistics
import Testing

/// Whether a value rounds to a figure that was printed with so many decimals;
/// Scripts/published-figures.py computes the figures again with the code of others.
func prints(_ value: Double, _ figure: Double, _ decimals: Int) -> Bool {
  var unit = 1.0
  for _ in 0..<decimals { unit /= 10 }
  return abs(value - figure) <= unit * 0.5000001
}

/// Both ends within a relative tolerance, or an absolute one near 0.
func agrees(_ bounds: Bounds, _ low: Double, _ high: Double, within tolerance: Double) -> Bool {
  abs(bounds.low - low) <= tolerance * max(abs(low), 1e-3)
    && abs(bounds.high - high) <= tolerance * max(abs(high), 1e-3)
}

/// Expects a named reason, whose message says something.
func expect<Value>(
  _ cause: Undefined.Cause, sourceLocation: SourceLocation = #_sourceLocation,
  _ body: () throws(Undefined) -> Value
) {
  do throws(Undefined) {
    let value = try body()
    Issue.record("\(value) instead of \(cause)", sourceLocation: sourceLocation)
  } catch {
    #expect(error.cause == cause, "\(error)", sourceLocation: sourceLocation)
    #expect(error.message.count > 10 && !error.message.hasSuffix("."), sourceLocation: sourceLocation)
  }
}

/// How far a share of so many independent trials strays from its probability, at
/// most, but three times in a thousand: seeds are fixed, so what passes once always does.
func monteCarloError(_ probability: Double, trials: Int) -> Double {
  3 * (probability * (1 - probability) / Double(trials)).squareRoot()
}

func alternative(_ name: String) throws -> Alternative {
  try #require(Alternative(rawValue: name))
}
