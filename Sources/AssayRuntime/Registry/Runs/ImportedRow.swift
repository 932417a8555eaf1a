import AssayCore
import AssayJSON
import AssayStore

/// A row of somebody else's, read into what a run keeps; nothing of it is dropped.
struct ImportedRow {
  private let fields: JSONObject
  /// From 0, in the order of the file.
  private let number: Int

  private static let known = [
    "row", "key", "id", "split", "model", "output", "expected", "score", "sub_scores", "outcome", "cause",
    "explanation", "message", "latency", "input_tokens", "output_tokens", "cost", "detail", "evaluator",
  ]

  /// - Parameters:
  ///   - bar: What scores are judged by, in place of the outcomes that they came with.
  ///   - evaluator: The one that the scores are of; nil for any, the same one for all rows.
  /// - Throws: `registry.invalid` with the field, and the row, counted from 1.
  static func rows(
    _ values: [JSONValue], bar: RowBar?, evaluator: String?
  ) throws(AssayError) -> [StoredRow] {
    guard !values.isEmpty else {
      throw AssayError(.invalidField, "There are no rows to import.", details: ["field": "rows"])
    }
    var rows: [StoredRow] = []
    var numbers: Set<Int> = []
    var evaluator = evaluator
    for (number, value) in values.enumerated() {
      let imported = try ImportedRow(value, number: number)
      let row = try imported.row(bar)
      guard numbers.insert(row.row).inserted else {
        throw imported.fault("there is another row \(row.row).", "row")
      }
      let named = imported.text("evaluator")
      guard named == nil || evaluator == nil || named == evaluator else {
        throw imported.fault(
          "it is of \(named ?? ""), not of \(evaluator ?? ""). A run that is imported has one evaluator.", "evaluator")
      }
      evaluator = evaluator ?? named
      rows.append(row)
    }
    return rows
  }

  private init(_ value: JSONValue, number: Int) throws(AssayError) {
    self.number = number
    fields = value.objectValue ?? JSONObject()
    guard value.objectValue != nil else { throw fault("it is \(value.typeName), not an object.", nil) }
    for key in fields.keys where !Self.known.contains(key) {
      throw fault(
        "there is no field \"\(key)\".\(suggestion(for: key, in: Self.known)) What is your own goes into \"detail\".",
        key)
    }
  }

  private func row(_ bar: RowBar?) throws(AssayError) -> StoredRow {
    let score = try number("score", from: -Double.greatestFiniteMagnitude)
    var row = StoredRow(row: try whole("row") ?? number, score: score, outcome: try outcome(score, bar))
    row.key = text("key") ?? text("id")
    row.split = text("split")
    row.model = text("model")
    row.output = text("output")
    row.expected = text("expected")
    row.subScores = try object("sub_scores")
    for (name, value) in row.subScores ?? [:] where value.doubleValue == nil && !value.isNull {
      throw fault("\"\(name)\" of \"sub_scores\" is a number or null, not \(value.text()).", "sub_scores")
    }
    row.cause = try cause(row.outcome)
    row.explanation = text("explanation") ?? text("message")
    row.latency = try number("latency", from: 0)
    row.inputTokens = try whole("input_tokens")
    row.outputTokens = try whole("output_tokens")
    row.cost = try number("cost", from: 0)
    row.detail = try object("detail")
    return row
  }

  private func outcome(_ score: Double?, _ bar: RowBar?) throws(AssayError) -> Outcome {
    let said = try word("outcome", as: Outcome.self)
    if let said, said.hasScore != (score != nil) {
      throw fault("the outcome \(said.rawValue) \(score == nil ? "needs a score" : "has no score").", "outcome")
    }
    guard let score else { return said ?? .unscored }
    return bar.map { $0.passes(score) ? .passed : .failed } ?? said ?? .scored
  }

  private func cause(_ outcome: Outcome) throws(AssayError) -> Cause? {
    let said = try word("cause", as: Cause.self)
    guard said == nil || !outcome.hasScore else {
      throw fault("a row with a score has no cause for being without.", "cause")
    }
    return said ?? (outcome.hasScore || outcome == .skipped ? nil : .evaluator)
  }

  // MARK: - Fields

  /// nil where it is missing or null.
  private func value(_ name: String) -> JSONValue? {
    guard let value = fields[name], !value.isNull else { return nil }
    return value
  }

  private func text(_ name: String) -> String? {
    value(name).map { $0.stringValue ?? $0.text() }
  }

  private func number(_ name: String, from least: Double) throws(AssayError) -> Double? {
    guard let value = value(name) else { return nil }
    guard let number = value.doubleValue, number.isFinite, number >= least else {
      let range = least == 0 ? " from 0 on" : ""
      throw fault("\"\(name)\" is a number\(range), not \(value.text()).", name)
    }
    return number
  }

  private func whole(_ name: String) throws(AssayError) -> Int? {
    guard let value = value(name) else { return nil }
    guard let number = value.doubleValue.flatMap({ Int(exactly: $0) }), number >= 0 else {
      throw fault("\"\(name)\" is a whole number from 0 on, not \(value.text()).", name)
    }
    return number
  }

  private func object(_ name: String) throws(AssayError) -> JSONObject? {
    guard let value = value(name) else { return nil }
    guard let object = value.objectValue else {
      throw fault("\"\(name)\" is an object, not \(value.text()).", name)
    }
    return object
  }

  private func word<Word: RawRepresentable & CaseIterable>(
    _ name: String, as type: Word.Type
  ) throws(AssayError) -> Word? where Word.RawValue == String {
    guard let value = value(name) else { return nil }
    guard let word = value.stringValue.flatMap(Word.init) else {
      let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
      throw fault("\"\(name)\" is one of \(words), not \(value.text()).", name)
    }
    return word
  }

  private func fault(_ problem: String, _ field: String?) -> AssayError {
    var details = ["row": String(number + 1)]
    details["field"] = field
    return AssayError(.invalidField, "Row \(number + 1): \(problem)", details: details)
  }
}
