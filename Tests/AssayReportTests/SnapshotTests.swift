import AssayCore
import AssayJSON
import AssayReport
import Foundation
import Testing

/// Compares reports with their golden copies in `Snapshots`.
///
/// `ASSAY_RECORD_SNAPSHOTS=1` writes the copies anew.
@Suite struct `Every report` {
  static let formats: [(ending: String, render: @Sendable (RunResult) -> String)] = [
    ("json", { $0.jsonText() }),
    ("txt", { $0.terminalText() }),
    ("narrow.txt", { $0.terminalText(columns: 56) }),
    ("ansi.txt", { $0.terminalText(style: .ansi) }),
    ("csv", { $0.csvText() }),
    ("junit.xml", { $0.junitText() }),
    ("md", { $0.markdownText() }),
    ("annotations.txt", { $0.gitHubAnnotations() }),
    ("html", { $0.htmlText() }),
  ]

  @Test(arguments: Samples.all.map(\.name), formats.map(\.ending))
  func `is as it was looked at and committed`(sample: String, format: String) throws {
    let result = try #require(Samples.all.first { $0.name == sample }?.result)
    let render = try #require(Self.formats.first { $0.ending == format }?.render)
    try expect(render(result), isSnapshot: "\(sample).\(format)")
  }
}

func expect(_ text: String, isSnapshot name: String) throws {
  let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Snapshots/\(name)")
  if ProcessInfo.processInfo.environment["ASSAY_RECORD_SNAPSHOTS"] == "1" {
    try Data(text.utf8).write(to: file)
    return
  }
  let golden = try #require(
    try? Data(contentsOf: file), "There is no snapshot \(name); record it with ASSAY_RECORD_SNAPSHOTS=1.")
  guard Data(text.utf8) != golden else { return }
  let old = String(decoding: golden, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
  let new = text.split(separator: "\n", omittingEmptySubsequences: false)
  let line = zip(old, new).enumerated().first { $0.element.0 != $0.element.1 }?.offset
    ?? min(old.count, new.count)
  Issue.record(
    """
    \(name) differs from its snapshot in line \(line + 1):
    was \(old.indices ~= line ? old[line].prefix(300) : "nothing")
    is  \(new.indices ~= line ? new[line].prefix(300) : "nothing")
    """)
}
