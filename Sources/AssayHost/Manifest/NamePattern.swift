/// A name, or many: `pinball_{quantile}` stands for `pinball_0_9` and its like.
public struct NamePattern: Sendable, Hashable, CustomStringConvertible {
  /// The pattern as it was written.
  public let text: String
  /// The plain pieces, between which the placeholders stand.
  private let pieces: [String]

  /// A pattern; nil where a brace is not closed or a placeholder is empty.
  public init?(_ text: String) {
    var pieces = [""]
    var rest = text[...]
    while let open = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
      guard rest[open] == "{", let close = rest[open...].firstIndex(of: "}") else { return nil }
      let placeholder = rest[rest.index(after: open)..<close]
      guard !placeholder.isEmpty, !placeholder.contains("{") else { return nil }
      pieces[pieces.count - 1] += rest[..<open]
      pieces.append("")
      rest = rest[rest.index(after: close)...]
    }
    pieces[pieces.count - 1] += rest
    guard !text.isEmpty else { return nil }
    self.text = text
    self.pieces = pieces
  }

  public var description: String { text }

  /// Whether the pattern stands for more than one name.
  public var hasPlaceholders: Bool { pieces.count > 1 }

  /// Whether the name fits; a placeholder stands for at least one character.
  ///
  /// - Complexity: O(*n* *m*) for a name of *n* bytes and *m* of the pattern.
  public func matches(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    // The ends that the pieces read so far can reach.
    var ends: Set<Int> = bytes.starts(with: pieces[0].utf8) ? [pieces[0].utf8.count] : []
    for piece in pieces.dropFirst() {
      let piece = Array(piece.utf8)
      guard let first = ends.min(), first + 1 + piece.count <= bytes.count else { return false }
      ends = Set(
        (first + 1...bytes.count - piece.count)
          .filter { bytes[$0...].starts(with: piece) }
          .map { $0 + piece.count })
    }
    return ends.contains(bytes.count)
  }
}
