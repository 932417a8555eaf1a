import AssayArrow
import AssayCore
import AssayHost
import AssayJSON
import Glibc
import Synchronization
import Testing

@Suite struct `A plugin host` {
  @Test func `composes evaluators across plugins`() throws {
    let library = try FixtureLibrary.path("rows.cpp")
    let folder = try FixtureLibrary.newFolder("composed")
    let manifest = """
      {"manifest_version": 1, "plugin": "fixture.rows", "version": "1.0.0", "abi": {"major": 1}, "library": "\(library)",
       "evaluators": [
        {"name": "rows.same_start", "mode": "reference",
         "call": "double same_start(const char *output, size_t output_len, const char *expected, size_t expected_len)"},
        {"name": "rows.best", "mode": "reference",
         "call": "double best_of(const char *output, const char *first, const char *second, double (*similarity)(const char *output, const char *expected))",
         "bind": {"similarity": "evaluator:rows.same_start"}},
        {"name": "rows.throwing", "mode": "pointwise", "call": "double throws_on_negative(double x)"},
        {"name": "rows.doubled", "mode": "pointwise", "call": "double doubled(double x, double (*inner)(double x))",
         "bind": {"inner": "evaluator:rows.throwing"}},
        {"name": "rows.narrowed", "mode": "pointwise", "call": "float narrowed(float x, float (*inner)(float))",
         "bind": {"inner": "evaluator:rows.doubled"}},
        {"name": "rows.misnamed", "mode": "pointwise", "call": "double doubled(double x, double (*inner)(double y))",
         "bind": {"inner": "evaluator:rows.throwing"}},
        {"name": "rows.circle", "mode": "pointwise", "call": "double doubled(double x, double (*inner)(double x))",
         "bind": {"inner": "evaluator:rows.circle"}},
        {"name": "rows.mean", "mode": "pointwise", "call": "double mean_of(const double *x, size_t n)"},
        {"name": "rows.of_column", "mode": "pointwise", "call": "double doubled(double x, double (*inner)(double x))",
         "bind": {"inner": "evaluator:rows.mean"}}
       ]}
      """
    let host = PluginHost(searchPath: PluginSearchPath(folders: []))
    try host.load(pluginAt: FixtureLibrary.write(manifest, to: "rows.assay.json", in: folder))

    let best = try host.evaluator(named: "rows.best").prepare()
    let texts = RecordBatch([
      "output": Column(["abc", "xyz", "q"] as [String?]), "first": Column(["ab", "a", ""] as [String?]),
      "second": Column(["x", "b", "r"] as [String?]),
    ])
    #expect(try best.score(texts).scores == [1, 0.25, 0.25])

    let doubled = try host.evaluator(named: "rows.doubled").prepare()
    let scored = try doubled.score(RecordBatch(["x": Column([2.0, -1.0, 3.0])]))
    #expect(scored.scores[0] == 4 && scored.scores[2] == 6)
    #expect(scored.errors.map(\.row) == [1])
    #expect(scored.errors.first?.message.contains("negative: not here") == true)

    let narrowed = try host.evaluator(named: "rows.narrowed").prepare()
    #expect(try narrowed.score(RecordBatch(["x": Column([Float(1.5)])])).scores == [3])

    for (name, text) in [
      ("rows.misnamed", "\"y\" is no role of rows.throwing"), ("rows.circle", "in a circle"),
      ("rows.of_column", "reduction"),
    ] {
      let error = #expect(throws: AssayError.self) { try host.evaluator(named: name).prepare() }
      #expect(error?.code.rawValue == "binding.callback")
      #expect(error?.message.contains(text) == true, "\(error?.message ?? "")")
    }
  }

  @Test func `names near evaluators`() throws {
    let error = #expect(throws: AssayError.self) { try MeanPlugin.host().evaluator(named: "fixture.maen") }
    #expect(error?.code.rawValue == "plugin.unknown-evaluator")
    #expect(error?.message.contains("Did you mean \"fixture.mean\"?") == true)
  }

  @Test(arguments: [
    ("\"major\": 2", "plugin.abi-mismatch"), ("\"major\": 1, \"requires_minor\": 99", "plugin.abi-mismatch"),
    ("\"major\": 1, \"requires\": [\"teleport\"]", "plugin.missing-capability"),
  ])
  func `refuses a plugin of another contract`(abi: String, code: String) {
    let error = #expect(throws: AssayError.self) { try MeanPlugin.host(abi: abi) }
    #expect(error?.code.rawValue == code)
  }

  @Test func `finds plugins in folders, first come first served`() throws {
    let library = try FixtureLibrary.path("states.cpp")
    let first = try FixtureLibrary.newFolder("first")
    let second = try FixtureLibrary.newFolder("second")
    func manifest(_ name: String, _ version: String) -> String {
      """
      {"manifest_version": 1, "plugin": "\(name)", "version": "\(version)", "abi": {"major": 1}, "library": "\(library)",
       "evaluators": [\(MeanPlugin.evaluator("\(name).mean"))]}
      """
    }
    _ = try FixtureLibrary.write(manifest("one", "1.0.0"), to: "one.assay.json", in: first)
    _ = try FixtureLibrary.write(manifest("one", "0.9.0"), to: "one.assay.json", in: second)
    _ = try FixtureLibrary.write(manifest("two", "2.0.0"), to: "two.assay.json", in: second)
    _ = try FixtureLibrary.write("{", to: "broken.assay.json", in: second)
    let host = PluginHost(
      searchPath: PluginSearchPath(folders: [
        .init(path: first, isShipped: true), .init(path: second), .init(path: "/nowhere"),
      ]))
    #expect(host.manifests().map { "\($0.name) \($0.version) \($0.isShipped)" } == ["one 1.0.0 true", "two 2.0.0 false"])
    #expect(host.problems().map(\.path) == ["\(second)/broken.assay.json"])
    #expect(try host.evaluator(named: "two.mean").plugin.version == "2.0.0")
  }

  @Test func `says what is wrong with a library`() throws {
    let host = PluginHost(searchPath: PluginSearchPath(folders: []))
    let rows = try FixtureLibrary.path("rows.cpp")
    for (library, prototype, code) in [
      ("/nowhere/libx.so", "double f(double x)", "plugin.missing"),
      ("libnowhere.so.9", "double f(double x)", "plugin.missing"),
      (rows, "double differense(double x)", "plugin.missing-symbol"),
      (rows, "double strtod(const char *x, void *end)", "plugin.missing-symbol"),
    ] {
      let error = #expect(throws: AssayError.self) {
        try host.describe(library: library, prototype: prototype, bind: prototype.contains("end") ? [("end", "null")] : [])
      }
      #expect(error?.code.rawValue == code, "\(library) \(prototype): \(error?.message ?? "")")
    }
    let missing = #expect(throws: AssayError.self) { try host.load(pluginAt: rows) }
    #expect(missing?.code.rawValue == "plugin.no-manifest")
    #expect(missing?.message.contains("assay plugins describe") == true)
  }

  @Test func `says that a library needs what nothing defines`() throws {
    let path = try FixtureLibrary.path("unresolved.c")
    let host = PluginHost(searchPath: PluginSearchPath(folders: []))
    let error = #expect(throws: AssayError.self) { try host.describe(library: path, prototype: "double calls_nothing(double x)") }
    #expect(error?.code.rawValue == "plugin.unresolved-symbol")
    #expect(error?.message.contains("defined_nowhere") == true)
  }

  @Test func `says that a library needs another one that is gone`() throws {
    let folder = try FixtureLibrary.newFolder("gone")
    let (gone, path) = ("\(folder)/libgone.so", "\(folder)/libneedy.so")
    try FixtureLibrary.compile("ladder.c", to: gone)
    try FixtureLibrary.compile("ladder.c", to: path, options: "-Wl,--no-as-needed '\(gone)'")
    unlink(gone)
    let host = PluginHost(searchPath: PluginSearchPath(folders: []))
    let error = #expect(throws: AssayError.self) {
      try host.describe(library: path, prototype: "int takes_int(int a)").prepare()
    }
    #expect(error?.code.rawValue == "plugin.not-loadable")
    #expect(error?.message.contains("libgone.so") == true)
  }

  @Test func `refuses a function that belongs to another library`() throws {
    let library = try SharedLibrary(loading: FixtureLibrary.path("rows.cpp"))
    _ = try library.function("difference")
    let foreign = #expect(throws: AssayError.self) { _ = try library.function("strtod") }
    #expect(foreign?.code == .pluginForeignSymbol)
    #expect(foreign?.details["owner"]?.contains("libc.so") == true)
    let missing = #expect(throws: AssayError.self) { _ = try library.function("nowhere_at_all") }
    #expect(missing?.code == .pluginSymbolMissing)
  }

  @Test func `needs a column for every role that is not optional`() throws {
    let evaluator = try MeanPlugin.host().evaluator(named: "fixture.mean")
    let error = #expect(throws: AssayError.self) { try evaluator.prepare(boundRoles: []) }
    #expect(error?.code.rawValue == "binding.unbound")
  }

  @Test func `reads nothing relative from the environment`() {
    unsafe setenv("ASSAY_PLUGIN_PATH", "relative:/absolute/plugins::.", 1)
    defer { unsafe unsetenv("ASSAY_PLUGIN_PATH") }
    let paths = PluginSearchPath.standard().folders.map(\.path)
    #expect(paths.contains("/absolute/plugins"))
    #expect(paths.allSatisfy { $0.hasPrefix("/") })
    #expect(Array(paths.suffix(2)) == ["/usr/local/lib/assay/plugins", "/usr/lib/assay/plugins"])
  }

  @Test func `makes plans that can be compared and kept`() throws {
    let evaluator = try MeanPlugin.host().evaluator(named: "fixture.mean")
    let plans = try evaluator.prepare().plans
    #expect(plans["update"]?.symbol == "mean_update")
    #expect(plans["update"]?.granularity == .column)
    #expect(try evaluator.prepare().plans == plans)
  }
}

@Suite struct `Plugin threads` {
  @Test func `have room for a plugin that uses seven megabytes of stack`() throws {
    let evaluator = try described("double deep(double x)")
    let scores = try PluginThreads(count: 2).map(count: 4) { (index) throws(AssayError) in
      try evaluator.score(RecordBatch(["x": Column([Double(index)])])).scores
    }
    #expect(scores == [[0], [1], [2], [3]])
  }

  @Test func `do nested work without waiting for each other for ever`() throws {
    let threads = PluginThreads(count: 1)
    let sums = try threads.map(count: 4) { (outer) throws(AssayError) in
      try threads.map(count: 8) { (inner) throws(AssayError) in outer * inner }.reduce(0, +)
    }
    #expect(sums == [0, 28, 56, 84])
  }

  @Test func `throw the failure of the lowest number`() {
    let error = #expect(throws: AssayError.self) {
      try PluginThreads(count: 4).forEach(count: 100) { (index) throws(AssayError) in
        if index >= 10 { throw AssayError(.usage, "\(index)") }
      }
    }
    #expect(error?.message == "10")
  }

  @Test func `stop when they are cancelled`() {
    let done = Atomic(0)
    let error = #expect(throws: AssayError.self) {
      try PluginThreads(count: 2).forEach(count: 1000, isCancelled: { done.load(ordering: .relaxed) >= 5 }) {
        (_) throws(AssayError) in done.add(1, ordering: .relaxed)
      }
    }
    #expect(error?.code == .interrupted)
    #expect(done.load(ordering: .relaxed) < 100)
  }

  @Test func `run work for tasks`() async throws {
    let value = try await PluginThreads(count: 1).run { () throws(AssayError) in 42 }
    #expect(value == 42)
  }
}
