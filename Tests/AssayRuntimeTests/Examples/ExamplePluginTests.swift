import AssayRuntime
import Glibc
import Testing

/// The examples in C, C++ and Rust, built as their own script builds them.
private enum Examples {
  static let root: String = {
    var parts = #filePath.split(separator: "/")
    parts.removeLast(4)
    return "/" + parts.joined(separator: "/")
  }()

  static let folder: String = {
    let folder = "\(root)/.build/examples"
    let command = "'\(root)/Plugins/Examples/build.sh' '\(folder)' >&2"
    return unsafe system(command) == 0 ? folder : ""
  }()

  static func exists(_ library: String) -> Bool {
    unsafe access("\(folder)/\(library)", R_OK) == 0
  }

  static func run(_ library: String, _ evaluator: String, _ rows: RecordBatch) async throws -> EvaluatorResult {
    try #require(!folder.isEmpty, "Plugins/Examples/build.sh failed")
    let assay = testRuntime()
    try assay.catalog.load("\(folder)/\(library)")
    let request = RunRequest(
      evaluators: [EvaluatorRequest(evaluator)], sample: DataSource(rows))
    return try await assay.run(request).evaluators[0]
  }
}

@Suite struct `An example plugin` {
  private let texts = RecordBatch([
    "output": Column(["martha", "the cat sat", "", "same"]),
    "expected": Column(["marhta", "The  cat sat", "x", "same"]),
  ])

  @Test func `in C compares texts row by row`() async throws {
    let result = try await Examples.run(
      "libexact_match.so", "example.normalized_exact_match", texts)
    #expect(result.metric("mean")?.value == 0.5)
    #expect(result.counts.scored == 4)
  }

  @Test func `in C++ counts over all rows`() async throws {
    let result = try await Examples.run("libword_error_rate.so", "example.word_error_rate", texts)
    // 1 of 1, 1 of 3 (the capital), 1 of 1, 0 of 1.
    #expect(result.metric("word_error_rate")?.value == 3.0 / 6)
    #expect(result.metric("word_error_rate")?.support == 4)
  }

  @Test func `in C++ gives each row a rate of its own`() async throws {
    try #require(!Examples.folder.isEmpty, "Plugins/Examples/build.sh failed")
    let assay = testRuntime()
    try assay.catalog.load("\(Examples.folder)/libword_error_rate.so")
    let rows = KeepingSink()
    let data = RecordBatch([
      "output": Column(["martha", "the cat sat", "a", "same"]),
      "expected": Column(["marhta", "The  cat sat", " ", "same"]),
    ])
    var request = RunRequest(
      evaluators: [EvaluatorRequest("example.word_error_rate")], sample: DataSource(data))
    request.rows = rows
    let result = try await assay.run(request).evaluators[0]
    #expect(result.metric("word_error_rate")?.value == 0.6 && result.counts.scored == 4)
    #expect(rows.rows.map(\.score) == [1, 1.0 / 3, nil, 0])
    #expect(rows.rows.map(\.outcome) == [.scored, .scored, .unscored, .scored])
  }

  @Test func `in C++ says why a rate over no words is undefined`() async throws {
    let rows = RecordBatch(["output": Column(["a"]), "expected": Column([" "])])
    let result = try await Examples.run("libword_error_rate.so", "example.word_error_rate", rows)
    #expect(result.metric("word_error_rate")?.value == nil)
    #expect(result.metric("word_error_rate")?.reason == "No expected text has a word.")
  }

  @Test(.enabled(if: Examples.exists("libjaro_winkler.so"), "rustc is not installed"))
  func `in Rust measures similarity, with a parameter`() async throws {
    let pair = RecordBatch(["output": Column(["martha"]), "expected": Column(["marhta"])])
    let result = try await Examples.run("libjaro_winkler.so", "example.similarity", pair)
    let value = try #require(result.metric("mean")?.value)
    #expect(abs(value - (17.0 / 18 + 3 * 0.1 * (1 - 17.0 / 18))) < 1e-15)
  }

  @Test func `over zlib needs nothing but a manifest`() async throws {
    let rows = RecordBatch(["output": Column(["Wikipedia"])])
    let result = try await Examples.run("libz.assay.json", "example.adler32", rows)
    #expect(result.metric("mean")?.value == 300_286_872)
  }

  @Test func `in Swift is found beside the program`() async throws {
    let rows = RecordBatch([
      "target": Column([1.0, 2, 3, 10]), "low": Column([0.0, 2, 4, 5]),
      "high": Column([2.0, 2, 5, 20]),
    ])
    var request = RunRequest(
      evaluators: [EvaluatorRequest("example.interval_coverage")], sample: DataSource(rows))
    request.intervalLevel = .standard
    let result = try await testRuntime().run(request).evaluators[0]
    #expect(result.metric("coverage")?.value == 0.75)
    #expect(result.metric("coverage")?.interval?.method == "wilson")
    #expect(result.metric("mean_width")?.value == 4.5)
  }

  @Test func `in Swift names the row of an interval that ends before it begins`() async throws {
    let rows = RecordBatch([
      "target": Column([1.0, 2]), "low": Column([0.0, 3]), "high": Column([2.0, 1]),
    ])
    let request = RunRequest(
      evaluators: [EvaluatorRequest("example.interval_coverage")], sample: DataSource(rows))
    await #expect {
      try await testRuntime().run(request)
    } throws: { error in
      let message = (error as? AssayError)?.message ?? ""
      return message.contains("ends before it begins") && message.contains("row 2")
    }
  }
}
