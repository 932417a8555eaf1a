import ArgumentParser
import AssayCore
import AssayRuntime

/// `assay runs set-metric ID NAME VALUE`.
struct SetMetricCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "set-metric",
    abstract: "Keep a metric of your own with a run; it is marked with the source caller.",
    usage: "assay runs set-metric ID NAME VALUE")

  @Argument(help: ArgumentHelp("The id of the run.", valueName: "id"))
  var id: String

  @Argument(help: ArgumentHelp("The name of the metric.", valueName: "name"))
  var name: String

  @Argument(
    parsing: .allUnrecognized, help: ArgumentHelp("A number, or null.", valueName: "value"))
  var value: [String] = []

  @OptionGroup var store: StoreOptions
  @OptionGroup var answer: ObjectOptions

  func perform() throws(AssayError) -> AssayCore.ExitCode {
    _ = try answer.wanted()
    guard value.count == 1 else {
      throw AssayError(.usage, "A metric has one value, as in: assay runs set-metric \(id) \(name) 0.9")
    }
    let number = Double(value[0])
    guard value[0] == "null" || number?.isFinite ?? false else {
      throw AssayError(
        .usage, "The value of a metric is a number or null, not \"\(value[0])\".", details: ["metric": name])
    }
    let registry = try store.reading()
    try RunPrinter(answer: answer).print(
      try registry.store.setMetric(name, to: number, ofRun: id, scope: registry.scope))
    return .success
  }
}
