import AssayArrow
import Testing

@testable import AssayRuntime

@Suite struct `Columns to slice by` {
  /// A column, and the value of each of its rows as a result writes it.
  struct Written: Sendable, CustomTestStringConvertible {
    var column: Column
    var texts: [String]
    var testDescription: String { "\(column.type.name): \(texts)" }

    init(_ column: Column, _ texts: [String]) { (self.column, self.texts) = (column, texts) }
  }

  @Test(arguments: [
    Written(Column(["b", "a", "b", nil, "null", "", "a long text, over a word"]),
      ["b", "a", "b", "null", "null", "", "a long text, over a word"]),
    Written(Column([7, nil, -7, 7] as [Int64?]), ["7", "null", "-7", "7"]),
    Written(Column([0, -0.0, 0.5, nil, 0.5] as [Double?]), ["0", "0", "0.5", "null", "0.5"]),
    Written(Column([1.5, 2, 1.5] as [Float]), ["1.5", "2", "1.5"]),
    Written(Column((0..<500).map { Int64($0 % 200) }), (0..<500).map { String($0 % 200) }),
    Written(Column((0..<500).map { "group \($0 % 200)" as String? }), (0..<500).map { "group \($0 % 200)" }),
  ])
  func `put each row under its own value`(written: Written) {
    let batch = RecordBatch(["a": written.column])
    let rows = batch.rowNumbers.filter { $0 % 5 != 4 }
    let groups = SliceColumns(names: ["a"], positions: [0]).groups(of: batch, rows: rows)
    #expect(groups == Dictionary(grouping: rows) { [written.texts[Int($0)]] })
  }

  @Test func `put each row under its own combination of values`() {
    let (a, b) = ((0..<300).map { "a\($0 % 7)" as String? }, (0..<300).map { Int64($0 % 4) })
    let batch = RecordBatch(["a": Column(a), "b": Column(b)])
    let groups = SliceColumns(names: ["b", "a"], positions: [1, 0]).groups(of: batch, rows: batch.rowNumbers)
    #expect(groups == Dictionary(grouping: batch.rowNumbers) { [String($0 % 4), "a\($0 % 7)"] })
  }
}
