import AssayArrow
import CAssayPlugin
import Testing

@Suite struct `agreement.categorical` {
  private static func rows(_ table: [[Int]], _ names: [String]) -> RecordBatch {
    var (a, b) = ([String](), [String]())
    for (i, row) in table.enumerated() {
      for (j, count) in row.enumerated() {
        a += Array(repeating: names[i], count: count)
        b += Array(repeating: names[j], count: count)
      }
    }
    return RecordBatch(["a": Column(a), "b": Column(b)])
  }

  private static func report(
    _ batch: RecordBatch, _ parameters: String = "{}", level: Double = 0
  ) throws -> Report {
    let handle = try Handle(.categorical, parameters)
    try handle.update(batch)
    return try handle.finish(level: level)
  }

  @Test func `is that of textbooks`() throws {
    // Wikipedia, Cohen's kappa.
    let found = try Self.report(Self.rows([[20, 5], [10, 15]], ["yes", "no"]), level: 0.95)
    #expect(abs((found.values["cohen_kappa"] ?? 0) - 0.4) < 1e-15)
    #expect(found.values["agreement"] == 0.7 && found.details["agreement"]?.numerator == 35)
    // Of two categories every order is one.
    for name in ["cohen_kappa_linear", "cohen_kappa_quadratic"] {
      #expect(abs((found.values[name] ?? 0) - 0.4) < 1e-15)
    }
    let detail = try #require(found.details["cohen_kappa"])
    let half = ((detail.high ?? 0) - (detail.low ?? 0)) / 2
    #expect(abs(half - 1.959963984540054 * (detail.standardError ?? 0)) < 1e-12)
    #expect(found.texts("categories", "category") == ["no", "yes"])
    #expect(found.texts("categories", "a") == ["25", "25"] && found.texts("categories", "b") == ["20", "30"])
    #expect(found.numbers("categories", "specific_agreement") == [30.0 / 45, 40.0 / 55])
    #expect(found.texts("confusion", "a") == ["no", "no", "yes", "yes"])
    #expect(found.texts("confusion", "count") == ["15", "10", "5", "20"])
  }

  /// Gwet 2008: 118 of 125 agreed on yes, and kappa says worse than chance.
  @Test func `survives prevalence by AC1`() throws {
    let found = try Self.report(Self.rows([[118, 5], [2, 0]], ["+", "-"]))
    #expect(abs((found.values["cohen_kappa"] ?? 0) - -0.0234) < 5e-5)
    #expect(abs((found.values["gwet_ac1"] ?? 0) - 0.9408) < 5e-5)
  }

  /// Categories 1, 2, 10: in the order of numbers, not of texts. Values of scikit-learn 1.9.1's
  /// cohen_kappa_score.
  @Test func `weighs misses by the order of the categories`() throws {
    let a: [Int64] = [1, 2, 10, 10, 2, 1, 1, 10, 2, 2]
    let b: [Int64] = [1, 2, 10, 2, 2, 2, 1, 1, 2, 10]
    let columns: [(Column, Column)] = [
      (Column(a), Column(b)), (Column(a.map(Double.init)), Column(b.map(Double.init))),
      (Column(a.map(String.init)), Column(b)),
    ]
    for (a, b) in columns {
      let found = try Self.report(RecordBatch(["a": a, "b": b]))
      #expect(found.texts("categories", "category") == ["1", "2", "10"])
      #expect(abs((found.values["cohen_kappa"] ?? 0) - 0.3846153846153846) < 1e-12)
      #expect(abs((found.values["cohen_kappa_linear"] ?? 0) - 0.375) < 1e-12)
      #expect(abs((found.values["cohen_kappa_quadratic"] ?? 0) - 0.36363636363636365) < 1e-12)
    }
  }

  @Test func `has no order of texts but that which is named`() throws {
    let rows = Self.rows([[3, 1, 0], [1, 4, 1], [0, 2, 3]], ["low", "medium", "high"])
    let found = try Self.report(rows)
    #expect(found.values["cohen_kappa"] != nil && found.values["cohen_kappa_linear"] == nil)
    #expect(found.reasons["cohen_kappa_linear"]?.contains("--param categories") == true)
    let named = try Self.report(rows, "{\"categories\": [\"low\", \"medium\", \"high\"]}")
    #expect(named.values["cohen_kappa"] == found.values["cohen_kappa"])
    #expect((named.values["cohen_kappa_linear"] ?? 0) > (named.values["cohen_kappa"] ?? 1))
    let more = try Self.report(rows, "{\"categories\": [\"low\", \"medium\", \"high\", \"never\"]}")
    #expect(more.values["categories"] == 4 && more.texts("categories", "specific_agreement")[3] == "null")
  }

  /// As one code point and as two: the same text to people.
  @Test func `takes texts of other code points`() throws {
    let texts = Column(["caf\u{E9}", "cafe\u{301}", "tea", "tea"])
    let rows = RecordBatch(["a": texts, "b": Column(["cafe\u{301}", "caf\u{E9}", "tea", "caf\u{E9}"])])
    #expect(try Self.report(rows).values["categories"] == 3)
    let named = try Self.report(rows, "{\"categories\": [\"caf\u{E9}\", \"tea\"]}")
    #expect(named.values["categories"] == 2 && named.values["agreement"] == 0.75)
    #expect(named.texts("confusion", "count") == ["2", "1", "1"])
  }

  @Test func `gives a reason at the edges`() throws {
    let same = try Self.report(Self.rows([[5]], ["yes"]))
    #expect(same.values["agreement"] == 1)
    for name in ["cohen_kappa", "gwet_ac1"] {
      #expect(same.reasons[name]?.hasPrefix("one-category:") == true, "\(same)")
    }
    let none = try Handle(.categorical).finish()
    #expect(none.reasons["agreement"] != nil && none.values["categories"] == 0)
    #expect(none.reasons["cohen_kappa"]?.hasPrefix("too-few-values:") == true)
  }

  @Test func `refuses tables of too many categories`() throws {
    let names = (0..<1001).map { "c\($0)" }
    let found = try Self.report(RecordBatch(["a": Column(names), "b": Column(names)]))
    #expect(found.values["agreement"] == 1)
    #expect(found.reasons["cohen_kappa"]?.contains("1001 categories") == true)
    #expect(found.reasons["gwet_ac1"]?.contains("1001 categories") == true)
  }

  @Test func `names the row of what is no category`() throws {
    let cases: [(String, Column, Int64, String)] = [
      ("{\"categories\": [\"x\", \"y\"]}", Column(["x", "z"]), 1, "none of the categories: x, y"),
      ("{\"categories\": [1, 2.5]}", Column([1, 2.5, 3] as [Double]), 2, "none of the categories: 1, 2.5"),
      ("{}", Column([1, .nan] as [Double]), 1, "not a finite number"),
    ]
    for (parameters, column, row, text) in cases {
      let failure = try #require(throws: Handle.Failure.self) {
        try Self.report(RecordBatch(["a": column, "b": column]), parameters)
      }
      #expect(failure.code == Int32(ASSAY_BAD_DATA) && failure.row == row)
      #expect(failure.text.contains(text), "\(failure.text)")
    }
  }

  @Test(arguments: ["{\"categories\": \"x\"}", "{\"categories\": [true]}", "{\"categories\": [1, \"1\"]}"])
  func `refuses parameters that make no sense`(parameters: String) {
    let failure = #expect(throws: Handle.Failure.self) { try Handle(.categorical, parameters) }
    #expect(failure?.code == Int32(ASSAY_INVALID_ARGUMENT))
  }

  @Test func `keeps the laws of states`() throws {
    try expectLaws(.categorical, Self.rows([[3, 1, 0], [2, 4, 1], [0, 2, 3]], ["1", "2", "3"]))
    let bools = Column([true, false, true, nil, true].compactMap(\.self) as [Bool?])
    try expectLaws(.categorical, RecordBatch(["a": bools, "b": bools]))
  }
}
