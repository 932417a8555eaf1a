import ArgumentParser
import AssayCore
import AssayJSON
import AssayRuntime

/// `assay runs list`.
struct ListRunsCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List runs, the newest first, or sorted by a metric.",
    usage: "assay runs list [--status STATUS] [--metric NAME] [OPTION …]")

  @Option(
    help: ArgumentHelp("Only of this status.", valueName: "status"),
    completion: .list(RunStatus.allCases.map(\.rawValue)))
  var status: String?

  @Option(help: ArgumentHelp("Only about this model.", valueName: "name[@version]"))
  var model: String?

  @Option(help: ArgumentHelp("Only over this data set.", valueName: "name"))
  var dataset: String?

  @Option(help: ArgumentHelp("Only of this container.", valueName: "label"))
  var container: String?

  @Option(name: [.short, .long], help: ArgumentHelp("Only with this evaluator.", valueName: "name"))
  var evaluator: String?

  @Option(
    name: [.customLong("metric"), .customLong("sort")],
    help: ArgumentHelp("Sort by a metric, the largest value first.", valueName: "name"))
  var metric: String?

  @Flag(help: "The smallest value, or the oldest run, first.")
  var ascending = false

  @OptionGroup var page: PageOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var answer: ObjectOptions

  func perform() throws(AssayError) -> AssayCore.ExitCode {
    _ = try answer.wanted()
    let page = try page.page()
    let registry = try store.reading()
    let listing = try registry.store.runs(try filter(), page: page, scope: registry.scope)
    let objects = listing.map { object(of: $0) }
    try answer.print(objects, columns: columns, noun: "runs", page: page)
    return .success
  }

  private func filter() throws(AssayError) -> RunFilter {
    var filter = RunFilter()
    if let status { filter.status = try SettingValue(status, flag: "--status").choice() }
    filter.model = model
    filter.dataset = dataset
    filter.container = container
    filter.evaluator = evaluator
    filter.metric = metric
    filter.isAscending = ascending
    return filter
  }

  /// The run, with the metric that it is sorted by.
  private func object(of run: RunFacts) -> JSONObject {
    var object = run.summary
    guard let metric else { return object }
    object["metric"] = ["name": .string(metric), "value": JSONValue(run.metric)]
    return object
  }

  private var columns: [ObjectColumn] {
    var columns = [
      ObjectColumn("id"), ObjectColumn("status"),
      ObjectColumn("done") { object in
        object["percent_completed"]?.doubleValue.map { "\(Int($0)) %" } ?? ""
      },
      ObjectColumn("verdict"),
    ]
    if let metric {
      columns.append(ObjectColumn(metric) { ObjectText.short($0["metric"]?["value"] ?? .null) })
    }
    return columns + [
      ObjectColumn("evaluators") { Self.names($0, "name") },
      ObjectColumn("models") { Self.names($0, "model") },
      ObjectColumn("container"), ObjectColumn("created") { ObjectText.time($0["created_at"]) },
    ]
  }

  private static func names(_ object: JSONObject, _ member: String) -> String {
    var names: [String] = []
    for evaluator in object["evaluators"]?.arrayValue ?? [] {
      guard let name = evaluator[member]?.stringValue, !names.contains(name) else { continue }
      names.append(name)
    }
    return names.joined(separator: ", ")
  }
}
