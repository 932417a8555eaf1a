import AssayCore
import AssayData
import Testing

@Suite struct `Sources` {
  @Test(arguments: [
    ("preds.csv", SourceURI.file("preds.csv"), "csv", false),
    ("file:a/b.JSONL", .file("a/b.JSONL"), "jsonl", true),
    ("file:///x/y.csv.gz", .file("/x/y.csv.gz"), "csv.gz", false),
    ("-", .standardInput, "jsonl", true),
    ("a.b/noending", .file("a.b/noending"), "", false),
    ("v1.2.parquet", .file("v1.2.parquet"), "parquet", false),
    ("rows.json.zst", .file("rows.json.zst"), "json.zst", true),
    ("rows.gz", .file("rows.gz"), "gz", false),
  ])
  func `are parsed from what users type`(text: String, source: SourceURI, ending: String, isJSON: Bool) throws {
    let parsed = try SourceURI(parsing: text)
    #expect(parsed == source)
    #expect(parsed.fileExtension == ending)
    #expect(parsed.isJSON == isJSON)
  }

  @Test(arguments: ["dataset:mnist", "container:task", "generate:model", "", "file:"])
  func `that this build has not are refused`(text: String) {
    #expect(failure { _ = try SourceURI(parsing: text) }?.code == .sourceInvalid)
  }

  @Test(arguments: [("0:100", 0, 100), ("5:", 5, nil), (":7", 0, 7), (":", 0, nil), ("3:3", 3, 3)] as [(String, Int, Int?)])
  func `have ranges`(text: String, first: Int, end: Int?) throws {
    #expect(try RowRange(parsing: text) == RowRange(first: first, end: end))
  }

  @Test(arguments: ["", "5", "a:b", "-1:4", "4:3", "1:2:3", "1:x"])
  func `refuse what is no range`(text: String) {
    #expect(failure { _ = try RowRange(parsing: text) }?.code == .rangeInvalid)
  }
}
