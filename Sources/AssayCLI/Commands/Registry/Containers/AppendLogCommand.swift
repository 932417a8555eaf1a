import ArgumentParser
import AssayCore
import AssayJSON
import AssayRuntime

/// `assay containers logs append`.
struct AppendLogCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "append",
    abstract: "Append one entry to the logs of a container.",
    usage: "assay containers logs append LABEL [OPTION …]",
    discussion: """
      EXAMPLES
        assay containers logs append tickets --input 'Hello?' --output 'Hello.' \\
          --model small-1 --latency 0.4 --cost 0.0002
        assay containers logs append tickets --message user='Hello?' \\
          --message assistant='Hello.'
      """)

  @Argument(help: ArgumentHelp("The container's label or id.", valueName: "container"))
  var container: String

  @Option(help: ArgumentHelp("What went in: text, or JSON with --json.", valueName: "text"))
  var input: String?

  @Option(help: ArgumentHelp("What came out.", valueName: "text"))
  var output: String?

  @Option(help: ArgumentHelp("What should have come out.", valueName: "text"))
  var expected: String?

  @Option(
    help: ArgumentHelp("A chat message, such as user='Hello?'; repeatable, in their order.", valueName: "role=text"))
  var message: [String] = []

  @Flag(help: "Read input, output and expected as JSON.")
  var json = false

  @Option(help: ArgumentHelp("The model that answered.", valueName: "name"))
  var model: String?

  @Option(help: ArgumentHelp("How long it took.", valueName: "seconds"))
  var latency: String?

  @Option(help: ArgumentHelp("The tokens that went in.", valueName: "number"))
  var inputTokens: String?

  @Option(help: ArgumentHelp("The tokens that came out.", valueName: "number"))
  var outputTokens: String?

  @Option(help: ArgumentHelp("What it cost.", valueName: "number"))
  var cost: String?

  @Option(help: ArgumentHelp("When it was; now unless given.", valueName: "time"))
  var time: String?

  @OptionGroup var facts: MetadataOptions

  @OptionGroup var chosen: ChosenIDOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var answer: ObjectOptions

  func perform() throws(AssayError) -> AssayCore.ExitCode {
    _ = try answer.wanted()
    let entry = try entry()
    let registry = try store.reading()
    let logged = try registry.store.append(
      logs: [.object(entry)], to: container, scope: registry.scope)
    try answer.print(logged[0].object(in: container))
    return .success
  }

  private func entry() throws(AssayError) -> JSONObject {
    var flags = FieldFlags()
    flags.text("id", chosen.id)
    flags.text("model", model)
    flags.number("latency", latency)
    flags.number("input_tokens", inputTokens)
    flags.number("output_tokens", outputTokens)
    flags.number("cost", cost)
    flags.text("time", time)
    try facts.add(to: &flags)
    var entry = flags.fields
    for (name, text) in [("input", input), ("output", output), ("expected", expected)] {
      guard let text else { continue }
      entry[name] = json ? try value(text, "--\(name)") : .string(text)
    }
    guard !message.isEmpty else { return entry }
    var messages: [JSONValue] = []
    for text in message {
      let pair = try FieldFlags.pairs([text], "--message", "user='Hello?'")[0]
      messages.append(["role": .string(pair.name), "content": .string(pair.value)])
    }
    entry["messages"] = .array(messages)
    return entry
  }

  private func value(_ text: String, _ flag: String) throws(AssayError) -> JSONValue {
    do throws(AssayError) {
      return try JSONValue(parsing: text)
    } catch {
      throw AssayError(.usage, "\(flag) is no JSON: \(error.message)", details: ["option": flag])
    }
  }
}
