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

  @Test func `of each class is reduced on its own`() throws {
    // All classes together, without a name; a short one; and one upside down.
    let (all, short) = (curve(5000), curve(40))
    let flipped = try numbers(all, "tpr").map { $0.map { 2 - $0 } }
    let sizes: [(name: String?, count: Int)] = [(nil, 5000), ("cat", 40), ("dog", 5000)]
    let x = try numbers(all, "fpr") + numbers(short, "fpr") + numbers(all, "fpr")
    let y = try numbers(all, "tpr") + numbers(short, "tpr") + flipped
    let names = sizes.flatMap { Array(repeating: $0.name, count: $0.count) }
    let table = ResultTable(
      name: "pr_curve",
      columns: [
        .init(name: "class", values: .utf8(names)), .init(name: "recall", values: .float64(x)),
        .init(name: "precision", values: .float64(y)),
      ], plot: .line)
    let reduced = table.reduced(to: 100)
    guard case .utf8(let kept)? = reduced.column("class")?.values else {
      throw AssayError(.internal, "no texts")
    }
    #expect(kept == sizes.flatMap { Array(repeating: $0.name, count: min(100, $0.count)) })
    let (recalls, heights) = (try numbers(reduced, "recall"), try numbers(reduced, "precision"))
    for first in [0, 140] {
      #expect(recalls[first] == 0 && recalls[first + 99] == 1)
    }
    #expect(Array(heights[100..<140]) == (try numbers(short, "tpr")))
    #expect(heights[..<100].contains(1.5) && heights[140...].contains(0.5))
    // A curve alone is reduced to the same points.
    var alone = all
    alone.columns.removeLast()
    #expect(try Array(recalls[..<100]) == numbers(alone.reduced(to: 100), "fpr"))
  }
}
