public import AssayCore
import Glibc

/// Where the rows of a side come from.
public enum SourceURI: Sendable, Hashable {
  /// A file, by its path.
  case file(String)
  /// JSONL on standard input, written `-`.
  case standardInput

  /// What stands before the colon of a source that only a registry can find.
  public static let registrySchemes = ["dataset", "container", "run", "generate"]

  /// Reads `PATH`, `file:PATH` or `-`.
  ///
  /// - Throws: `data.invalid-source` for an empty text, and for the sources of a
  ///   registry (`dataset:`, `container:`, `run:`, `generate:`), which are files once they are found.
  public init(parsing text: String) throws(AssayError) {
    for scheme in Self.registrySchemes where text.hasPrefix(scheme + ":") {
      throw AssayError(
        .sourceInvalid,
        "\"\(text)\" names something of a registry, where a file is wanted. Name a file, or - for standard input; a file that is called so is ./\(text).",
        details: ["source": text])
    }
    let path = Self.path(of: text)
    guard !path.isEmpty else {
      throw AssayError(.sourceInvalid, "A source is empty. Name a file, or - for standard input.")
    }
    self = text == "-" ? .standardInput : .file(path)
  }

  /// The path without `file:` or `file://`.
  private static func path(of text: String) -> String {
    if text.hasPrefix("file://") { return String(text.dropFirst(7)) }
    return text.hasPrefix("file:") ? String(text.dropFirst(5)) : text
  }

  /// What messages call standard input.
  static let standardInputName = "standard input"

  /// How messages call the source.
  public var name: String {
    switch self {
    case .file(let path): path
    case .standardInput: Self.standardInputName
    }
  }

  /// The ending that says what a file holds, in lower case: `csv`, `jsonl.gz`;
  /// `jsonl` for standard input, and empty where there is none.
  public var fileExtension: String {
    guard case .file(let path) = self else { return "jsonl" }
    let name = path.split(separator: "/").last ?? ""
    let parts = name.split(separator: ".", omittingEmptySubsequences: false).dropFirst()
    guard let last = parts.last?.lowercased() else { return "" }
    let isPacked = ["gz", "zst"].contains(last)
    guard isPacked, parts.count >= 2 else { return last }
    return parts.suffix(2).joined(separator: ".").lowercased()
  }

  /// Whether the rows are JSON, which Assay reads itself.
  public var isJSON: Bool {
    ["json", "jsonl", "ndjson"].contains { ending in
      fileExtension == ending || fileExtension == ending + ".gz" || fileExtension == ending + ".zst"
    }
  }

  /// Whether the file is one JSON document rather than lines: a plugin may know its
  /// kind better than its ending tells.
  public var isJSONDocument: Bool { ["json", "json.gz", "json.zst"].contains(fileExtension) }

  /// Whether there is a folder under that path.
  public var isFolder: Bool {
    guard case .file(let path) = self else { return false }
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
