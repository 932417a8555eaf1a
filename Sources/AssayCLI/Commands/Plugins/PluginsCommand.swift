import ArgumentParser
import AssayCore
import AssayJSON
import AssayReport
import AssayRuntime

/// `assay plugins`: what is installed, what it does, and whether it is what it says.
struct PluginsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plugins",
    abstract: "Look at plugins, call their functions, check what they say.",
    discussion: """
      EXAMPLES
        assay plugins list
        assay plugins inspect tabular.binary
        assay plugins call libm.so.6 'double fabs(double x)' x=-3
        assay plugins describe ./libmine.so > libmine.assay.json
        assay plugins validate ./libmine.so
      """,
    subcommands: [
      ListCommand.self, InspectCommand.self, DescribeCommand.self, CallCommand.self,
      ValidateCommand.self,
    ])
}

/// How the answer of a command about plugins is printed.
struct AnswerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("What is printed: table (the default) or json.", valueName: "table|json"),
    completion: .list(["table", "json"]))
  var format: String?

  enum Format: String, CaseIterable {
    case table, json
  }

  func wanted() throws(AssayError) -> Format {
    guard let format else { return .table }
    return try SettingValue(format, flag: "--format").choice()
  }

  /// Prints one of the two.
  func print(
    _ json: @autoclosure () -> JSONValue, orText text: (Terminal) -> String
  ) throws(AssayError) {
    switch try wanted() {
    case .json: try Console.print(json().text(indented: true) + "\n")
    case .table: try Console.print(text(Terminal(.output)))
    }
  }
}

extension PluginCatalog {
  /// A plugin or an evaluator that is installed, or the plugin of a file.
  static func isFile(_ name: String) -> Bool {
    name.contains("/") || name.hasSuffix(".so") || name.hasSuffix(".json") || name.contains(".so.")
  }
}
