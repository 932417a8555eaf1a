import AssayArrow
import CAssayPlugin
import Testing

@Suite struct `agreement.krippendorff` {
  /// Krippendorff 2007, example C: the ratings of four observers.
  private static let exampleC: [[Int?]] = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, nil, nil, nil], [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, nil, 3],
    [nil, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, nil], [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, nil],
  ]

  /// In the long form, a unit after the other.
  private static func rows(_ ratings: [[String?]]) -> RecordBatch {
    var (units, raters, values) = ([String](), [Int64](), [String]())
    for unit in 0..<(ratings.first?.count ?? 0) {
      for (rater, list) in ratings.enumerated() {
        guard let value = list[unit] else { continue }
        units.append("unit \(unit)")
        raters.append(Int64(rater))
        values.append(value)
      }
    }
    return RecordBatch(["unit": Column(units), "rater": Column(raters), "rating": Column(values)])
  }

  private static var example: RecordBatch { rows(exampleC.map { $0.map { $0.map { "\($0)" } } }) }

  private static func report(_ batch: RecordBatch, _ parameters: String = "{}") throws -> Report {
    let handle = try Handle(.krippendorff, parameters)
    try handle.update(batch)
    return try handle.finish()
  }

  /// The values of R's irr.
  @Test(arguments: [
    ("nominal", 0.743421052631579), ("ordinal", 0.815387503754881),
    ("interval", 0.849107142857143), ("ratio", 0.797402774711612),
  ])
  func `is R's of example C`(level: String, alpha: Double) throws {
    let found = try Self.report(Self.example, "{\"level\": \"\(level)\"}")
    #expect(abs((found.values["alpha"] ?? 0) - alpha) < 1e-12)
    #expect(found.values["units"] == 11 && found.values["ratings"] == 40 && found.values["raters"] == 4)
    #expect(found.reasons["fleiss_kappa"]?.contains("from 1 to 4 ratings") == true)
    // Krippendorff's own matrix of coincidences for the example.
    #expect(abs(found.numbers("coincidences", "count").reduce(0, +) - 40) < 1e-12)
    let (ratings, others) = (found.texts("coincidences", "rating"), found.texts("coincidences", "other"))
    let counts = found.numbers("coincidences", "count")
    let diagonal = counts.indices.filter { ratings[$0] == others[$0] }.map { counts[$0] }
    #expect(zip(diagonal, [7, 10, 8, 4, 3]).allSatisfy { abs($0 - $1) < 1e-12 }, "\(diagonal)")
  }

  /// Wikipedia, Fleiss' kappa: ten subjects, fourteen raters.
  @Test func `gives Fleiss' kappa where all units have as many ratings`() throws {
    let counts = [
      [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
      [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
    ]
    let units = counts.map { $0.enumerated().flatMap { Array(repeating: "\($0)", count: $1) } }
    let raters = (0..<14).map { rater in units.map { $0[rater] as String? } }
    let found = try Self.report(Self.rows(raters))
    #expect(abs((found.values["fleiss_kappa"] ?? 0) - 0.210) < 5e-4)
    #expect(found.values["gwet_ac1"] != nil)
  }

  @Test func `gives a reason at the edges`() throws {
    let none = try Handle(.krippendorff).finish()
    for name in ["alpha", "observed_disagreement", "expected_disagreement", "fleiss_kappa"] {
      #expect(none.reasons[name]?.hasPrefix("too-few-values:") == true, "\(none.reasons)")
    }
    let same = try Self.report(Self.rows([["a", "a"], ["a", "a"]]))
    #expect(same.reasons["alpha"]?.hasPrefix("one-category:") == true)
    let alone = try Self.report(Self.rows([["a", "b"]]))
    #expect(alone.reasons["alpha"]?.hasPrefix("too-few-values:") == true && alone.values["units"] == 0)
  }

  @Test func `takes the order of texts from categories`() throws {
    let words = ["bad", "fair", "good", "fine", "best"]
    let rows = Self.rows(Self.exampleC.map { $0.map { $0.map { words[$0 - 1] } } })
    let list = words.map { "\"\($0)\"" }.joined(separator: ",")
    let found = try Self.report(rows, "{\"level\": \"ordinal\", \"categories\": [\(list)]}")
    #expect(abs((found.values["alpha"] ?? 0) - 0.815387503754881) < 1e-12)
  }

  @Test(arguments: [
    ("{\"level\": \"interval\"}", "three", "level=interval"),
    ("{\"level\": \"ordinal\"}", "high", "--param categories"), ("{\"level\": \"ratio\"}", "-2", "under 0"),
    ("{\"level\": \"ratio\"}", "inf", "no number"), ("{\"categories\": [1, 2]}", "3", "none of the categories"),
  ])
  func `names the row of a rating without a place on the scale`(
    parameters: String, rating: String, text: String
  ) throws {
    let failure = try #require(throws: Handle.Failure.self) {
      try Self.report(Self.rows([["1"], ["2"], [rating]]), parameters)
    }
    #expect(failure.code == Int32(ASSAY_BAD_DATA) && failure.row == 2)
    #expect(failure.text.contains(rating) && failure.text.contains(text), "\(failure.text)")
  }

  @Test func `refuses a unit that a rater rated twice, in other chunks too`() throws {
    let handle = try Handle(.krippendorff)
    let other = try Handle(.krippendorff)
    for (handle, rating) in [(handle, "x"), (other, "y")] {
      try handle.update(
        RecordBatch(["unit": Column(["u"]), "rater": Column(["ann"]), "rating": Column([rating])]))
    }
    try handle.merge(other)
    let failure = try #require(throws: Handle.Failure.self) { try handle.finish() }
    #expect(failure.code == Int32(ASSAY_BAD_DATA))
    #expect(failure.text.contains("ann") && failure.text.contains("unit u"))
  }

  @Test func `does not compare more ratios than it can`() throws {
    let numbers = (0..<10_001).map { "\($0)" as String? }
    let found = try Self.report(Self.rows([numbers, numbers]), "{\"level\": \"ratio\"}")
    #expect(found.reasons["alpha"]?.contains("10001 different ratings") == true)
    #expect(found.reasons["fleiss_kappa"]?.contains("10001 categories") == true)
    let interval = try Self.report(Self.rows([numbers, numbers]), "{\"level\": \"interval\"}")
    #expect(interval.values["alpha"] == 1)
  }

  @Test(arguments: ["{\"level\": \"nominative\"}", "{\"categories\": 3}"])
  func `refuses parameters that make no sense`(parameters: String) {
    let failure = #expect(throws: Handle.Failure.self) { try Handle(.krippendorff, parameters) }
    #expect(failure?.code == Int32(ASSAY_INVALID_ARGUMENT))
  }

  @Test(arguments: ["nominal", "ordinal", "interval", "ratio"])
  func `keeps the laws of states`(level: String) throws {
    try expectLaws(.krippendorff, Self.example, parameters: "{\"level\": \"\(level)\"}")
  }
}
