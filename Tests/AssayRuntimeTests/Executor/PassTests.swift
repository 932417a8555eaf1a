import AssayArrow
import AssayCore
import AssayHost
import Testing

@testable import AssayRuntime

@Suite struct `A pass over the rows` {
  /// Numbers whose sum depends on the order of the additions.
  static let numbers: [Double?] = (0..<1003).map { row -> Double? in
    let size: Double = row % 7 == 0 ? 1e16 : 1
    return size / Double(row % 13 + 3)
  }

  @Test func `merges in a shape that depends on the chunks alone`() throws {
    let x: [Double?] = (0..<45).map(Double.init)
    for jobs in [1, 2, 3, 8] {
      for batchRows in [1, 3, 10, 17, 100] {
        let results = try parts(
          PassPlan(evaluators: [.sum()]), stream(x, batchRows: batchRows), jobs: jobs)
        // Five chunks, the last of five rows: two pairs, their pair, and the rest.
        #expect(try results[0].part().whole.shape == "(((0 10) (20 30)) 40)")
      }
    }
  }

  @Test func `gives the same bits for any threads and batches`() throws {
    var sums: Set<UInt64> = []
    for jobs in [1, 2, 5] {
      for batchRows in [1, 9, 64, 2000] {
        let results = try parts(
          PassPlan(evaluators: [.sum()]), stream(Self.numbers, batchRows: batchRows), jobs: jobs)
        sums.insert(try #require(try results[0].part().whole.sum).bitPattern)
      }
    }
    #expect(sums.count == 1)
    // The numbers do tell orders apart.
    let other = try parts(PassPlan(evaluators: [.sum(chunkRows: 50)]), stream(Self.numbers))
    #expect(try !sums.contains(#require(try other[0].part().whole.sum).bitPattern))
  }

  @Test func `serves evaluators with chunks of different sizes`() throws {
    let plan = PassPlan(evaluators: [.sum(chunkRows: 10), .sum(chunkRows: 15), .sum(chunkRows: 10)])
    let results = try parts(plan, stream((0..<30).map(Double.init)))
    #expect(try results.map { try $0.part().whole.shape } == ["((0 10) 20)", "(0 15)", "((0 10) 20)"])
  }

  @Test func `gathers slices into states of their own`() throws {
    let group = (0..<45).map { $0 < 20 ? "a" : $0 % 2 == 0 ? "b" : "c" }
    var plan = PassPlan(evaluators: [.sum()])
    plan.slices = [SliceColumns(names: ["group"], positions: [1])]
    for jobs in [1, 4] {
      let part = try parts(plan, stream((0..<45).map(Double.init), group: group), jobs: jobs)[0].part()
      let shapes = try part.slices.mapValues { try $0.shape }
      #expect(shapes[SliceKey(columns: 0, values: ["a"])] == "(0 10)")
      #expect(shapes[SliceKey(columns: 0, values: ["b"])] == "((20 30) 40)")
      #expect(part.slices[SliceKey(columns: 0, values: ["c"])]?.counts.scored == 12)
      #expect(part.slices.values.reduce(0) { $0 + $1.counts.total } == part.whole.counts.total)
    }
  }

  @Test func `sees in a slice of all rows the bits of the whole`() throws {
    var plan = PassPlan(evaluators: [.sum()])
    plan.slices = [SliceColumns(names: ["group"], positions: [1])]
    let group = [String](repeating: "all", count: Self.numbers.count)
    let part = try parts(plan, stream(Self.numbers, group: group))[0].part()
    let slice = try #require(part.slices[SliceKey(columns: 0, values: ["all"])])
    #expect(try slice.sum == part.whole.sum)
    #expect(slice.counts == part.whole.counts)
  }

  @Test func `slices by combinations of columns`() throws {
    var plan = PassPlan(evaluators: [.sum()])
    plan.slices = [SliceColumns(names: ["group", "x"], positions: [1, 0])]
    let part = try parts(plan, stream([1, 2, 1], group: ["a", "a", "b"]))[0].part()
    #expect(Set(part.slices.keys.map(\.values)) == [["a", "1"], ["a", "2"], ["b", "1"]])
  }

  @Test func `counts only the rows of its split`() throws {
    var plan = PassPlan(evaluators: [.sum()])
    plan.split = (position: 1, value: "test")
    let group = (0..<30).map { $0 % 3 == 0 ? "test" : "train" }
    let part = try parts(plan, stream((0..<30).map(Double.init), group: group))[0].part()
    #expect(part.whole.counts.total == 10)
    #expect(try part.whole.sum == 135)
  }

  @Test func `refuses slices by a column that names rows`() throws {
    var plan = PassPlan(evaluators: [.sum(chunkRows: 6000)])
    plan.slices = [SliceColumns(names: ["x"], positions: [0])]
    let error = try #require(throws: AssayError.self) {
      try parts(plan, stream((0..<12_000).map(Double.init), batchRows: 5000))
    }
    #expect(error.code == .tooManySlices)
  }

  @Test func `has nothing to say where there are no rows`() throws {
    #expect(try parts(PassPlan(evaluators: [.sum()]), stream([]))[0].get() == nil)
  }
}

@Suite struct `Rows without a value` {
  static let x: [Double?] = (0..<30).map { row -> Double? in
    switch row % 10 {
    case 4: nil
    case 7: Double.nan
    default: Double(row)
    }
  }

  @Test(arguments: [1, 3]) func `end the run at the first of them`(jobs: Int) throws {
    for batchRows in [1, 4, 30] {
      let error = try #require(throws: AssayError.self) {
        try parts(PassPlan(evaluators: [.sum()]), stream(Self.x, batchRows: batchRows), jobs: jobs)
      }
      #expect(error.code == .nullValue)
      #expect(error.details == ["column": "x", "row": "5", "role": "x"])
    }
  }

  @Test(arguments: [PlannedInput.NullRule.skip, .missing])
  func `are left out and counted`(rule: PlannedInput.NullRule) throws {
    var plan = PassPlan(evaluators: [.fake(.stateful(SumMaker()), nulls: rule)])
    plan.problemLimit = 4
    plan.slices = [SliceColumns(names: ["group"], positions: [1])]
    let group = (0..<30).map { $0 < 5 ? "a" : "b" }
    let part = try parts(plan, stream(Self.x, group: group))[0].part()
    #expect(part.whole.counts.total == 30 && part.whole.counts.scored == 24)
    #expect(part.whole.counts.skipped == (rule == .skip ? 6 : 0))
    #expect(part.whole.counts.missing == (rule == .skip ? 0 : 6))
    #expect(part.slices[SliceKey(columns: 0, values: ["a"])]?.counts.scored == 4)
    // 435, less 4 + 14 + 24 and 7 + 17 + 27.
    #expect(try part.whole.sum == 342)
    #expect(part.problems.map(\.row) == [4, 7, 14, 17])
    #expect(part.problems[0].outcome == (rule == .skip ? "skipped" : "missing"))
  }

  @Test func `reach an evaluator that asks for them`() throws {
    let plan = PassPlan(evaluators: [.fake(.reduction(Largest()), nulls: .pass)])
    #expect(try parts(plan, stream([1, nil, 3]))[0].part().whole.counts.scored == 3)
  }

  @Test(arguments: [1, 4]) func `are told apart from numbers out of range`(jobs: Int) throws {
    var evaluator = EvaluatorPlan.sum()
    evaluator.inputs[0].range = MetricRange(lower: 0, upper: 1)
    var x = [Double?](repeating: 0.5, count: 40)
    (x[23], x[31]) = (1.2, -1)
    let error = try #require(throws: AssayError.self) {
      try parts(PassPlan(evaluators: [evaluator]), stream(x), jobs: jobs)
    }
    #expect(error.code == .outOfRange && error.details["row"] == "24")
    #expect(error.message.contains("numbers from 0 to 1, not 1.2"))
  }
}

@Suite struct `An evaluator that scores rows` {
  static let x: [Double?] = (0..<53).map { row -> Double? in
    switch row % 10 {
    case 3: -1
    case 6: -200
    default: Double(row)
    }
  }

  private func plan(bar: RowBar? = nil) -> PassPlan {
    var evaluator = EvaluatorPlan.fake(.rows(SameScore()), chunkRows: 8)
    evaluator.bar = bar
    var plan = PassPlan(evaluators: [evaluator])
    plan.problemLimit = 3
    return plan
  }

  @Test(arguments: [
    (Direction.higherIsBetter, 33), (.lowerIsBetter, 11), (.zeroIsBest, 11), (.none, 33),
  ])
  func `counts what became of every row`(direction: Direction, passed: Int) throws {
    let plan = plan(bar: RowBar(value: 12, direction: direction))
    let part = try parts(plan, stream(Self.x))[0].part()
    let counts = part.whole.counts
    #expect(counts.total == 53 && counts.scored == 43 && counts.unscored == 5 && counts.errored == 5)
    #expect(counts.passed == passed && counts.failed == 43 - passed)
    #expect(part.problems.map(\.row) == [3, 6, 13])
    #expect(part.problems[1].message == "too cold" && part.problems[1].cause == .evaluator)
  }

  @Test func `says nothing of passing without a bar`() throws {
    let counts = try parts(plan(), stream(Self.x))[0].part().whole.counts
    #expect(counts.passed == 0 && counts.failed == 0 && counts.scored == 43)
  }

  @Test(arguments: [1, 2, 6]) func `hands its rows over in order`(jobs: Int) throws {
    let sink = KeepingSink()
    var plan = plan(bar: RowBar(value: 12, direction: .higherIsBetter))
    plan.key = 1
    plan.evaluators[0].inputs = [.plain("x", 0, nulls: .skip)]
    var x = Self.x
    x[5] = nil
    _ = try parts(plan, stream(x, group: (0..<53).map { "k\($0)" }), jobs: jobs, sink: sink)
    let rows = sink.rows
    #expect(rows.map(\.row) == Array(0..<53))
    #expect(rows[7].key == "k7" && rows[7].score == 7 && rows[7].outcome == .failed)
    #expect(rows[12].outcome == .passed && rows[12].cause == nil)
    #expect(rows[5].outcome == .skipped && rows[5].cause == .subject && rows[5].score == nil)
    #expect(rows[6].outcome == .errored && rows[6].message == "too cold")
    #expect(rows[3].outcome == .unscored && rows[3].score == nil)
  }

  @Test func `ends the run where its rows cannot be written`() throws {
    let error = try #require(throws: AssayError.self) {
      try parts(plan(), stream(Self.x), sink: KeepingSink(limit: 10))
    }
    #expect(error.message == "the disk is full")
  }

  @Test func `scores a slice's rows once`() throws {
    var plan = plan()
    plan.slices = [SliceColumns(names: ["group"], positions: [1])]
    let part = try parts(plan, stream(Self.x, group: Self.x.map { _ in "all" }))[0].part()
    let slice = try #require(part.slices.values.first)
    #expect(slice.counts == part.whole.counts)
    guard case .scores(let all) = part.whole.content, case .scores(let some) = slice.content else {
      Issue.record("not scores")
      return
    }
    #expect(all.mean == some.mean && all.scores == some.scores)
  }
}

@Suite struct `What goes wrong in a pass` {
  @Test(arguments: [1, 4]) func `costs the evaluator that broke, not the others`(jobs: Int) throws {
    var x: [Double?] = (0..<60).map(Double.init)
    (x[27], x[44]) = (-666, -666)
    let largest = EvaluatorPlan.fake(.reduction(Largest()))
    let results = try parts(PassPlan(evaluators: [.sum(), largest]), stream(x), jobs: jobs)
    let error = try #require(throws: AssayError.self) { try results[0].get() }
    #expect(error.message == "broke on row 27")
    #expect(try results[1].part().whole.counts.scored == 60)
  }

  @Test func `ends it where somebody stops the run`() throws {
    let control = RunControl()
    control.cancel()
    let error = try #require(throws: AssayError.self) {
      try parts(PassPlan(evaluators: [.sum()]), stream([1, 2]), control: control)
    }
    #expect(error.code == .interrupted)
  }

  @Test func `is what the stream says, after the rows before`() throws {
    final class Broken: BatchStream {
      let schema = Schema([Field("x", .float64)])
      var left = 5
      func next() throws(AssayError) -> RecordBatch? {
        left -= 1
        if left < 0 { throw AssayError(.read, "line 51 is broken") }
        return RecordBatch(["x": Column([Double](repeating: 1, count: 10))])
      }
    }
    let plan = PassPlan(evaluators: [.sum()], jobs: 2)
    let error = try #require(throws: AssayError.self) {
      try Pass(plan, control: RunControl(), threads: PluginThreads(count: 3)).run(Broken())
    }
    #expect(error.message == "line 51 is broken")
  }
}
