public import AssayCore

extension AssayError.Code {
  /// The name of an output file has an extension that stands for no format.
  public static let unknownReportFormat = Self(rawValue: "report.unknown-format")
  /// The output's name has no extension, so nothing says which format is meant.
  public static let reportWithoutExtension = Self(rawValue: "report.no-extension")
  /// The folder that the output should go to is not there.
  public static let missingReportFolder = Self(rawValue: "report.missing-folder")
  /// The output could not be written: no space, no permission, a failing disk.
  public static let unwritableReport = Self(rawValue: "report.not-writable")
  /// The folder of images that a page should show is not there.
  public static let missingImages = Self(rawValue: "report.missing-images")
}
