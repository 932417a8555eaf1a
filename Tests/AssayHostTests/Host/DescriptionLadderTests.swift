import AssayArrow
import AssayCore
import AssayHost
import Testing

@Suite struct `The ladder of checks` {
  private let host = PluginHost(searchPath: PluginSearchPath(folders: []))

  @Test(arguments: [
    ("double takes_two(double a)", "takes 2 parameters, and the prototype has 1 parameter"),
    ("double takes_two(double a, float b)", "parameter 2"),
    ("float takes_two(double a, double b)", "returns"),
    ("double takes_int(int a)", "returns"),
    ("int takes_int(int64_t a)", "parameter 1"),
  ])
  func `refuses what was compiled otherwise`(prototype: String, text: String) throws {
    let library = try FixtureLibrary.path("ladder.c", options: "-g")
    let error = #expect(throws: AssayError.self) { try host.describe(library: library, prototype: prototype) }
    #expect(error?.code == .pluginMismatch)
    #expect(error?.message.contains(text) == true, "\(error?.message ?? "")")
  }

  @Test func `says match where debug information agrees`() throws {
    let library = try FixtureLibrary.path("ladder.c", options: "-g")
    let checks = try host.describe(library: library, prototype: "double takes_two(double a, double b)").checks
    #expect(checks.map(\.rung) == [.symbol, .owner, .debugInformation])
    #expect(checks.allSatisfy { $0.answer == .match })
  }

  @Test func `never shows unknown as match`() throws {
    let library = try FixtureLibrary.path("ladder.c", options: "-g0")
    let checks = try host.describe(library: library, prototype: "double takes_two(double a)").checks
    guard case .unknown? = checks.last?.answer else {
      Issue.record("without debug information the answer was \(checks)")
      return
    }
  }

  @Test func `tells a mangled name from a missing one`() throws {
    let library = try FixtureLibrary.path("mangled.cpp")
    let error = #expect(throws: AssayError.self) { try host.describe(library: library, prototype: "double similarity(double a)") }
    #expect(error?.code.rawValue == "plugin.missing-symbol")
    #expect(error?.message.contains("extern \"C\"") == true)
  }

  @Test func `refuses a file that is no shared object before loading it`() throws {
    let path = try FixtureLibrary.write("int main;", to: "text.so")
    let error = #expect(throws: AssayError.self) { try host.describe(library: path, prototype: "double f(double a)") }
    #expect(error?.code.rawValue == "plugin.not-a-shared-object")
  }

  @Test func `checks the functions of a state too`() throws {
    let library = try FixtureLibrary.path("states.cpp", options: "-g")
    let folder = try FixtureLibrary.newFolder("ladder-states")
    let wrong = MeanPlugin.evaluator().replacing("int32_t mean_merge(void *into, void *from, struct assay_error *error)", with: "int32_t mean_merge(void *into, void *from)")
    let manifest = """
      {"manifest_version": 1, "plugin": "fixture.wrong", "version": "1.0.0", "abi": {"major": 1}, "library": "\(library)", "evaluators": [\(wrong)]}
      """
    try host.load(pluginAt: FixtureLibrary.write(manifest, to: "wrong.assay.json", in: folder))
    let error = #expect(throws: AssayError.self) { try host.evaluator(named: "fixture.mean") }
    #expect(error?.code == .pluginMismatch)
  }
}
