import AssayArrow
import AssayCore
import AssayHost
import Synchronization
import Testing

@Suite struct `A plugin of the first contract` {
  private func host() throws -> PluginHost {
    let host = PluginHost(searchPath: PluginSearchPath(folders: []))
    try host.load(pluginAt: FixtureLibrary.path("FirstABI/plugin.c", options: "-g"))
    return host
  }

  @Test func `still scores rows, with the services of its time`() throws {
    let lines = Mutex<[String]>([])
    let services = HostServices(log: { _, text in lines.withLock { $0.append(text) } })
    let evaluator = try host().evaluator(named: "frozen.row").prepare(services: services)
    let scored = try evaluator.score(RecordBatch(["a": Column([5.0]), "b": Column([3.0])]))
    #expect(scored.scores == [2])
    #expect(lines.withLock { $0 } == ["frozen"])
  }

  @Test func `still keeps states`() throws {
    let prepared = try host().evaluator(named: "frozen.total").prepare()
    let left = try prepared.makeState()
    let right = try prepared.makeState()
    try left.update(MeanPlugin.batch([1, 2]))
    try right.update(MeanPlugin.batch([4]))
    try left.merge(right)
    let loaded = try prepared.loadState(left.save())
    let metric = try #require(try loaded.finish().metrics.first)
    #expect(metric.name == "total" && metric.value == 7)
    #expect(metric.detail.support == 7 && metric.detail.standardError == nil)
  }

  @Test func `must agree with a sidecar beside it`() throws {
    let folder = try FixtureLibrary.newFolder("disagreeing")
    try FixtureLibrary.compile("FirstABI/plugin.c", to: "\(folder)/libfrozen.so")
    let sidecar = """
      {"manifest_version": 1, "plugin": "frozen.first", "version": "2.0.0", "abi": {"major": 1}, "library": "libfrozen.so", "evaluators": [{"name": "frozen.row", "mode": "reference", "call": "double frozen_row(double a, double b, const struct assay_services *services)"}]}
      """
    _ = try FixtureLibrary.write(sidecar, to: "frozen.assay.json", in: folder)
    let host = PluginHost(searchPath: PluginSearchPath(folders: [.init(path: folder)]))
    let error = #expect(throws: AssayError.self) { try host.load(pluginAt: "\(folder)/libfrozen.so") }
    #expect(error?.code == .pluginDisagreement)
    #expect(host.problems().map(\.error.code).contains(.pluginDisagreement))
  }
}
