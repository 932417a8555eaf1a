import AssayCore
import AssayJSON
import AssayReport
import Foundation
import Testing

@Suite struct `Writing a report` {
  private let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "assay-report-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  private func remove() { try? FileManager.default.removeItem(atPath: folder) }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
  }

  @Test func `takes the format from the extension`() throws {
    defer { remove() }
    let result = Samples.binary
    for name in ["a.json", "a.junit.xml", "a.md", "a.html", "a.csv", "B.JSON"] {
      try ReportWriter.write(result, to: "\(folder)/\(name)")
    }
    #expect(try names() == ["B.JSON", "a.csv", "a.html", "a.json", "a.junit.xml", "a.md"])
    #expect(try text("a.json") == result.jsonText())
    #expect(try text("B.JSON") == result.jsonText())
    #expect(try text("a.junit.xml") == result.junitText())
    #expect(try text("a.md") == result.markdownText())
    #expect(try text("a.html") == result.htmlText())
    #expect(try text("a.csv") == result.csvText())
  }

  @Test func `fills a folder with metrics, tables and plots`() throws {
    defer { remove() }
    try ReportWriter.write(Samples.binary, to: "\(folder)/report/")
    let files = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/report").sorted()
    #expect(
      files == [
        "calibration.csv", "calibration.svg", "confusion_matrix.csv", "confusion_matrix.svg",
        "metrics.csv", "pr_curve.csv", "pr_curve.svg", "roc_curve.csv", "roc_curve.slices.csv",
        "roc_curve.svg", "roc_curve_by_site.svg", "threshold_sweep.csv", "threshold_sweep.svg",
      ])
    let lines = try text("report/confusion_matrix.csv").split(separator: "\n")
    #expect(lines.first == "actual,predicted,count,weight,mean_probability")
    #expect(lines.count == 5)
    let slices = try text("report/roc_curve.slices.csv").split(separator: "\n")
    #expect(slices.first == "slice,fpr,tpr,threshold")
    #expect(slices.dropFirst().first == "site=a,0.0,0.0,")
    // Again, into a folder that is there, without the slash.
    try ReportWriter.write(Samples.binary, to: "\(folder)/report")
  }

  @Test func `names the files of several models apart`() throws {
    defer { remove() }
    try ReportWriter.write(Samples.regression, to: "\(folder)/r/")
    let files = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/r").sorted()
    #expect(
      files == [
        "metrics.csv", "tabular.regression.boosting.residuals.csv",
        "tabular.regression.boosting.residuals.svg", "tabular.regression.ridge.residuals.csv",
        "tabular.regression.ridge.residuals.svg",
      ])
  }

  @Test func `keeps files in the folder whatever a table is called`() throws {
    defer { remove() }
    var result = Samples.hostile
    var tables = result.evaluators[0].tables
    tables += tables.map { table in
      var copy = table
      copy.name = copy.name.uppercased()
      return copy
    }
    tables[2].name = ""
    tables[3].name = String(repeating: "x", count: 5000)
    result.evaluators[0].tables = tables
    try ReportWriter.write(result, to: "\(folder)/r/")
    #expect(try names() == ["r"])
    let files = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/r").sorted()
    #expect(files.count == 1 + 2 * 4 + 1, "\(files)")
    #expect(files.allSatisfy { $0.utf8.count < 200 && !$0.hasPrefix(".") })
  }

  @Test(arguments: [
    ("json", "report.no-extension", "--format json"),
    ("table", "report.no-extension", "--format table"),
    ("yaml", "report.no-extension", "--format yaml"),
    ("-", "report.no-extension", "--format json"),
    ("junit", "report.no-extension", "result.junit.xml"),
    ("out", "report.no-extension", "\"out/\" for a folder"),
    ("out.jsn", "report.unknown-format", "Did you mean \".json\"?"),
    ("out.xml", "report.unknown-format", "Did you mean \"out.junit.xml\"?"),
    ("out.pdf", "report.unknown-format", ".json, .junit.xml, .md, .html, .csv"),
    ("", "report.no-extension", "no extension"),
    ("no/such/out.json", "report.missing-folder", "mkdir -p 'no/such'"),
    ("no/such/out/", "report.missing-folder", "mkdir -p 'no/such'"),
    ("/dev/null/out.json", "report.missing-folder", "not a folder"),
  ])
  func `refuses a name that cannot be right, before any work`(
    path: String, code: String, words: String
  ) throws {
    let error = try #require(throws: AssayError.self) { _ = try ReportDestination(path) }
    #expect(error.code.rawValue == code)
    #expect(error.code.exitCode == .usage)
    #expect(error.message.contains(words), "\(error.message)")
  }

  @Test func `refuses a folder where a file is meant, and the other way round`() throws {
    defer { remove() }
    try FileManager.default.createDirectory(atPath: "\(folder)/a.json", withIntermediateDirectories: false)
    try ReportWriter.write(Samples.empty, to: "\(folder)/b.json")
    for path in ["\(folder)/a.json", "\(folder)/b.json/"] {
      let error = try #require(throws: AssayError.self) { _ = try ReportDestination(path) }
      #expect(error.code == .unwritableReport)
    }
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "There is no /dev/full."))
  func `says that the disk is full`() throws {
    defer { remove() }
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder)/full.json", withDestinationPath: "/dev/full")
    let error = try #require(throws: AssayError.self) {
      try ReportWriter.write(Samples.binary, to: "\(folder)/full.json")
    }
    #expect(error.code == .unwritableReport)
    #expect(error.message.contains("No space left on device"))
    #expect(try names() == ["full.json"])
  }

  @Test func `leaves nothing behind, and the old file as it was, when a write fails`() throws {
    defer { remove() }
    try "old".write(toFile: "\(folder)/metrics.csv", atomically: true, encoding: .utf8)
    // The name of the second file is taken by a folder, so that it cannot be put in place.
    try FileManager.default.createDirectory(
      atPath: "\(folder)/roc_curve.csv/x", withIntermediateDirectories: true)
    let error = try #require(throws: AssayError.self) {
      try ReportWriter.write(Samples.binary, to: folder + "/")
    }
    #expect(error.code == .unwritableReport)
    #expect(try !names().contains { $0.hasSuffix(".tmp") })
    #expect(try text("metrics.csv") == "old")
  }

  @Test func `follows a link instead of replacing it, and replaces an older report`() throws {
    defer { remove() }
    try "old".write(toFile: "\(folder)/real.json", atomically: true, encoding: .utf8)
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder)/link.json", withDestinationPath: "\(folder)/real.json")
    try ReportWriter.write(Samples.empty, to: "\(folder)/link.json")
    #expect(try text("real.json") == Samples.empty.jsonText())
    #expect(try names() == ["link.json", "real.json"])
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/link.json") == "\(folder)/real.json")
  }
}
