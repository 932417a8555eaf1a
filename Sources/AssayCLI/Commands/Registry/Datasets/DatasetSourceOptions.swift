import ArgumentParser
import AssayCore
import AssayJSON
import AssayRuntime

/// Where the rows of a data set come from.
struct DatasetSourceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A file of any format that can be evaluated; - reads JSON lines from standard input. Repeatable. Or a folder of annotations of images, with its splits.",
      valueName: "file"), completion: .file())
  var file: [String] = []

  @Option(help: ArgumentHelp("A file whose rows are for training; repeatable.", valueName: "file"),
    completion: .file())
  var train: [String] = []

  @Option(
    name: [.long, .customLong("valid")],
    help: ArgumentHelp("A file whose rows are for validation; repeatable.", valueName: "file"),
    completion: .file())
  var validation: [String] = []

  @Option(help: ArgumentHelp("A file whose rows are for testing; repeatable.", valueName: "file"),
    completion: .file())
  var test: [String] = []

  @Option(
    help: ArgumentHelp(
      "The reader of .json files that hold no rows of JSON, such as coco, or of a folder.", valueName: "name"))
  var reader: String?

  @Option(help: ArgumentHelp("The logs of this container.", valueName: "label"))
  var container: String?

  @Option(
    help: ArgumentHelp(
      "Only log entries that meet this: equals, not_equals, contains, not_contains, greater_than, greater_than_or_equal, less_than, less_than_or_equal, in, not_in, exists, not_exists, between. Repeatable; all must be met.",
      valueName: "field operator value"))
  var filter: [String] = []

  @Option(help: ArgumentHelp("At most so many log entries.", valueName: "number"))
  var size: String?

  @Option(
    help: ArgumentHelp(
      "The column that says the split of a row; split unless given.", valueName: "column"))
  var splitColumn: String?

  @Option(
    help: ArgumentHelp(
      "Deal the rows to splits by chance, such as train=0.8,test=0.2; a row keeps its split in later versions.",
      valueName: "split=share,…"))
  var shares: String?

  @Option(help: ArgumentHelp("The seed of --shares; 0 unless given.", valueName: "number"))
  var seed: String?

  /// Whether anything was said.
  var isEmpty: Bool {
    file.isEmpty && train.isEmpty && validation.isEmpty && test.isEmpty && container == nil
      && filter.isEmpty && size == nil && reader == nil && splitColumn == nil && shares == nil && seed == nil
  }
}

extension DatasetSourceOptions {
  /// - Throws: `usage.invalid` without rows, and for files beside a container;
  ///   `registry.invalid` for a filter.
  func source() throws(AssayError) -> DatasetSource {
    let files =
      file.map { DatasetSource.File($0, reader: reader) } + train.map { DatasetSource.File($0, split: .train, reader: reader) }
      + validation.map { DatasetSource.File($0, split: .validation, reader: reader) }
      + test.map { DatasetSource.File($0, split: .test, reader: reader) }
    guard let container else {
      guard filter.isEmpty, size == nil else {
        throw AssayError(
          .usage, "--filter and --size are for the logs of a --container.",
          details: ["option": filter.isEmpty ? "--size" : "--filter"])
      }
      guard !files.isEmpty else {
        throw AssayError(
          .usage, "There are no rows: name them with --file FILE or --container LABEL.",
          details: ["option": "--file"])
      }
      return .files(files)
    }
    guard files.isEmpty else {
      throw AssayError(
        .usage, "Rows come from files or from --container, not from both.",
        details: ["option": "--container"])
    }
    var filters: [FieldFilter] = []
    for text in filter { filters.append(try Self.filter(text)) }
    let limit: Int? = try size.map { text throws(AssayError) in
      try SettingValue(text, flag: "--size").integer(in: 1...Int.max, "a number of rows of 1 or more")
    }
    return .container(container, filters: filters, limit: limit)
  }

  /// - Throws: `usage.invalid`, `registry.invalid`.
  func rule() throws(AssayError) -> SplitRule {
    var dealt: [SplitRule.Share] = []
    for text in shares.map({ $0.split(separator: ",").map(String.init) }) ?? [] {
      let (name, value) = try FieldFlags.pairs([text], "--shares", "train=0.8,test=0.2")[0]
      guard let split = Split(spelling: name), let share = Double(value) else {
        throw AssayError(
          .usage,
          "--shares \(text) is not SPLIT=SHARE with a split of \(Split.allCases.map(\.rawValue).joined(separator: ", ")), as in train=0.8,test=0.2.",
          details: ["option": "--shares"])
      }
      dealt.append(SplitRule.Share(split, share))
    }
    var number: UInt64 = 0
    if let seed {
      guard let value = UInt64(seed), !dealt.isEmpty else {
        throw AssayError(
          .usage, "--seed takes a whole number of 0 or more, beside --shares.",
          details: ["option": "--seed"])
      }
      number = value
    }
    return try SplitRule(column: splitColumn, shares: dealt, seed: number)
  }

  /// A filter as three words, or as JSON.
  private static func filter(_ text: String) throws(AssayError) -> FieldFilter {
    if text.hasPrefix("{"), let value = try? JSONValue(parsing: text) {
      return try FieldFilter(json: value)
    }
    return try FieldFilter(parsing: text)
  }
}
