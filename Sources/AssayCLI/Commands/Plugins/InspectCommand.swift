import ArgumentParser
import AssayCore
import AssayJSON
import AssayReport
import AssayRuntime

/// `assay plugins inspect`.
struct InspectCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show the roles, parameters, metrics and tables of an evaluator or a plugin.",
    discussion: """
      EXAMPLES
        assay plugins inspect tabular.binary
        assay plugins inspect ./libmine.so --format json
      """)

  @Argument(
    help: ArgumentHelp(
      "An evaluator or a plugin that is installed, or a plugin's file.", valueName: "name|file"),
    completion: .custom { _, _, _ in EvaluatorNames.installed() })
  var subject: String

  @OptionGroup var answer: AnswerOptions

  func perform() throws(AssayError) -> AssayCore.ExitCode {
    let catalog = Assay().catalog
    let (plugin, evaluators) = try find(catalog)
    try answer.print(json(plugin, evaluators)) { terminal in
      let head = "\(plugin.name) \(plugin.version)\(plugin.summary.map { ": \($0)" } ?? "")\n\(plugin.library)\n"
      let parts = evaluators.map { EvaluatorSheet(evaluator: $0, terminal: terminal).text }
      return ([head] + parts).joined(separator: "\n")
    }
    return .success
  }

  private func find(
    _ catalog: PluginCatalog
  ) throws(AssayError) -> (PluginSummary, [EvaluatorSummary]) {
    if PluginCatalog.isFile(subject) {
      let plugin = try catalog.load(subject)
      return (plugin, plugin.evaluators)
    }
    if let plugin = catalog.plugins.first(where: { $0.name == subject }) {
      return (plugin, plugin.evaluators)
    }
    let (evaluator, plugin) = try catalog.evaluator(subject)
    return (plugin, [evaluator])
  }

  private func json(_ plugin: PluginSummary, _ evaluators: [EvaluatorSummary]) -> JSONValue {
    var shown = plugin
    shown.evaluators = evaluators
    return shown.json
  }
}

/// An evaluator on a page.
struct EvaluatorSheet {
  let evaluator: EvaluatorSummary
  let terminal: Terminal

  var text: String {
    var lines = [evaluator.name + (evaluator.summary.map { ": \($0)" } ?? "")]
    let task = evaluator.task.map { ", task \($0.rawValue)" } ?? ""
    let headline = evaluator.headline.map { ", headline \($0)" } ?? ""
    lines.append("  mode \(evaluator.mode.rawValue)\(task), shape \(evaluator.shape)\(headline)")
    if let key = evaluator.key { lines.append("  joins the two sides by \(key)") }
    if let reader = evaluator.reader { lines.append("  opens .json files and folders with the reader \(reader)") }
    var sections = [lines.joined(separator: "\n") + "\n"]
    sections += [roles, parameters, metrics, tables, functions].compactMap(\.self)
    return sections.joined(separator: "\n")
  }

  private var roles: String? {
    table(
      ["role", "types", "range", "", "meaning"],
      evaluator.roles.map {
        [
          $0.name, $0.types.joined(separator: " "), $0.range.text,
          $0.takesName ? "where it is there" : $0.isOptional ? "optional" : "", $0.summary ?? "",
        ]
      })
  }

  private var parameters: String? {
    guard let properties = evaluator.parameters["properties"]?.objectValue else { return nil }
    let required = evaluator.parameters["required"]?.arrayValue ?? []
    return table(
      ["parameter", "type", "default", "meaning"],
      properties.map { name, schema in
        let isRequired = required.contains(.string(name))
        return [
          name, schema.typeText, isRequired ? "required" : schema["default"]?.text() ?? "",
          schema["description"]?.stringValue ?? "",
        ]
      })
  }

  private var metrics: String? {
    table(
      ["metric", "range", "direction", "meaning"],
      evaluator.metrics.map {
        let declaration = $0.declaration
        let direction = declaration.direction == .none ? "" : declaration.direction.rawValue
        return [$0.name, declaration.range.text, direction, declaration.summary ?? ""]
      })
  }

  private var tables: String? {
    table(
      ["table", "columns"],
      evaluator.tables.map { table in
        [table.name, table.columns.map { "\($0.name) \($0.type)" }.joined(separator: ", ")]
      })
  }

  private var functions: String? {
    table(["function", "prototype"], evaluator.functions.map { [$0.part, $0.prototype] })
  }

  private func table(_ head: [String], _ rows: [[String]]) -> String? {
    rows.isEmpty ? nil : PlainTable(head: head, rows: rows).text(terminal)
  }
}

extension JSONValue {
  /// What a schema says about the type.
  fileprivate var typeText: String {
    if let values = self["enum"]?.arrayValue {
      return values.map { $0.stringValue ?? $0.text() }.joined(separator: "|")
    }
    if let types = self["type"]?.arrayValue {
      return types.compactMap(\.stringValue).joined(separator: "|")
    }
    return self["type"]?.stringValue ?? ""
  }
}

extension MetricRange {
  /// `0…1`, `≥ 0`; empty where both ends are open.
  var text: String {
    switch (lower, upper) {
    case (let lower?, let upper?): "\(short(lower))…\(short(upper))"
    case (let lower?, nil): "≥ \(short(lower))"
    case (nil, let upper?): "≤ \(short(upper))"
    case (nil, nil): ""
    }
  }
}

/// A number without a point where it is whole.
func short(_ value: Double) -> String {
  if let whole = Int64(exactly: value), abs(whole) < 1 << 53 {
    return value == 0 && value.sign == .minus ? "-0" : String(whole)
  }
  return value.description
}
