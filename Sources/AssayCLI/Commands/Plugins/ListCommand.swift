import ArgumentParser
import AssayCore
import AssayJSON
import AssayReport
import AssayRuntime

/// `assay plugins list`.
struct ListCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Show the plugins that are installed, and where they lie.",
    discussion: """
      Plugins are looked for beside the executable, in its ../lib/assay/plugins, in the folders of \
      ASSAY_PLUGIN_PATH, in ~/.local/share/assay/plugins, in /usr/local/lib/assay/plugins and in \
      /usr/lib/assay/plugins; never in the working directory. None of their code runs.
      """)

  @OptionGroup var answer: AnswerOptions

  func perform() throws(AssayError) -> AssayCore.ExitCode {
    let catalog = Assay().catalog
    try answer.print(json(catalog)) { text(catalog, $0) }
    return .success
  }

  private func json(_ catalog: PluginCatalog) -> JSONValue {
    [
      "plugins": .array(catalog.plugins.map(\.json)),
      "problems": .array(
        catalog.problems.map { ["path": .string($0.path), "message": .string($0.error.message)] }),
      "folders": .array(catalog.folders.map(JSONValue.string)),
    ]
  }

  private func text(_ catalog: PluginCatalog, _ terminal: Terminal) -> String {
    let plugins = catalog.plugins
    var sections: [String] = []
    let offers = plugins.flatMap { plugin in
      plugin.evaluators.map { [$0.name, $0.mode.rawValue, plugin.version, $0.summary ?? ""] }
    }
    if !offers.isEmpty {
      sections.append(
        PlainTable(head: ["evaluator", "mode", "version", "what it does"], rows: offers).text(terminal))
    }
    let readers = plugins.flatMap { plugin in
      plugin.readers.map { [$0.name, $0.extensions.map { ".\($0)" }.joined(separator: " ")] }
    }
    if !readers.isEmpty {
      sections.append(PlainTable(head: ["reader", "files"], rows: readers).text(terminal))
    }
    let places = plugins.map {
      [$0.name, $0.version, $0.isShipped ? "with Assay" : "installed", $0.library]
    }
    if !places.isEmpty {
      sections.append(
        PlainTable(head: ["plugin", "version", "from", "library"], rows: places).text(terminal))
    }
    if !catalog.problems.isEmpty {
      let rows = catalog.problems.map { [$0.path, $0.error.message] }
      sections.append(PlainTable(head: ["cannot be used", "why"], rows: rows).text(terminal))
    }
    if sections.isEmpty {
      return "No plugin is installed. `assay doctor` says what is missing.\n"
    }
    return sections.joined(separator: "\n")
  }
}
