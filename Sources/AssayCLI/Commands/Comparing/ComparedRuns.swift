import AssayCore
import AssayJSON
import AssayRuntime

/// Runs that were made before as sides: of the registry, or results in files.
enum ComparedRuns {
  /// - Throws: `usage.invalid` for what a run has already; what reading a result throws;
  ///   `data.invalid-row`, naming the file and the line.
  static func read(
    _ options: ComparedSideOptions, _ evaluators: EvaluatorOptions
  ) throws(AssayError) -> RunComparison {
    guard options.model.isEmpty, options.dataset.isEmpty else { return try newest(options, evaluators) }
    try checkOptions(options, evaluators)
    let files = options.runs.filter(isFile)
    let names = names(of: files)
    var places: [RunComparison.Place] = []
    for text in options.runs {
      guard let index = files.firstIndex(of: text) else {
        places.append(.registered(text))
        continue
      }
      let run = FinishedRun(result: try StoredResult.read(text), rows: try rows(of: text), place: text)
      for (model, part) in run.models {
        places.append(.finished(name: model.map { "\(names[index])/\($0)" } ?? names[index], part))
      }
    }
    var comparison = RunComparison(places)
    comparison.evaluators = evaluators.evaluator
    comparison.evaluatesMissing = options.evaluateMissing
    if options.evaluateMissing { comparison.fields = try fields(options, evaluators) }
    return comparison
  }

  /// The newest runs of models on a data set, or of a model on data sets.
  private static func newest(
    _ options: ComparedSideOptions, _ evaluators: EvaluatorOptions
  ) throws(AssayError) -> RunComparison {
    func wrong(_ words: String, _ flag: String) -> AssayError {
      AssayError(.usage, words, details: ["option": flag])
    }
    guard options.runs.isEmpty else {
      throw wrong("Name either runs or --model and --dataset, which find runs.", "--model")
    }
    guard let model = options.model.first, let dataset = options.dataset.first else {
      let lacking = options.model.isEmpty ? "--model" : "--dataset"
      throw wrong("--model and --dataset belong together: whose runs, and on what. Add \(lacking).", lacking)
    }
    guard options.model.count == 1 || options.dataset.count == 1 else {
      throw wrong(
        "Compare several models on one data set, or one model on several; not several of both.", "--dataset")
    }
    guard options.groundTruth == nil, evaluators.library == nil, evaluators.call == nil else {
      throw wrong("--ground-truth, --library and --call are for data, not for runs.", "--model")
    }
    var comparison = RunComparison(
      options.dataset.count > 1
        ? options.dataset.map { .newest(side: $0, model: model, dataset: $0) }
        : options.model.map { .newest(side: $0, model: $0, dataset: dataset) })
    comparison.evaluators = evaluators.evaluator
    comparison.evaluatesMissing = options.evaluateMissing
    guard !options.evaluateMissing || !evaluators.evaluator.isEmpty else {
      throw wrong("--evaluate-missing needs the evaluator of the runs that are made: name it with -e.", "--evaluator")
    }
    comparison.fields = try fields(options, evaluators)
    return comparison
  }

  /// What a run is told that is made.
  private static func fields(
    _ options: ComparedSideOptions, _ evaluators: EvaluatorOptions
  ) throws(AssayError) -> JSONObject {
    var flags = FieldFlags()
    try flags.members("parameters", evaluators.param, flag: "--param", takesLists: true, example: "threshold=0.5")
    try flags.textMembers("bindings", options.bind, flag: "--bind", example: "target=label")
    flags.text("join_on", options.joinOn)
    flags.text("nulls", options.nulls)
    flags.texts("null_text", options.values.nullText)
    flags.text("cast", options.values.cast)
    return flags.fields
  }

  /// Where a result may be; anything else is a run of the registry.
  private static func isFile(_ text: String) -> Bool {
    text == "-" || text.hasSuffix(".json") || Files.exists(text)
  }

  /// What a run was made with cannot be said again.
  private static func checkOptions(
    _ options: ComparedSideOptions, _ evaluators: EvaluatorOptions
  ) throws(AssayError) {
    let makesRuns = options.evaluateMissing
    let given: [(flag: String, isGiven: Bool)] = [
      ("--bind", !options.bind.isEmpty && !makesRuns), ("--param", !evaluators.param.isEmpty && !makesRuns),
      ("--ground-truth", options.groundTruth != nil),
      ("--nulls", options.nulls != nil), ("--null-text", !options.values.nullText.isEmpty),
      ("--cast", options.values.cast != nil), ("--library", evaluators.library != nil), ("--call", evaluators.call != nil),
    ]
    guard let extra = given.first(where: \.isGiven) else { return }
    throw AssayError(
      .usage, "\(extra.flag) is for data: a run has its columns and parameters already.",
      details: ["option": extra.flag])
  }

  /// Files are called by their names without folder and ending; where these are the same,
  /// a, b, c, ….
  private static func names(of paths: [String]) -> [String] {
    let names = paths.map { stem(of: $0).split(separator: "/").last.map(String.init) ?? $0 }
    guard Set(names).count < names.count || names.contains("baseline") else { return names }
    return paths.indices.map { String(UnicodeScalar(UInt8(97 + $0 % 26))) + ($0 < 26 ? "" : "\($0 / 26)") }
  }

  /// The rows that lie beside a result: `old.jsonl` or `old.rows.jsonl` beside `old.json`.
  private static func rows(of path: String) throws(AssayError) -> [ScoredRow]? {
    let places = [".jsonl", ".rows.jsonl"].map { stem(of: path) + $0 }
    guard path != "-", let place = places.first(where: { $0 != path && Files.exists($0) }) else { return nil }
    var rows: [ScoredRow] = []
    for (number, line) in try Files.read(place).split(separator: UInt8(ascii: "\n")).enumerated() {
      do throws(AssayError) {
        rows.append(try ScoredRow(json: try JSONValue(parsing: Array(line))))
      } catch {
        throw AssayError(
          error.code, "\(place), line \(number + 1): \(error.message)", details: ["file": place, "line": "\(number + 1)"])
      }
    }
    return rows
  }

  private static func stem(of path: String) -> String {
    path.hasSuffix(".json") ? String(path.dropLast(5)) : path
  }
}

extension Registry {
  /// Finds the runs of a comparison.
  ///
  /// - Throws: `registry.not-found`, which also says that there is no such file.
  func found(_ comparison: RunComparison) async throws(AssayError) -> ComparableRuns {
    do {
      return try await comparableRuns(comparison)
    } catch where error.code == .notFound && error.details["run"] != nil && error.details["model"] == nil {
      throw AssayError(
        error.code, error.message + " Nor is there a file of that name.", details: error.details)
    }
  }
}
