public import AssayCore

/// Rows from a first one, numbered from 0, to an end that does not belong to them.
public struct RowRange: Sendable, Hashable {
  public let first: Int
  /// The row after the last one; nil for all that follow.
  public let end: Int?

  /// - Precondition: 0 ≤ `first`, and `first` ≤ `end`.
  public init(first: Int, end: Int?) {
    precondition(first >= 0 && first <= end ?? first)
    self.first = first
    self.end = end
  }

  /// Reads `0:100`, `100:` or `:100`.
  ///
  /// - Throws: `data.invalid-range`.
  public init(parsing text: String) throws(AssayError) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let first = parts.first == "" ? 0 : parts.first.flatMap { Int($0) }
    let last = parts.count == 2 && parts[1] != "" ? Int(parts[1]) : nil
    let isOpen = parts.count == 2 && parts[1] == ""
    guard parts.count == 2, let first, first >= 0, isOpen || last != nil, last ?? first >= first else {
      throw AssayError(
        .rangeInvalid,
        "\"\(text)\" is not a range of rows. Write FIRST:END, counted from 0 and without the end, such as 0:100 or 100:.",
        details: ["range": text])
    }
    self.init(first: first, end: last)
  }
}
