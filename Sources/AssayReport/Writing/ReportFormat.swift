public import AssayCore
import AssayJSON

/// The formats of reports in files.
public enum ReportFormat: String, Sendable, Hashable, CaseIterable {
  case json
  case junit = "junit.xml"
  case markdown = "md"
  case html
  case csv
  /// A folder with the metrics, a CSV per table and an SVG per plot.
  case folder = "/"

  /// The format that a path asks for: by its extension, or a folder where it
  /// ends in a slash or is one already.
  ///
  /// - Throws: `report.no-extension`, `report.unknown-format`.
  public init(path: String) throws(AssayError) {
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    let lowercased = name.lowercased()
    let known = Self.allCases.filter { $0 != .folder }
    if path.hasSuffix("/") {
      self = .folder
    } else if let format = known.first(where: { lowercased.hasSuffix(".\($0.rawValue)") }) {
      self = format
    } else if lowercased.hasSuffix(".markdown") {
      self = .markdown
    } else if !name.dropFirst().contains(".") {
      if FileKind(of: path) == .folder, !Self.isName(of: lowercased, in: known) {
        self = .folder
      } else {
        throw Self.missingExtension(path, name: lowercased, known)
      }
    } else {
      throw Self.unknown(path, name: name, known)
    }
  }

  private static func isName(of word: String, in known: [Self]) -> Bool {
    ["table", "yaml", "yml", "junit", "xml", "markdown", "-"].contains(word)
      || known.contains { $0.rawValue == word }
  }

  private static func missingExtension(_ path: String, name: String, _ known: [Self]) -> AssayError {
    let endings = known.map { ".\($0.rawValue)" }.joined(separator: ", ")
    guard isName(of: name, in: known) else {
      return AssayError(
        .reportWithoutExtension,
        "The output \"\(path)\" has no extension to say its format. Use one of \(endings), or \"\(path)/\" for a folder.",
        details: ["file": path])
    }
    let word = ["table", "json", "yaml"].contains(name) ? name : "json"
    return AssayError(
      .reportWithoutExtension,
      "--output takes the name of a file, and \"\(path)\" has no extension to say its format. For standard output use --format \(word); for a file a name such as result.\(name == "-" ? "json" : isFile(name) ?? "json").",
      details: ["file": path])
  }

  private static func isFile(_ word: String) -> String? {
    switch word {
    case "junit", "xml": "junit.xml"
    case "markdown": "md"
    default: allCases.first { $0.rawValue == word && $0 != .folder }?.rawValue
    }
  }

  private static func unknown(_ path: String, name: String, _ known: [Self]) -> AssayError {
    let endings = known.map { ".\($0.rawValue)" }
    let ending = "." + (name.split(separator: ".").last.map(String.init) ?? "")
    let hint =
      ending == ".xml"
      ? " Did you mean \"\(path.dropLast(4)).junit.xml\"?" : suggestion(for: ending, in: endings)
    return AssayError(
      .unknownReportFormat,
      "No report has the extension \"\(ending)\" of \"\(path)\". Known are \(endings.joined(separator: ", ")), and a name that ends in / for a folder.\(hint)",
      details: ["file": path])
  }

  /// The text of a report in one file; for a folder, its metrics.
  func text(of result: RunResult, images: ImageFolder? = nil) -> String {
    switch self {
    case .json: result.jsonText()
    case .junit: result.junitText()
    case .markdown: result.markdownText()
    case .html: result.htmlText(images: images)
    case .csv, .folder: result.csvText()
    }
  }
}
