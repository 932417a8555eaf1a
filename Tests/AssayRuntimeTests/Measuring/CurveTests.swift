import AssayCore
import Testing

@testable import AssayRuntime

@Suite struct `A reduced curve` {
  /// A concave curve of n points with one corner that stands out.
  private func curve(_ n: Int, plot: ResultTable.Plot? = .line) -> ResultTable {
    let x = (0..<n).map { Double($0) / Double(n - 1) }
    var y = x.map { $0.squareRoot() }
    y[n / 3] = 1.5
    return ResultTable(
      name: "roc_curve",
      columns: [
        .init(name: "fpr", values: .float64(x)), .init(name: "tpr", values: .float64(y)),
        .init(name: "threshold", values: .float64([nil] + x.dropFirst().map { 1 - $0 })),
      ], plot: plot)
  }

  private func numbers(_ table: ResultTable, _ name: String) throws -> [Double?] {
    guard case .float64(let values)? = table.column(name)?.values else {
      throw AssayError(.internal, "no numbers")
    }
    return values
  }

  @Test(arguments: [1001, 5000, 100_000]) func `keeps ends, corner and shape`(n: Int) throws {
    let whole = curve(n)
    let reduced = whole.reduced(to: 1000)
    #expect(reduced.rowCount == 1000)
    let (x, y) = (try numbers(reduced, "fpr").map { $0 ?? .nan }, try numbers(reduced, "tpr").map { $0 ?? .nan })
    #expect(x.first == 0 && x.last == 1)
    #expect(y.contains(1.5))
    #expect(try numbers(reduced, "threshold").first == .some(nil))
    #expect(x == x.sorted())
    // The area under the reduced curve is nearly that under the whole one.
    var area = 0.0
    for i in x.indices.dropFirst() { area += (x[i] - x[i - 1]) * (y[i] + y[i - 1]) / 2 }
    #expect(abs(area - 2.0 / 3) < 2e-3)
  }

  @Test func `is left as it is where it is short or no curve`() {
    #expect(curve(1000).reduced(to: 1000) == curve(1000))
    #expect(curve(5000, plot: nil).reduced(to: 1000).rowCount == 5000)
    #expect(curve(5000, plot: .bars).reduced(to: 1000).rowCount == 5000)
  }

  @Test func `has as few points as asked for, and its landmarks in any case`() {
    #expect(curve(5000).reduced(to: 50).rowCount == 50)
    #expect(curve(5000).reduced(to: 1).rowCount >= 2)
  }
}
