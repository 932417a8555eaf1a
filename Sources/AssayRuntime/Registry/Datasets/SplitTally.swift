import AssayCore
import AssayJSON
import AssayStore

/// How many rows each split has.
struct SplitTally {
  var rows = 0
  private(set) var splits: [String: Int] = [:]
  /// Whether a split was spelled otherwise than Assay spells it, such as `valid`.
  var hasOtherSpellings: Bool { !spelled.isEmpty }
  /// By split, the word that the rows have for it where that is another.
  private var spelled: [String: String] = [:]

  /// The words that the rows have for splits, where they are others; nil for none.
  var spellings: JSONValue? {
    guard !spelled.isEmpty else { return nil }
    var object = JSONObject()
    for (split, word) in spelled.sorted(by: { $0.key < $1.key }) { object[split] = .string(word) }
    return .object(object)
  }

  mutating func count(_ split: Split) {
    rows += 1
    splits[split.rawValue, default: 0] += 1
  }

  /// Counts a row by what its column says; nothing for null.
  ///
  /// - Returns: The split that was meant.
  /// - Throws: `registry.invalid` for what is no split, with the row.
  @discardableResult
  mutating func count(_ text: String?, in place: String) throws(AssayError) -> Split? {
    guard let text else {
      rows += 1
      return nil
    }
    guard let split = Split(spelling: text) else {
      let known = Split.allCases.map(\.rawValue)
      throw AssayError(
        .invalidField,
        "\(place), row \(rows + 1): \"\(text)\" is no split.\(suggestion(for: text, in: known)) The splits are \(known.joined(separator: ", ")); --split-column names another column.",
        details: ["field": "split", "file": place, "row": String(rows + 1)])
    }
    if split.rawValue != text { spelled[split.rawValue] = text }
    count(split)
    return split
  }
}
