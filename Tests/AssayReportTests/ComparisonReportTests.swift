import AssayCore
import AssayJSON
import AssayReport
import Foundation
import FoundationXML
import Testing

/// A comparison of three sides with everything that can be in one.
private var sample: ModelComparison {
  func interval(_ low: Double, _ high: Double, _ method: String = "delong") -> ConfidenceInterval {
    ConfidenceInterval(level: 0.95, low: low, high: high, method: method)
  }
  func value(_ name: String, _ value: Double?) -> MetricResult {
    var metric = MetricResult(name: name, value: value, reason: value == nil ? "one class" : nil)
    metric.interval = value.map { interval($0 - 0.1, $0 + 0.1) }
    return metric
  }
  let worse = MetricDifference(
    side: "b<b>", reference: "a", value: -0.05, isBetter: false, interval: interval(-0.08, -0.02),
    test: PairedTest(
      method: "mcnemar_exact", statistic: 3, pValue: 0.00001, adjustedPValue: 0.00002, isSignificant: true,
      pairs: .init(both: 80, onlySide: 3, onlyReference: 13, neither: 4), others: [.init(method: "mcnemar_mid_p", pValue: 0.00001)]),
    detectable: 0.04, items: 100)
  let open = MetricDifference(
    side: "c", reference: "a", value: 0.01, isBetter: true, interval: interval(-0.02, 0.04, "poisson_bootstrap"),
    test: PairedTest(method: "poisson_bootstrap", pValue: 0.4, adjustedPValue: 0.8), items: 100)
  let none = ["b<b>", "c"].map {
    MetricDifference(side: $0, reference: "a", value: nil, reason: "a: one class", items: 100)
  }
  let evaluator = ComparedEvaluator(
    evaluator: "tabular.binary", version: "1.0.0", mode: .reference, task: .binaryClassification,
    fingerprints: ["sha256:1", "sha256:1", "sha256:2"], headline: "accuracy",
    counts: [Counts(), Counts(), Counts()],
    metrics: [
      ComparedMetric(
        name: "accuracy", direction: .higherIsBetter, range: MetricRange(lower: 0, upper: 1),
        values: [value("accuracy", 0.9), value("accuracy", 0.85), value("accuracy", 0.91)], differences: [worse, open]),
      ComparedMetric(
        name: "roc_auc", direction: .higherIsBetter, range: MetricRange(),
        values: [value("roc_auc", nil), value("roc_auc", 0.5), value("roc_auc", 0.5)], differences: none),
    ],
    thresholds: [
      ComparedThreshold(
        side: "b<b>", reference: "a",
        result: ThresholdResult(
          expression: "delta(accuracy) >= -0.01", observed: -0.05, verdict: .fail, reason: "it is worse", rowsNeeded: 12))
    ], verdict: .fail,
    leaderboard: Leaderboard(
      metric: "accuracy",
      standings: [
        .init(side: "c", value: 0.91, interval: interval(0.8, 1), rank: 1), .init(side: "a", value: 0.9, rank: 1),
        .init(side: "b<b>", value: nil, rank: nil),
      ], reason: "accuracy is undefined for b<b>"),
    tournament: Tournament(
      quantity: "accuracy", wins: [[0, 13, 2], [3, 0, 4], [3, 11, 0]], ties: [[0, 84, 95], [84, 0, 85], [95, 85, 0]],
      abilities: [0.4, 0.2, 0.4].map { .init(ability: $0, logAbility: $0 - 0.3, interval: interval(-1, 1, "wald")) }))
  return ModelComparison(
    comparison: ComparisonInformation(
      id: "cmp_1", createdAt: "2026-11-21T16:00:00Z", durationSeconds: 0.5, seed: 7, level: 0.95, adjustment: "holm",
      power: 0.8),
    sides: [
      ComparedSide(
        name: "a", sources: [SourceInformation(side: .sample, uri: "a.csv", rows: 100, sha256: "aa")], items: 100),
      ComparedSide(name: "b<b>", sources: [], items: 103, unmatched: 3, firstUnmatched: ["x", "y", "z"]),
      ComparedSide(name: "c", sources: [], items: 100),
    ],
    baseline: "a", items: ComparedItems(compared: 100, coverage: 0.97, skipped: 1, clusters: 20),
    configuration: [ConfigurationDifference(setting: "param.threshold", values: ["0.5", nil, "0.4"])],
    evaluators: [evaluator], verdict: .fail, exitCode: .gateFailed, warnings: ["3 of the 103 items <…>"])
}

@Suite struct `The report of a comparison` {
  @Test func `fits the terminal and ends with the verdict`() {
    for width in [80, 100, 160] {
      let lines = sample.terminalText(columns: width).split(separator: "\n")
      #expect(lines.allSatisfy { $0.count <= width }, "\(width)")
      #expect(lines.last?.hasPrefix("✗ FAIL  of 1 threshold 1 failed; 1 of 2 differences significant") == true)
    }
    let text = sample.terminalText(columns: 160)
    for part in [
      "McNemar 3:13", "<0.0001  ▼", "0.8  =  bootstrap", "undefined: a: one class", "param.threshold", "p adjusted by Holm",
      "Leaderboard", "Items won", "100 items, 1 without a value, 20 clusters, coverage 97 %", "more rows would settle it",
    ] { #expect(text.contains(part), "\(part)") }
  }

  @Test func `keeps what users write out of the markup`() {
    let page = sample.htmlText()
    #expect(!page.contains("<b>b") && page.contains("b&lt;b&gt;") && !page.contains("<script"))
    #expect(!page.contains("http://") && !page.contains("https://"))
    for part in ["class=\"forest s2\"", "Items won", "Abilities", "Settings that differ", "pill fail", "prefers-color-scheme:dark"] {
      #expect(page.contains(part), "\(part)")
    }
    #expect(!sample.markdownText().contains("<b>"))
  }

  @Test func `is well-formed markup`() throws {
    // A page of ours is XML but for its first line and its elements without an inside.
    let page = sample.htmlText().replacing("<!doctype html>\n", with: "")
      .replacing(/<meta ([^>]*)>/) { "<meta \($0.output.1)/>" }
    let parser = XMLParser(data: Data(page.utf8))
    #expect(parser.parse(), "\(String(describing: parser.parserError)) in line \(parser.lineNumber)")
  }

  @Test func `has a line of CSV for each difference`() {
    let lines = sample.csvText().split(separator: "\n")
    #expect(lines.count == 5 && Set(lines.map { $0.count { $0 == "," } }).count == 1)
    #expect(lines[1].hasPrefix("tabular.binary,1.0.0,,accuracy,higher_is_better,b<b>,a,0.85,0.9,-0.05,false,-0.08,-0.02,0.95"))
    #expect(lines[3].hasSuffix(",a: one class"))
  }

  @Test func `is a document that its schema admits`() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Registry/schema/comparison.schema.json")
    let schema = try JSONSchema(
      JSONValue(parsing: String(contentsOf: file, encoding: .utf8)), at: "comparison", isClosed: false)
    let document = sample.json
    #expect(throws: Never.self) { try schema.validate(document, at: "comparison") }
    for (member, value) in [("verdict", "maybe"), ("items", [:]), ("evaluators", [[:]]), ("assay", "2")] as [(String, JSONValue)] {
      var departed = try #require(document.objectValue)
      departed[member] = value
      let broken = JSONValue.object(departed)
      #expect(throws: AssayError.self, "\(member)") { try schema.validate(broken, at: "comparison") }
    }
    let difference = document["evaluators"]?.arrayValue?.first?["metrics"]?["accuracy"]?["differences"]?.arrayValue?.first
    #expect(difference?["improved"]?.boolValue == false && difference?["test"]?["pairs"]?["only_baseline"]?.integerValue == 13)
  }

  @Test(arguments: ["x.junit.xml", "folder/"]) func `is not written in every format`(name: String) throws {
    let folder = FileManager.default.temporaryDirectory.path
    let error = #expect(throws: AssayError.self) { try ReportDestination("\(folder)/\(name)").write(sample) }
    #expect(error?.code.rawValue == "report.unknown-format")
  }
}
