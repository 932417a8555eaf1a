import AssayArrow
import AssayCore
import AssayHost
import AssayJSON
import Testing

@Suite struct `A state` {
  private let values: [Double] = [1, 2, 4, 8, 16, 32, 64]

  @Test func `reports what it saw`() throws {
    let state = try MeanPlugin.prepared().makeState()
    try state.update(MeanPlugin.batch([1, 2]))
    try state.update(MeanPlugin.batch([6]))
    let findings = try state.finish()
    let mean = try #require(findings.metrics.first)
    #expect(mean.name == "mean" && mean.value == 3)
    #expect(mean.detail.support == 3 && mean.detail.numerator == 9 && mean.detail.method == "sum")
    #expect(mean.detail.denominator == nil && mean.detail.standardError == nil)
    #expect(state.rowCount == 3)
  }

  @Test func `turns NaN into undefined with a reason`() throws {
    let state = try MeanPlugin.prepared().makeState()
    try state.update(MeanPlugin.batch([1]))
    let metric = try #require(try state.finish().metrics.first { $0.name == "at_0_5" })
    #expect(metric.value == nil)
    #expect(metric.reason?.contains("NaN") == true)
  }

  @Test func `hands over the reason of an undefined metric, repaired`() throws {
    let state = try MeanPlugin.prepared().makeState()
    let metric = try #require(try state.finish().metrics.first)
    #expect(metric.value == nil)
    #expect(metric.reason == "there are no rows \u{fffd}")
  }

  @Test func `imports tables as declared`() throws {
    let state = try MeanPlugin.prepared().makeState()
    try state.update(MeanPlugin.batch([5]))
    let table = try #require(try state.finish().tables.first)
    #expect(table.name == "curve" && table.plot == .line)
    #expect(table.columns == [ResultTable.Column(name: "value", values: .float64([5, nil]))])
  }

  @Test func `tells the plugin what is wanted and at which level`() throws {
    let prepared = try MeanPlugin.prepared()
    let state = try prepared.makeState()
    try state.update(MeanPlugin.batch([5]))
    let findings = try state.finish(intervalLevel: 0.9) { $0 == "level" }
    #expect(findings.metrics.map(\.name) == ["level"])
    #expect(findings.metrics.first?.value == 0.9)
    #expect(findings.tables.isEmpty)
  }

  @Test(arguments: 0...7)
  func `merged of parts equals the whole`(split: Int) throws {
    let prepared = try MeanPlugin.prepared()
    let whole = try prepared.makeState()
    try whole.update(MeanPlugin.batch(values))
    let left = try prepared.makeState()
    let right = try prepared.makeState()
    try left.update(MeanPlugin.batch(Array(values[..<split])))
    try right.update(MeanPlugin.batch(Array(values[split...])))
    try left.merge(right)
    #expect(left.rowCount == values.count)
    #expect(try left.finish() == whole.finish())
  }

  @Test func `survives being saved and loaded`() throws {
    let prepared = try MeanPlugin.prepared()
    let state = try prepared.makeState()
    try state.update(MeanPlugin.batch(values))
    let loaded = try prepared.loadState(state.save())
    #expect(loaded.rowCount == values.count)
    #expect(try loaded.finish() == state.finish())
  }

  @Test func `is refused when saved bytes are damaged in any place`() throws {
    let prepared = try MeanPlugin.prepared()
    let bytes = try prepared.makeState().save()
    for position in bytes.indices {
      var damaged = bytes
      damaged[position] ^= 0x10
      let error = #expect(throws: AssayError.self) { try prepared.loadState(damaged) }
      #expect(error?.code == .pluginSavedState)
    }
    for length in 0..<bytes.count {
      #expect(throws: AssayError.self) { try prepared.loadState(Array(bytes[..<length])) }
    }
  }

  @Test func `is refused when it was made with other parameters`() throws {
    let host = try MeanPlugin.host([
      MeanPlugin.evaluator("a"), MeanPlugin.evaluator("b"),
    ])
    let bytes = try host.evaluator(named: "a").prepare().makeState().save()
    let error = #expect(throws: AssayError.self) {
      try host.evaluator(named: "b").prepare().loadState(bytes)
    }
    #expect(error?.message == "The saved state is one of a@1.0.0, not of b@1.0.0.")
  }

  @Test func `gives the same replicates in any portion, from several threads`() throws {
    let prepared = try MeanPlugin.prepared()
    let state = try prepared.makeState()
    try state.update(MeanPlugin.batch(values))
    try state.prepareResample()
    let all = try state.resample(seed: 7, first: 0, count: 64)
    #expect(all.count == 64)
    #expect(Set(all.map { $0.metrics.first?.value }).count > 20)
    let parts = try PluginThreads(count: 4).map(count: 16) { (part) throws(AssayError) in
      try state.resample(seed: 7, first: part * 4, count: 4)
    }
    #expect(parts.flatMap(\.self) == all)
    #expect(try state.finish().metrics.first?.value == 127.0 / 7)
  }

  @Test func `is not resampled before it was prepared, nor updated after`() throws {
    let state = try MeanPlugin.prepared().makeState()
    let early = #expect(throws: AssayError.self) { try state.resample(seed: 0, first: 0, count: 1) }
    #expect(early?.code == .pluginPoisoned)
    try state.prepareResample()
    #expect(throws: AssayError.self) { try state.update(MeanPlugin.batch([1])) }
  }

  @Test func `evaluates single rows where the plugin can`() throws {
    let state = try MeanPlugin.prepared().makeState()
    let rows = try state.evaluate(MeanPlugin.batch([5, 6, 7]))
    let column = try #require(rows.column(named: "score"))
    let last = try column.values(of: Double.self)[2]
    #expect(last == 2)
  }

  @Test(arguments: [
    (-1.0, AssayError.Code.pluginBadData, "caf\u{fffd}: minus one"),
    (-2, .pluginException, "minus two"),
    (-3, .pluginResource, "code 6"),
    (-4, .interrupted, ""),
    (-5, .pluginFailed, "code 9"),
    (-6, .pluginUnsupported, "code 2"),
  ])
  func `is poisoned by a failure, and says which`(value: Double, code: AssayError.Code, text: String) throws {
    let state = try MeanPlugin.prepared().makeState()
    let error = #expect(throws: AssayError.self) {
      try state.update(MeanPlugin.batch([1, value]), firstRow: 40)
    }
    #expect(error?.code == code)
    #expect(text.isEmpty || error?.message.contains(text) == true)
    if code == .pluginBadData { #expect(error?.details["row"] == "41") }
    let later = #expect(throws: AssayError.self) { try state.finish() }
    #expect(later?.code == .pluginPoisoned)
  }

  @Test func `that was merged or finished is used up`() throws {
    let prepared = try MeanPlugin.prepared()
    let left = try prepared.makeState()
    let right = try prepared.makeState()
    try left.merge(right)
    #expect(throws: AssayError.self) { try right.update(MeanPlugin.batch([1])) }
    #expect(throws: AssayError.self) { try left.merge(right) }
    #expect(throws: AssayError.self) { try left.merge(left) }
    let other = try prepared.makeState()
    _ = try other.finish()
    let error = #expect(throws: AssayError.self) { try other.finish() }
    #expect(error?.code == .pluginPoisoned)
  }

  @Test func `may be finished again where finishing only reads`() throws {
    let state = try MeanPlugin.prepared(MeanPlugin.evaluator(mode: "read_only")).makeState()
    try state.update(MeanPlugin.batch([1]))
    #expect(try state.finish() == state.finish())
  }

  @Test(arguments: [
    ("finish_unknown", "the metric \"meen\", which its manifest does not declare. Did you mean \"mean\"?"),
    ("finish_twice", "the metric \"mean\" twice"),
    ("finish_table_unknown", "the table \"cruve\", which its manifest does not declare."),
    ("finish_table_wrong", "the column \"other\" is not declared"),
  ])
  func `fails where its plugin reports what it may not`(function: String, text: String) throws {
    let state = try MeanPlugin.prepared(MeanPlugin.evaluator(finish: function)).makeState()
    let error = #expect(throws: AssayError.self) { try state.finish() }
    #expect(error?.code == .pluginMisbehaved)
    #expect(error?.message.contains(text) == true)
  }

  @Test func `reads an error text that has no end`() throws {
    let state = try MeanPlugin.prepared(MeanPlugin.evaluator(finish: "finish_long_text")).makeState()
    let error = #expect(throws: AssayError.self) { try state.finish() }
    #expect(error?.message.hasSuffix("xxx…") == true)
  }

  @Test func `catches an exception of any type`() throws {
    let state = try MeanPlugin.prepared(MeanPlugin.evaluator(finish: "finish_throws")).makeState()
    let error = #expect(throws: AssayError.self) { try state.finish() }
    #expect(error?.code == .pluginException)
    #expect(error?.message.contains("basic_string") == true)
  }

  @Test func `is not made where create refuses`() throws {
    let prepared = try MeanPlugin.host().evaluator(named: "fixture.mean").prepare(parameters: ["refuse": true])
    let error = #expect(throws: AssayError.self) { try prepared.makeState() }
    #expect(error?.code == .pluginInvalidArgument)
    #expect(error?.message.hasSuffix("refused as asked") == true)
  }

  @Test func `refuses parameters that the schema refuses`() throws {
    let evaluator = try MeanPlugin.host().evaluator(named: "fixture.mean")
    #expect(throws: AssayError.self) { try evaluator.prepare(parameters: ["refuse": 3]) }
    #expect(throws: AssayError.self) { try evaluator.prepare(parameters: ["refuze": true]) }
  }

  @Test func `says what its plugin cannot do`() throws {
    let prepared = try MeanPlugin.prepared(MeanPlugin.evaluator(without: ["save", "load", "resample", "evaluate"]))
    #expect(!prepared.canResample && prepared.canMerge && !prepared.canSave)
    let state = try prepared.makeState()
    let error = #expect(throws: AssayError.self) { try state.save() }
    #expect(error?.code == .pluginUnsupported)
    try state.update(MeanPlugin.batch([1]))
    #expect(try state.finish().metrics.first?.value == 1)
  }

  @Test(arguments: ["library", "pinned"])
  func `keeps calls apart where its plugin asks for that`(threading: String) throws {
    let prepared = try MeanPlugin.prepared(MeanPlugin.evaluator(threading: threading))
    let means = try PluginThreads(count: 4).map(count: 32) { (index) throws(AssayError) in
      let state = try prepared.makeState()
      try state.update(MeanPlugin.batch([Double(index)]))
      return try state.finish().metrics.first?.value
    }
    #expect(means == (0..<32).map { Double($0) })
  }
}

/// Apart and serialized: it counts the states of the whole process.
@Suite(.serialized) struct `The plugin's memory` {
  @Test func `is given back exactly once for each state`() throws {
    let library = try FixtureLibrary.path("states.cpp", options: "-g -DCOUNTED")
    let folder = try FixtureLibrary.newFolder("counted")
    let manifest = """
      {"manifest_version": 1, "plugin": "fixture.counted", "version": "1.0.0", "abi": {"major": 1},
       "library": "\(library)", "evaluators": [\(MeanPlugin.evaluator())]}
      """
    let host = PluginHost(searchPath: PluginSearchPath(folders: []))
    try host.load(pluginAt: FixtureLibrary.write(manifest, to: "counted.assay.json", in: folder))
    let living = try host.describe(library: library, prototype: "double living_states(double x)").prepare()
    func count() throws -> Double { try living.score(RecordBatch(["x": Column([0.0])])).scores[0] }
    #expect(try count() == 0)
    do {
      let prepared = try host.evaluator(named: "fixture.mean").prepare()
      let states = try (0..<5).map { _ in try prepared.makeState() }
      #expect(try count() == 5)
      try states[0].merge(states[1])
      _ = try states[0].finish()
      _ = try? states[2].update(MeanPlugin.batch([-1]))
      _ = try? states[3].update(MeanPlugin.batch([-2]))
      _ = try prepared.loadState(states[4].save())
      withExtendedLifetime(states) {}
    }
    #expect(try count() == 0)
  }
}
