import AssayArrow
import AssayCore
import AssayHost
import AssayJSON
import Glibc
import Synchronization
import Testing

/// An evaluator over the fixture of row functions.
func described(
  _ prototype: String, bind: [(String, String)] = [], returns: ResultDefinition.Return? = nil,
  services: HostServices = HostServices(), parameters: JSONObject = [:]
) throws -> PreparedEvaluator {
  let host = PluginHost(searchPath: PluginSearchPath(folders: []))
  return try host.describe(
    library: FixtureLibrary.path("rows.cpp"), prototype: prototype, bind: bind, returns: returns
  ).prepare(parameters: parameters, services: services)
}

@Suite struct `A call for each row` {
  @Test func `passes numbers and gives scores`() throws {
    let scored = try described("double difference(double predicted, double actual)").score(
      RecordBatch(["predicted": Column([3.0, 1.5]), "actual": Column([1.0, 2.0])]))
    #expect(scored.scores == [2, -0.5])
    #expect(scored.outcomes == [.scored, .scored])
    #expect(scored.errorCount == 0)
  }

  @Test func `widens narrow results by their sign`() throws {
    let bytes = RecordBatch(["x": Column([Int8.max, -5])])
    #expect(try described("int8_t narrow(int8_t x)").score(bytes).scores == [-127, 5])
    let words = RecordBatch(["x": Column([UInt16.max, 7])])
    #expect(try described("uint16_t unsigned_narrow(uint16_t x)").score(words).scores == [0, 8])
    let longs = RecordBatch(["x": Column([Int64(1) << 52, -1])])
    #expect(try described("int64_t wide(int64_t x)").score(longs).scores == [4503599627370496, -1])
    let floats = RecordBatch(["x": Column([Float(0.5)])])
    #expect(try described("float single(float x)").score(floats).scores == [1])
  }

  @Test func `reads a bool by its lowest byte`() throws {
    let batch = RecordBatch(["x": Column([1.0, -1.0])])
    #expect(try described("bool rubbish_truth(double x)").score(batch).scores == [1, 0])
  }

  @Test func `unpacks a boolean column`() throws {
    let batch = RecordBatch(["flag": Column([true, false, true] as [Bool?])])
    #expect(try described("double is_true(bool flag)").score(batch).scores == [1, 0, 1])
  }

  @Test(arguments: [
    ("double length_of(const char *text, size_t text_len)", [] as [(String, String)]),
    ("double terminated_length(const char *text)", []),
    ("double small_length(const char *text, int32_t n)", [("text", "text.ptr"), ("n", "text.len")]),
  ])
  func `passes texts of every kind`(prototype: String, bind: [(String, String)]) throws {
    let texts: [String?] = ["", "a", "caffè", String(repeating: "x", count: 1000)]
    let batch = RecordBatch(["text": Column(texts)])
    let evaluator = try described(prototype, bind: bind)
    #expect(try evaluator.score(batch).scores == [0, 1, 6, 1000])
    #expect(try evaluator.score(batch.slice(offset: 1, count: 2)).scores == [1, 6])
  }

  @Test func `passes the elements of a list`() throws {
    let list = try #require(DataType(name: "list<float64>"))
    #expect(list.name == "list<float64>")
    let evaluator = try described(
      "double sum_of_list(const double *values, size_t count)",
      bind: [("values", "values.ptr"), ("count", "values.len")])
    #expect(evaluator.evaluator.shape == .row)
    #expect(evaluator.evaluator.roles.map(\.types) == [[list]])
  }

  @Test func `makes a zero byte inside a text the row's error`() throws {
    let batch = RecordBatch(["text": Column(["ab", "a\0b", "c"] as [String?])])
    let scored = try described("double terminated_length(const char *text)").score(batch, firstRow: 10)
    #expect(scored.outcomes == [.scored, .errored, .scored])
    #expect(scored.errors.map(\.row) == [11])
    #expect(scored.errors.first?.message.contains("zero byte") == true)
  }

  @Test func `turns an exception into that row's error and goes on`() throws {
    let batch = RecordBatch(["x": Column([1.0, -1.0, 2.0, -2.0, 3.0])])
    let scored = try described("double throws_on_negative(double x)").score(batch, firstRow: 100)
    #expect(scored.scores[0] == 1 && scored.scores[2] == 2 && scored.scores[4] == 3)
    #expect(scored.outcomes == [.scored, .errored, .scored, .errored, .scored])
    #expect(scored.errors.map(\.row) == [101, 103])
    #expect(scored.errors[0].message == "throws_on_negative threw an exception: negative: not here")
  }

  @Test func `names what was thrown when it is no exception class`() throws {
    let batch = RecordBatch(["x": Column([1.0, 2.0, 3.0])])
    let messages = try described("double throws_other(double x)").score(batch).errors.map(\.message)
    #expect(
      messages == [
        "throws_other threw an exception: int", "throws_other threw an exception: a text",
        "throws_other threw an exception: caf\u{fffd}",
      ])
  }

  @Test func `keeps the text of the first errors and counts all`() throws {
    let batch = RecordBatch(["x": Column([Double](repeating: -1, count: 500))])
    let scored = try described("double throws_on_negative(double x)").score(batch)
    #expect(scored.errorCount == 500)
    #expect(scored.errors.count == ScoredBatch.errorLimit)
  }

  @Test func `takes an int beside an out-parameter for a status`() throws {
    let batch = RecordBatch(["x": Column([1.0, -1.0])])
    let scored = try described(
      "int32_t status_of(double x, double *score)", bind: [("score", "out:score")]).score(batch)
    #expect(scored.scores[0] == 10)
    #expect(scored.outcomes == [.scored, .errored])
    #expect(scored.errors.first?.message == "status_of returned the status 3")
  }

  @Test func `does not take an unwritten out-parameter for the score of the row before`() throws {
    let batch = RecordBatch(["x": Column([4.0, -1.0])])
    let scored = try described(
      "void writes_only(double x, double *score)", bind: [("score", "out:score")]).score(batch)
    #expect(scored.scores[0] == 4)
    #expect(scored.outcomes == [.scored, .unscored])
  }

  @Test func `puts the rounding mode back after a call that changed it`() throws {
    let before = fegetround()
    let batch = RecordBatch(["x": Column([-1.0, 1.0])])
    _ = try described("double changes_rounding(double x)").score(batch)
    #expect(fegetround() == before)
  }

  @Test func `leaves rows with NaN unscored where NaN means undefined`() throws {
    let batch = RecordBatch(["x": Column([1.0, -1.0])])
    let scored = try described("double gives_nan(double x)").score(batch)
    #expect(scored.outcomes == [.scored, .unscored])
    #expect(scored.scores[1].isNaN)
  }

  @Test func `does not call for a row whose value is missing`() throws {
    let batch = RecordBatch(["x": Column([1.0, nil, 3.0] as [Double?])])
    let scored = try described("double throws_on_negative(double x)").score(batch)
    #expect(scored.outcomes == [.scored, .unscored, .scored])
    let texts = RecordBatch(["text": Column(["a", nil] as [String?])])
    #expect(
      try described("double terminated_length(const char *text)").score(texts).outcomes
        == [.scored, .unscored])
  }

  @Test func `passes parameters and constants`() throws {
    let batch = RecordBatch(["x": Column([2.0])])
    let evaluator = try described(
      "double scaled(double x, double factor, const char *unit)",
      bind: [("factor", "param:factor=3"), ("unit", "const:px")], parameters: ["factor": 5])
    #expect(try evaluator.score(batch).scores == [12])
    #expect(evaluator.parameters["factor"] == 5)
  }

  @Test func `takes errno for the row's error where the description says so`() throws {
    let host = PluginHost(searchPath: PluginSearchPath(folders: []))
    let batch = RecordBatch(["x": Column([4.0, -1.0, 9.0])])
    func scored(_ readsErrno: Bool) throws -> ScoredBatch {
      try host.describe(
        library: FixtureLibrary.path("rows.cpp"), prototype: "double sets_errno(double x)",
        result: ResultDefinition(readsErrno: readsErrno)
      ).prepare().score(batch, firstRow: 10)
    }
    let read = try scored(true)
    #expect(read.outcomes == [.scored, .errored, .scored])
    #expect(read.errors.map(\.row) == [11] && read.errorCount == 1)
    #expect(read.errors.first?.message.contains("sets_errno set errno to \(EDOM)") == true)
    #expect(try scored(false).outcomes == [.scored, .scored, .scored])
  }

  @Test func `refuses a parameter that the function cannot take`() throws {
    let prototype = "double scaled(double x, double factor, const char *unit)"
    func code(_ factor: JSONValue, _ unit: JSONValue) -> String? {
      let error = #expect(throws: AssayError.self) {
        try described(
          prototype, bind: [("factor", "param:factor"), ("unit", "param:unit")],
          parameters: ["factor": factor, "unit": unit])
      }
      return error?.code.rawValue
    }
    // Text for a number breaks the schema that follows from the prototype; a zero byte
    // inside of a text fits the schema and no C string.
    #expect(code("three", "px") == "parameter.invalid")
    #expect(code(3, "p\0x") == "parameter.unfit")
  }

  @Test func `stops when the run is cancelled`() throws {
    let evaluator = try described(
      "double difference(double predicted, double actual)",
      services: HostServices(isCancelled: { true }))
    let batch = RecordBatch(["predicted": Column([3.0]), "actual": Column([1.0])])
    let error = #expect(throws: AssayError.self) { try evaluator.score(batch) }
    #expect(error?.code == .interrupted)
  }

  @Test func `refuses a column that is missing or of another type`() throws {
    let evaluator = try described("double gives_nan(double x)")
    let missing = #expect(throws: AssayError.self) { try evaluator.score(RecordBatch(["y": Column([1.0])])) }
    #expect(missing?.code.rawValue == "data.missing-column")
    let text = #expect(throws: AssayError.self) {
      try evaluator.score(RecordBatch(["x": Column(["a"] as [String?])]))
    }
    #expect(text?.code == .dataType)
  }

  @Test func `scores an empty batch`() throws {
    let scored = try described("double gives_nan(double x)").score(RecordBatch(["x": Column([Double]())]))
    #expect(scored.scores.isEmpty && scored.errorCount == 0)
  }

  @Test func `calls libraries that know nothing of Assay`() throws {
    let host = PluginHost(searchPath: PluginSearchPath(folders: []))
    let fabs = try host.describe(library: "libm.so.6", prototype: "double fabs(double x)").prepare()
    #expect(try fabs.score(RecordBatch(["x": Column([-3.0, 2.5])])).scores == [3, 2.5])
    let adler = try host.describe(
      library: "libz.so.1",
      prototype: "unsigned long adler32(unsigned long adler, const unsigned char *buf, unsigned int len)",
      bind: [("adler", "const:1"), ("buf", "text.ptr"), ("len", "text.len")]).prepare()
    #expect(try adler.score(RecordBatch(["text": Column(["Wikipedia"] as [String?])])).scores == [300_286_872])
  }
}

@Suite struct `A call for whole columns` {
  @Test func `fills a score for each row`() throws {
    let evaluator = try described(
      "void absolute(const double *x, size_t n, double *out)", bind: [("out", "out:score")])
    #expect(evaluator.evaluator.shape == .column)
    #expect(try evaluator.score(RecordBatch(["x": Column([-1.0, 2.0, -3.5])])).scores == [1, 2, 3.5])
    let slice = RecordBatch(["x": Column([-1.0, 2.0, -3.5])]).slice(offset: 1, count: 2)
    #expect(try evaluator.score(slice).scores == [2, 3.5])
  }

  @Test func `notices a row that was left out`() throws {
    let evaluator = try described(
      "void leaves_last(const double *x, size_t n, double *out)", bind: [("out", "out:score")])
    #expect(try evaluator.score(RecordBatch(["x": Column([1.0, 2.0])])).outcomes == [.scored, .unscored])
  }

  @Test func `reduces a column to one number`() throws {
    let evaluator = try described("double mean_of(const double *x, size_t n)")
    #expect(evaluator.evaluator.shape == .reduction)
    #expect(try evaluator.reduce(RecordBatch(["x": Column([1.0, 2.0, 6.0])])).value == 3)
    let empty = try evaluator.reduce(RecordBatch(["x": Column([Double]())]))
    #expect(empty.value == nil)
    #expect(empty.reason?.contains("NaN") == true)
  }

  @Test func `gives booleans as bytes`() throws {
    let evaluator = try described("int32_t count_true(const bool *flags, size_t n)")
    let batch = RecordBatch(["flags": Column([true, false, true, true] as [Bool?])])
    #expect(try evaluator.reduce(batch.slice(offset: 1, count: 3)).value == 2)
  }

  @Test func `gives offsets and bytes of texts`() throws {
    let evaluator = try described(
      "int32_t sum_lengths(const int32_t *offsets, const char *bytes, size_t n, double *out)",
      bind: [("offsets", "text.offsets"), ("bytes", "text.values"), ("n", "batch.length"), ("out", "out:score")])
    let batch = RecordBatch(["text": Column(["ab", "", "cde"] as [String?])])
    #expect(try evaluator.score(batch).scores == [2, 0, 3])
  }

  @Test func `leaves out the rows that the function's validity leaves out`() throws {
    let evaluator = try described(
      "void skips_odd(const double *x, size_t n, double *out, uint8_t *validity)",
      bind: [("out", "out:score"), ("validity", "out:score.validity")])
    #expect(
      try evaluator.score(RecordBatch(["x": Column([1.0, 2.0, 3.0])])).outcomes
        == [.scored, .unscored, .scored])
  }

  @Test func `marks every row where the call failed`() throws {
    let evaluator = try described(
      "int32_t column_fails(const double *x, size_t n, double *out)", bind: [("out", "out:score")])
    let scored = try evaluator.score(RecordBatch(["x": Column([1.0, 2.0])]))
    #expect(scored.outcomes == [.errored, .errored])
    #expect(scored.errors.first?.message == "column_fails returned the status 5")
  }

  @Test func `throws what a reduction threw`() throws {
    let evaluator = try described("double column_throws(const double *x, size_t n)")
    let error = #expect(throws: AssayError.self) { try evaluator.reduce(RecordBatch(["x": Column([1.0])])) }
    #expect(error?.code == .pluginException)
    #expect(error?.message.contains("the whole column") == true)
  }

  @Test func `refuses the other shape's question`() throws {
    let row = try described("double gives_nan(double x)")
    #expect(throws: AssayError.self) { try row.reduce(RecordBatch(["x": Column([1.0])])) }
    #expect(throws: AssayError.self) { try row.makeState() }
  }
}

@Suite struct `A function pointer` {
  @Test func `reaches the log, with repaired text`() throws {
    let lines = Mutex<[String]>([])
    let services = HostServices(log: { level, text in lines.withLock { $0.append("\(level) \(text)") } })
    let evaluator = try described("double with_log(double x, void (*log)(int, const char *))", services: services)
    #expect(try evaluator.score(RecordBatch(["x": Column([1.0])])).scores == [1])
    #expect(lines.withLock { $0 } == ["warning caf\u{fffd} seen"])
  }

  @Test func `reports progress and asks for cancellation`() throws {
    let seen = Mutex<[Double]>([])
    let services = HostServices(progress: { value in seen.withLock { $0.append(value) } })
    let batch = RecordBatch(["x": Column([1.0])])
    _ = try described("double with_progress(double x, void (*progress)(double))", services: services).score(batch)
    #expect(seen.withLock { $0 } == [0.5])
    let asks = try described("double asks_cancelled(double x, int (*cancelled)(void))")
    #expect(try asks.score(batch).scores == [1])
  }

  @Test func `does nothing after its time`() throws {
    let batch = RecordBatch(["x": Column([5.0])])
    do { _ = try described("double keeps_callback(double x, int (*cancelled)(void))").score(batch) }
    #expect(try described("double calls_kept(double x)").score(batch).scores == [5])
  }
}
