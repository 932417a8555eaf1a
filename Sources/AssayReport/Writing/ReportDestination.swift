public import AssayCore

/// A place that a report is written to, and the format that its name asks for.
///
/// Made before the work begins, so that a name that cannot be right is refused
/// before hours of evaluation.
public struct ReportDestination: Sendable, Hashable {
  /// As the user gave it.
  public let path: String
  public let format: ReportFormat
  /// The folder with the images that a page shows; other formats have none.
  public let images: ImageFolder?

  /// - Throws: `report.no-extension` for a bare word such as `json`,
  ///   `report.unknown-format` for an extension that stands for no format,
  ///   `report.missing-folder` where the folder around it is not there.
  public init(_ path: String, images: ImageFolder? = nil) throws(AssayError) {
    self.path = path
    self.images = images
    format = try ReportFormat(path: path)
    try checkFolder()
  }

  /// Writes the result. The files appear whole or not at all: each is written
  /// beside its place and then put there.
  ///
  /// - Throws: `report.not-writable` with the reason of the system, for example
  ///   a full disk.
  public func write(_ result: RunResult) throws(AssayError) {
    var transaction = FileTransaction()
    if case .folder = format {
      try transaction.makeFolder(path)
      for file in result.folderFiles { try transaction.add(file.text, at: "\(folder)/\(file.name)") }
    } else {
      try transaction.add(format.text(of: result, images: images), at: path)
    }
    try transaction.commit()
  }

  /// The folder without slashes at its end.
  private var folder: String {
    var folder = path[...]
    while folder.count > 1, folder.last == "/" { folder.removeLast() }
    return String(folder)
  }

  private func checkFolder() throws(AssayError) {
    let parent = folder.parentFolder
    switch FileKind(of: parent) {
    case .folder: break
    case .absent:
      throw AssayError(
        .missingReportFolder,
        "The folder \"\(parent)\" for \"\(path)\" is not there. Make it with: mkdir -p '\(parent)'",
        details: ["file": path])
    case .file, .special:
      throw AssayError(
        .missingReportFolder, "\"\(parent)\" is not a folder, so \"\(path)\" cannot be written in it.",
        details: ["file": path])
    }
    switch (FileKind(of: folder), format) {
    case (.folder, .folder), (.absent, _): break
    case (.folder, _):
      throw AssayError(
        .unwritableReport, "\"\(path)\" is a folder. Write \"\(folder)/\" for a report of many files.",
        details: ["file": path])
    case (_, .folder):
      throw AssayError(
        .unwritableReport, "\"\(folder)\" is a file, so it cannot be the folder of a report.",
        details: ["file": path])
    default: break
    }
  }
}

/// Writes results where and as a path says.
public enum ReportWriter {
  /// Writes a result in the format that the path's extension stands for.
  ///
  /// - Throws: What ``ReportDestination`` throws.
  public static func write(_ result: RunResult, to path: String) throws(AssayError) {
    try ReportDestination(path).write(result)
  }
}
