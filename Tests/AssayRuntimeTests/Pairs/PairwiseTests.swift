import AssayArrow
import AssayCore
import AssayRuntime
import Testing

@Suite struct `A pairwise evaluator` {
  @Test(arguments: [1, 3])
  func `is asked in both orders, and an inconsistent pair is no tie`(jobs: Int) async throws {
    var request = Judged.request()
    request.jobs = jobs
    request.intervalLevel = ConfidenceLevel(0.95)
    let result = try await Judged.result(request)
    #expect(result.mode == .pairwise)
    #expect(result.counts.total == 11 && result.counts.scored == 10 && result.counts.unscored == 1)
    #expect(result.value("a_wins") == 2 && result.value("b_wins") == 3 && result.value("ties") == 1)
    #expect(result.value("inconsistent") == 4)
    // Three wins and half of a tie, of the six pairs on which both orders agree.
    #expect(result.value("win_rate") == 3.5 / 6)
    #expect(result.value("position_consistency") == 0.6)
    // Three pairs went to the first place, one to the second, five to both alike.
    #expect(result.value("first_position_rate") == 5.5 / 9)
    // scipy 1.17: binomtest(3, 4).pvalue
    #expect(abs((result.value("first_position_p_value") ?? .nan) - 0.625) < 1e-12)
  }

  /// statsmodels 0.15: proportion_confint(count, n, method="wilson").
  @Test(arguments: [
    ("win_rate", 0.2410782109819523, 0.8605327410343535),
    ("position_consistency", 0.31267376973365824, 0.8318196702937638),
    ("first_position_rate", 0.30917610230423653, 0.8465694424914205),
  ])
  func `has Wilson's intervals over pairs`(metric: String, low: Double, high: Double) async throws {
    var request = Judged.request()
    request.intervalLevel = ConfidenceLevel(0.95)
    let found = try await Judged.result(request).metric(metric)
    let interval = try #require(found?.interval)
    #expect(interval.method == "wilson")
    #expect(abs(interval.low - low) < 1e-12 && abs(interval.high - high) < 1e-12)
  }

  @Test func `tells how the verdicts of both orders met`() async throws {
    let table = try #require(try await Judged.result().table("orders"))
    #expect(table.column("a_first")?.values == .utf8(["a", "a", "a", "tie", "tie", "tie", "b", "b", "b"]))
    #expect(table.column("b_first")?.values == .utf8(["a", "tie", "b", "a", "tie", "b", "a", "tie", "b"]))
    #expect(table.column("count")?.values == .int64([2, 1, 2, 0, 1, 0, 1, 0, 3]))
  }

  @Test func `writes both orders' scores of every row`() async throws {
    var request = Judged.request()
    let sink = KeepingSink()
    request.rows = sink
    _ = try await Judged.run(request)
    let rows = sink.rows
    #expect(rows.map(\.pair?.verdict) == [
      .a, .b, .b, .inconsistent, .tie, .inconsistent, .a, .b, .inconsistent, .inconsistent, nil,
    ])
    #expect(rows.map(\.score) == [4, -4, -3, 0, 0, 0, 8, -7, 0.5, 0, nil])
    #expect(rows[3].pair?.aFirst == 0.5 && rows[3].pair?.bFirst == 0.5)
    #expect(rows[0].pair?.aFirst == 4 && rows[0].pair?.bFirst == -4)
    #expect(rows[10].outcome == .unscored && rows[10].pair == ScoredPair(verdict: nil, aFirst: nil, bFirst: nil))
    #expect(rows[3].json.text().contains(#""a_first":0.5,"b_first":0.5,"verdict":"inconsistent""#))
  }

  @Test func `works through a prototype alone`() async throws {
    let function = DescribedFunction(
      library: try Judged.library.get(),
      prototype: "double prefer(const char *input, const char *a_output, const char *b_output)")
    var request = RunRequest(evaluators: [EvaluatorRequest(function)], sample: DataSource(Judged.rows))
    request.bindings = [try ColumnBinding(parsing: "input=question")]
    let described = try await Judged.result(request)
    let named = try await Judged.result()
    #expect(described.mode == .pairwise && described.headline == "win_rate")
    #expect(described.metrics == named.metrics && described.counts == named.counts)
  }

  @Test func `is gated on its metrics, and a bar is for the win rate`() async throws {
    var request = Judged.request()
    request.evaluators[0].passThreshold = 0.5
    request.thresholds = try [
      "position_consistency >= 0.8", "inconsistent <= 4", "first_position_rate[site=y] <= 0.7",
    ].map { try ThresholdExpression(parsing: $0) }
    let run = try await Judged.run(request)
    #expect(run.evaluators[0].thresholds.map(\.verdict) == [.fail, .pass, .pass, .pass])
    #expect(run.evaluators[0].thresholds.last?.observed == 3.5 / 6)
    #expect(run.exitCode == .gateFailed)
  }

  @Test func `is measured by slice`() async throws {
    var request = Judged.request()
    request.slices = [["site"]]
    let slices = try await Judged.result(request).slices
    #expect(slices.map { $0.counts.scored } == [5, 5])
    let metrics = slices.map { slice in
      ["a_wins", "b_wins", "ties", "inconsistent"].map { name in
        slice.metrics.first { $0.name == name }?.value ?? -1
      }
    }
    #expect(metrics == [[1, 2, 1, 1], [1, 1, 0, 3]])
  }

  /// Reference: the sums over clusters by hand, t of G - 1 from scipy.
  @Test func `has intervals over clusters`() async throws {
    var request = Judged.request()
    request.cluster = "pair"
    request.intervalLevel = ConfidenceLevel(0.95)
    let result = try await Judged.result(request)
    let consistency = try #require(result.metric("position_consistency"))
    // Pairs of rows: 2, 1, 1, 2 and 0 of two agree, so sums of differences are 0.8, -0.2, -0.2, 0.8, -1.2.
    let error = (5.0 / 4 * (0.64 + 0.04 + 0.04 + 0.64 + 1.44)).squareRoot() / 10
    #expect(abs((consistency.standardError ?? 0) - error) < 1e-15)
    let interval = try #require(consistency.interval)
    #expect(interval.method == "t_clustered")
    #expect(abs(interval.low - (0.6 - 2.7764451051977987 * error)) < 1e-12)
    // Its test supposes independent pairs.
    let test = try #require(result.metric("first_position_p_value"))
    #expect(test.value == nil && test.reason?.contains("pairs of one cluster are not independent") == true)
  }

  @Test func `errs on the rows where either order does`() async throws {
    let rows = RecordBatch(["a_output": Column(["1", "9", "2"]), "b_output": Column(["9", "1", "1"])])
    let result = try await Judged.result(Judged.request("fixture.fails", rows))
    #expect(result.counts.errored == 2 && result.counts.scored == 1 && result.value("a_wins") == 1)
    #expect(result.problems.map(\.row) == [0, 1])
    #expect(result.problems[1].message.contains("with b first"))
    #expect(!result.problems[0].message.contains("with b first"))
  }

  @Test func `has no rates without a pair`() async throws {
    let rows = RecordBatch(["question": Column(["none"]), "a_output": Column(["1"]), "b_output": Column(["2"])])
    let result = try await Judged.result(Judged.request("fixture.judge", rows))
    for name in ["win_rate", "position_consistency", "first_position_rate", "first_position_p_value"] {
      #expect(result.metric(name)?.value == nil && result.metric(name)?.reason == "no pair has a score")
    }
    let flipped = RecordBatch(["question": Column(["second"]), "a_output": Column(["1"]), "b_output": Column(["2"])])
    let unsure = try await Judged.result(Judged.request("fixture.judge", flipped))
    #expect(unsure.metric("win_rate")?.reason == "no pair got the same verdict in both orders")
    #expect(unsure.value("first_position_rate") == 0)
    #expect(abs((unsure.value("first_position_p_value") ?? .nan) - 1) < 1e-12)
    let tied = RecordBatch(["question": Column(["tie"]), "a_output": Column(["1"]), "b_output": Column(["2"])])
    let even = try await Judged.result(Judged.request("fixture.judge", tied))
    #expect(even.value("win_rate") == 0.5 && even.metric("first_position_rate")?.reason == "no pair has a preference")
  }
}

@Suite struct `An antisymmetric evaluator` {
  @Test func `is asked in one order, and says nothing of places`() async throws {
    var request = Judged.request("fixture.difference")
    let sink = KeepingSink()
    request.rows = sink
    let result = try await Judged.result(request)
    #expect(result.metrics.map(\.name) == ["win_rate", "a_wins", "b_wins", "ties"])
    #expect(result.value("a_wins") == 4 && result.value("b_wins") == 6 && result.value("ties") == 1)
    #expect(result.tables.isEmpty)
    #expect(sink.rows[0].pair == ScoredPair(verdict: .a, aFirst: 4, bFirst: nil))
    request.rows = nil
    request.thresholds = [try ThresholdExpression(parsing: "position_consistency >= 0.9")]
    #expect(try await Judged.failure(request).code.rawValue == "threshold.unknown-metric")
  }

  @Test func `has another fingerprint than one that is asked twice`() async throws {
    let both = try await Judged.result(Judged.request("fixture.judge"))
    let one = try await Judged.result(Judged.request("fixture.not_antisymmetric"))
    #expect(both.fingerprint != one.fingerprint)
  }

  @Test func `is validated on its known answers with the answers exchanged`() throws {
    let catalog = try Judged.assay().catalog
    for name in ["fixture.difference", "fixture.share"] {
      let checks = try catalog.validate(name).checks.filter { $0.rung == .knownAnswers }
      #expect(checks.allSatisfy { $0.answer == .match } && checks.count > 1)
      #expect(checks.contains { $0.note == "example 1 with a and b exchanged" })
    }
    let checks = try catalog.validate("fixture.not_antisymmetric").checks.filter { $0.rung == .knownAnswers }
    #expect(checks.map(\.answer) == [.match, .match, .match, .mismatch])
    #expect(checks[3].note?.contains("example 2 with a and b exchanged: -0.5 is expected") == true)
  }

  @Test(arguments: [("fixture.share", 4.0), ("fixture.place", 4.0)])
  func `or any other prefers by the middle of its range`(evaluator: String, aWins: Double) async throws {
    let rows = RecordBatch(["a_output": Column(["3", "1", "2", "9", "8", "7"]), "b_output": Column(["1", "3", "2", "8", "1", "1"])])
    let result = try await Judged.result(Judged.request(evaluator, rows))
    #expect(result.value("a_wins") == aWins && result.value("b_wins") == 1 && result.value("ties") == 1)
    #expect(result.value("win_rate") == 1.5 / 6)
  }
}
