import AssayArrow
import AssayCore
import AssayData
import AssayHost

/// One side of a comparison, opened: evaluators are loaded for its columns, no row was read.
struct SidePlan {
  let name: String
  let origin: RunOrigin
  let plan: RunPlan
  let evaluators: [LoadedEvaluator]
  let columns: RunColumns
  private let sources: RunSources

  /// - Throws: As a run of this side alone.
  init(
    _ side: ComparisonRequest.Side, _ request: RunRequest, host: PluginHost, services: HostServices
  ) throws(AssayError) {
    name = side.name
    origin = side.origin
    plan = try RunPlan(request, host: host)
    try plan.checkBindings()
    sources = try RunSources(plan, host: host)
    columns = try RunColumns(plan, sources.lookup)
    var evaluators: [LoadedEvaluator] = []
    for (index, opened) in plan.opened.enumerated() {
      evaluators.append(
        try LoadedEvaluator(
          opened, parameters: try plan.parameters(ofEvaluator: index, given: sources.parameters),
          roles: columns.roles[index].map(\.input.role),
          intervalLevel: plan.intervalLevel(ofEvaluator: index), services: services))
    }
    self.evaluators = evaluators
  }

  /// Starts reading.
  func read() throws(AssayError) -> RunRows { try sources.read(columns.needed) }

  /// What to say of optional roles that were not bound.
  var unusedColumns: [String] { plan.unusedColumns(sources.lookup) }

  /// The sources with the sides that they are.
  var sides: [(side: Side, source: DataSource)] {
    [(.sample, plan.request.sample)]
      + (plan.request.groundTruth.map { [(.groundTruth, $0)] } ?? [])
  }

  /// The settings of this side that another may have otherwise.
  var settings: [(name: String, value: String)] {
    var settings = origin.settings.map { ($0.name, $0.value) }
    for (index, loaded) in evaluators.enumerated() {
      let prefix = evaluators.count > 1 ? "\(loaded.opened.name)." : ""
      for role in columns.roles[index] {
        settings.append(("\(prefix)bind.\(role.input.role)", "\(role.found.side.rawValue).\(role.found.field.name)"))
      }
      for (name, value) in loaded.prepared.scoringParameters.sorted(by: { $0.key < $1.key }) {
        settings.append(("\(prefix)param.\(name)", value.text()))
      }
    }
    return settings
  }
}

extension Sequence<SidePlan> {
  /// The settings in which the sides differ.
  var configurationDifferences: [ConfigurationDifference] {
    let settings = map { Dictionary($0.settings.map { ($0.name, $0.value) }) { first, _ in first } }
    var names: [String] = []
    for side in self {
      for setting in side.settings where !names.contains(setting.name) { names.append(setting.name) }
    }
    return names.compactMap { name in
      let values = settings.map { $0[name] }
      return Set(values).count > 1 ? ConfigurationDifference(setting: name, values: values) : nil
    }
  }
}
