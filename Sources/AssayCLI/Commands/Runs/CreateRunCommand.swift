import ArgumentParser
import AssayCore
import AssayJSON
import AssayRuntime

/// `assay runs create`.
struct CreateRunCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "create",
    abstract: "Make a run, and do it: here with --wait, else in a process of its own.",
    usage: """
      assay runs create -e NAME … --sample SOURCE [OPTION …]
             assay runs create -f FIELDS.yaml [OPTION …]
      """,
    discussion: """
      A SOURCE is a file (PATH, or - for JSON lines on standard input), \
      dataset:NAME[@VERSION][/SPLIT], container:LABEL (its task logs), run:ID[/MODEL] (the sample of an \
      earlier run) or generate:MODEL,… ; with a range \
      in --sample-range and --ground-truth-range. The side that is left out comes from the logs of the \
      container, where the other one does not hold everything that is needed. With --model, the sample is \
      what each model said: its predictions for the data set, or its task logs.

      EXAMPLES
        assay runs create --container churn -e churn-gate \\
          --sample predictions.jsonl --wait
        assay runs create -e churn-gate -e tabular.binary \\
          --sample dataset:churn/test --model churn-v1 --model churn-v2
        assay runs create -e fluency --sample container:support \\
          --sample-range 0:100 --id nightly --overwrite
        assay runs create -e prefer-shorter \\
          --a run:nightly --b run:release --join-on id --bind output=answer
        assay runs create -f run.yaml --wait --format json

      EXIT CODES
        With --wait those of 'assay run'; without it 0 when the run was made.
      """)

  @Option(
    name: [.customShort("f"), .customLong("fields")],
    help: ArgumentHelp(
      "The fields of the run in a file of YAML or JSON; - reads standard input. Flags go before it.",
      valueName: "file"), completion: .file(extensions: ["yaml", "yml", "json"]))
  var file: String?

  @Option(help: ArgumentHelp("The container that the run belongs to.", valueName: "label"))
  var container: String?

  @Option(
    help: ArgumentHelp(
      "A model whose outputs are evaluated; repeat for several.", valueName: "name[@version]"))
  var model: [String] = []

  @Option(help: ArgumentHelp("Where the run is done, a word of yours; main unless given.", valueName: "name"))
  var environment: String?

  @OptionGroup var facts: MetadataOptions

  @OptionGroup var creation: RunCreationOptions
  @OptionGroup(title: "Evaluators") var evaluators: EvaluatorOptions
  @OptionGroup(title: "Data") var data: DataOptions
  @OptionGroup(title: "Gate") var gate: GateOptions
  @OptionGroup(title: "What is computed") var parts: PartOptions
  @OptionGroup var doing: RunDoingOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var answer: ObjectOptions

  func perform() async throws(AssayError) -> AssayCore.ExitCode {
    _ = try answer.wanted()
    let creation = try creation.creation()
    let specification = try RunSpecification(json: .object(try fields()))
    let registry = try await ProjectRegistry.making(for: specification, in: store.folder)
    let (run, isNew) = try await registry.createRun(specification, creation)
    return try await doing.perform(run, isNew: isNew, registry, answer)
  }

  private func fields() throws(AssayError) -> JSONObject {
    var flags = try RunFields(evaluators: evaluators, data: data, gate: gate, parts: parts).fields()
    flags.text("container", container)
    flags.texts("models", model)
    flags.text("environment", environment)
    try facts.add(to: &flags)
    guard let file else { return flags.fields }
    return try FieldsFile.read(file).patched(by: flags.fields)
  }
}

/// Under which id a run is made, and whether again.
struct RunCreationOptions: ParsableArguments {
  @Option(help: ArgumentHelp("An id of your choice.", valueName: "id"))
  var id: String?

  @Flag(help: "Make a new revision of the run of that id; the old one is kept.")
  var overwrite = false

  @Option(
    help: ArgumentHelp(
      "The same key and the same request make one run, however often they are sent.", valueName: "key"))
  var idempotencyKey: String?

  func creation() throws(AssayError) -> RunCreation {
    guard !overwrite || id != nil else {
      throw AssayError(.usage, "--overwrite needs the id of the run: name it with --id.")
    }
    var creation = RunCreation()
    creation.id = id
    creation.overwrites = overwrite
    creation.idempotencyKey = idempotencyKey
    creation.startsAtOnce = true
    return creation
  }
}
