
/// What is known of whether a plugin is what its manifest says.
public struct ValidationReport: Sendable, Hashable {
  /// A way to tell; from the cheapest to the dearest.
  public enum Rung: String, Sendable, Hashable, CaseIterable {
    /// The manifest, its prototypes and its bindings read as they should.
    case parse
    /// The library defines the function.
    case symbol
    /// The function is the library's own, not another one's of that name.
    case owner
    /// The debug information says the same as the prototype.
    case debugInformation = "debug_information"
    /// The answers that the manifest holds are the ones that come out.
    case knownAnswers = "known_answers"
  }

  public enum Answer: String, Sendable, Hashable, CaseIterable {
    case match
    case mismatch
    /// It cannot be told, which is not the same as a match.
    case unknown
  }

  public struct Check: Sendable, Hashable {
    /// The evaluator or reader, or the function that was described.
    public var subject: String
    /// The C function; nil for what concerns the whole subject.
    public var function: String?
    public var rung: Rung
    public var answer: Answer
    /// What differs, or why it cannot be told.
    public var note: String?
  }

  public var checks: [Check]

  /// Whether anything is not as described.
  public var hasMismatch: Bool { checks.contains { $0.answer == .mismatch } }
}
