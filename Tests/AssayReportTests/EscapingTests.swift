import AssayCore
import Foundation
import FoundationXML
import Testing

@testable import AssayReport

@Suite struct `Hostile names` {
  private let result = Samples.hostile

  @Test func `stay text in HTML`() {
    let html = result.htmlText()
    #expect(!html.contains("<script"))
    #expect(!html.contains("alert('x')"))
    #expect(html.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"))
    #expect(!html.unicodeScalars.contains { $0.isInvisibleControl && $0 != "\n" })
  }

  @Test func `open no attribute and no style`() {
    var result = Samples.binary
    let attack = "\" onload=\"alert(1)\" x='</style><img src=x onerror=alert(1)>"
    result.evaluators[0].metrics[0].name = attack
    result.evaluators[0].headline = attack
    result.evaluators[0].tables[0].name = attack
    result.evaluators[0].slices[0].by[0].value = attack
    let html = result.htmlText()
    #expect(!html.contains("<img"))
    #expect(!html.contains("\" onload=\"alert"))
    #expect(html.components(separatedBy: "</style>").count == 2)
  }

  @Test func `leave the page whole: every element is closed`() throws {
    for sample in Samples.all {
      // What HTML leaves open is closed, so that a parser of XML can judge the rest.
      var page = sample.result.htmlText().replacing("<!doctype html>\n", with: "")
      for void in ["<meta charset=\"utf-8\">", "initial-scale=1\">", "content=\"light dark\">"] {
        page = page.replacing(void, with: void.dropLast() + "/>")
      }
      try expectWellFormed(page, "\(sample.name).html")
    }
  }

  @Test func `leave XML well-formed`() throws {
    for sample in Samples.all {
      try expectWellFormed(sample.result.junitText(), "\(sample.name).junit.xml")
      for file in sample.result.folderFiles where file.name.hasSuffix(".svg") {
        try expectWellFormed(file.text, "\(sample.name) \(file.name)")
      }
    }
  }

  @Test func `send no codes to a terminal`() {
    let plain = result.terminalText()
    #expect(!plain.unicodeScalars.contains { $0.isInvisibleControl && $0 != "\n" })
    let coloured = result.terminalText(style: .ansi)
    let rest = coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "")
    #expect(rest == plain)
  }

  @Test func `stay within a cell of Markdown`() {
    let markdown = result.markdownText()
    for line in markdown.split(separator: "\n") where line.hasPrefix("|") {
      #expect([3, 4, 5].contains(line.count { $0 == "|" } - 1), "\(line)")
    }
    #expect(!markdown.replacing(/`[^`]*`/, with: "").contains("<script"))
  }

  @Test func `start no further command of GitHub Actions`() {
    let lines = result.gitHubAnnotations().split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 4)
    #expect(lines.dropLast().allSatisfy { $0.hasPrefix("::error title=") || $0.hasPrefix("::warning title=assay::") })
    let title = lines[0].dropFirst("::error title=".count).prefix { $0 != ":" }
    #expect(!title.contains(","))
  }

  @Test(arguments: [
    ("=HYPERLINK(1)", "'=HYPERLINK(1)"), ("+cmd", "'+cmd"), ("@x", "'@x"), ("-x,y", "\"'-x,y\""), ("-0.5", "-0.5"),
    ("+1e3", "+1e3"), ("a=b", "a=b"), ("-", "'-"), ("", ""),
  ])
  func `are no formulas in a spreadsheet`(text: String, field: String) {
    #expect(Escaping.csv(text) == field)
  }

  @Test func `read back from CSV as they were`() {
    let rows = parsedCSV(result.csvText())
    #expect(Set(rows.map(\.count)) == [17])
    let metrics = result.evaluators[0].metrics
    #expect(rows[2][4] == metrics[1].name)
    #expect(rows[2][16] == metrics[1].reason)
    #expect(rows[3][3] == result.evaluators[0].slices[0].name)
  }
}

private func expectWellFormed(_ text: String, _ name: String) throws {
  let parser = XMLParser(data: Data(text.utf8))
  #expect(parser.parse(), "\(name): \(String(describing: parser.parserError)) in line \(parser.lineNumber)")
}

/// A reader of CSV as RFC 4180 has it, over scalars: `\r\n` must not count as one.
private func parsedCSV(_ text: String) -> [[String]] {
  var rows: [[String]] = [[]]
  var field = String.UnicodeScalarView()
  var isQuoted = false
  var wasQuote = false
  for scalar in text.unicodeScalars {
    if isQuoted, !wasQuote {
      if scalar == "\"" { wasQuote = true } else { field.append(scalar) }
      continue
    }
    switch scalar {
    case "\"":
      if wasQuote { field.append(scalar) }
      isQuoted = true
      wasQuote = false
    case ",", "\n":
      rows[rows.count - 1].append(String(field))
      field = String.UnicodeScalarView()
      if scalar == "\n" { rows.append([]) }
      (isQuoted, wasQuote) = (false, false)
    default: field.append(scalar)
    }
  }
  return rows.dropLast()
}
