import AssayCore
import AssayJSON
import Foundation
import Testing

@testable import AssayReport

@Suite struct `A report` {
  @Test func `puts failures first, then what is inconclusive, then passes`() {
    let verdicts = Samples.binary.evaluators[0].orderedThresholds.map(\.verdict)
    #expect(verdicts == [.fail, .inconclusive, .pass])
    let text = Samples.binary.terminalText()
    let places = ["✗ recall", "? precision", "✓ roc_auc"].map { text.range(of: $0)?.lowerBound }
    #expect(places == places.sorted { ($0 ?? text.endIndex) < ($1 ?? text.endIndex) })
    #expect(!places.contains(nil))
  }

  @Test(arguments: [40, 60, 80, 120, 200])
  func `is no wider than the terminal`(columns: Int) {
    for sample in Samples.all where sample.name != "hostile" {
      let lines = sample.result.terminalText(columns: columns).split(separator: "\n")
      // The verdict's sentence is for the terminal to break.
      for line in lines.dropLast() { #expect(line.displayWidth <= columns, "\(sample.name): \(line)") }
    }
  }

  @Test(arguments: [
    (0.949999999, ">= 0.95", Verdict.fail, "0.949999999"), (0.95, ">= 0.95", .pass, "0.95"),
    (0.9512345, ">= 0.95", .pass, "0.95123"), (0.95, "> 0.95", .fail, "0.95"),
  ])
  func `shows digits enough to tell the observed from the bar`(
    observed: Double, condition: String, verdict: Verdict, text: String
  ) {
    let threshold = ThresholdResult(expression: "f1 \(condition)", observed: observed, verdict: verdict)
    #expect(threshold.observedText == text)
  }

  @Test func `names the metrics that thresholds are about after the headline`() {
    var evaluator = Samples.binary.evaluators[0]
    #expect(evaluator.leadingMetrics == ["roc_auc", "precision", "recall"])
    evaluator.thresholds = [
      ThresholdResult(expression: "min(brier by site) <= 0.1", observed: 0.07, verdict: .pass),
      ThresholdResult(expression: "0.9", observed: 0.99, verdict: .pass),
    ]
    #expect(evaluator.leadingMetrics == ["roc_auc", "brier"])
    evaluator.headline = nil
    evaluator.thresholds = []
    #expect(evaluator.leadingMetrics == ["roc_auc"])
  }

  @Test func `shows tables of names, the first rows of long ones`() {
    let count = 30
    let names = (1...count).map { Optional("model \($0)") }
    let values = (1...count).map { Optional(Double($0) / 64) }
    var result = Samples.binary
    result.evaluators[0].tables = [
      ResultTable(
        name: "abilities",
        columns: [
          .init(name: "model", values: .utf8(names)), .init(name: "ability", values: .float64([nil] + values.dropFirst())),
        ], plot: .bars)
    ]
    let text = result.terminalText()
    for words in ["Abilities", "model 1 ", "model 20  0.3125", "and 10 more rows, in the other formats"] {
      #expect(text.contains(words), "\(words)")
    }
    #expect(!text.contains("model 21"))
    let markdown = result.markdownText()
    #expect(markdown.contains("<details><summary>Abilities</summary>"))
    #expect(markdown.contains("| model 1 | – |\n") && markdown.contains("| model 30 | 0.4688 |\n"))
  }

  @Test func `says that a null verdict is none`() {
    #expect(Samples.empty.terminalText().contains("NO VERDICT  no threshold was set"))
    #expect(Samples.rowScores.terminalText().contains("INCOMPLETE"))
    #expect(Samples.rowScores.markdownText().hasPrefix("## ℹ️ INCOMPLETE"))
  }

  @Test(arguments: [
    (MetricBasis.rows, 1, "1 row left out"), (.rows, 2000, "2,000 rows left out"), (.classes, 3, "3 classes left out"),
    (.classes, 1, "1 class left out"), (.images, 2, "2 images left out"), (.queries, 2, "2 queries left out"),
  ])
  func `says what a metric left out in the words of what it is made of`(
    basis: MetricBasis, skipped: Int, words: String
  ) {
    var metric = MetricResult(name: "map", value: 0.5)
    (metric.basis, metric.skipped) = (basis, skipped)
    #expect(metric.note == words)
  }

  @Test func `gives the reason of an undefined metric everywhere`() {
    let result = Samples.binary
    let reason = "without it the correction is unknown"
    for text in [
      result.terminalText(), result.jsonText(), result.csvText(), result.markdownText(), result.htmlText(),
      result.junitText(),
    ] { #expect(text.contains(reason)) }
    #expect(!result.htmlText().contains("NaN"))
  }

  @Test func `counts failures in JUnit, and skips what is inconclusive`() {
    let xml = Samples.binary.junitText()
    #expect(xml.contains("<testsuites name=\"assay\" tests=\"4\" failures=\"1\" errors=\"0\" skipped=\"2\""))
    #expect(Samples.empty.junitText().contains("tests=\"0\""))
    #expect(Samples.regression.junitText().contains("name=\"tabular.regression (ridge)\""))
  }

  @Test func `gives mean and deviation over folds, and over no other slices`() {
    let text = Samples.gallery.terminalText()
    #expect(text.contains("mean"))
    #expect(text.contains("± deviation"))
    #expect(!Samples.binary.terminalText().contains("± deviation"))
  }

  @Test func `stays small for curves of many points`() {
    let result = Samples.binary(rows: 5_000)
    #expect(result.evaluators[0].table("roc_curve")?.rowCount == 5_001)
    let html = result.htmlText()
    #expect(html.utf8.count < 300_000)
    #expect(html.contains("the first 200 shown"))
  }

  @Test func `keeps Markdown below what GitHub takes for thousands of slices`() {
    var result = Samples.binary
    let slice = result.evaluators[0].slices[0]
    result.evaluators[0].slices = (0..<2000).map { index in
      var copy = slice
      copy.by[0].value = "site \(index)"
      return copy
    }
    result.evaluators[0].problems = Array(repeating: result.evaluators[0].problems[0], count: 2000)
    let markdown = result.markdownText()
    #expect(markdown.utf8.count < 100_000)
    #expect(markdown.contains("and 1,950 more slices"))
    #expect(result.terminalText().contains("and 1,960 more slices"))
    #expect(result.htmlText().utf8.count < 1_000_000)
  }

  @Test func `folds a matrix of many labels`() throws {
    let labels = (0..<200).map { "label \($0)" }
    let counts = (0..<200).map { Int64($0) }
    let table = ResultTable(
      name: "confusion_matrix",
      columns: [
        .init(name: "actual", values: .utf8(labels)), .init(name: "predicted", values: .utf8(labels)),
        .init(name: "count", values: .int64(counts)),
      ], plot: .heatmap)
    let matrix = try #require(ConfusionMatrix(table, limit: 40))
    #expect(matrix.labels.count == 40)
    #expect(matrix.labels.last == "161 others")
    #expect(matrix.labels.first == "label 161")
    let total = matrix.counts.flatMap { $0 }.reduce(0, +)
    #expect(total == 19_900)
  }

  @Test func `draws nothing from tables that lack what a drawing needs, and survives them`() {
    var result = Samples.binary
    let names = result.evaluators[0].tables.map(\.name) + ["residuals", "other"]
    func column(_ name: String, _ values: ResultTable.Values) -> ResultTable.Column {
      ResultTable.Column(name: name, values: values)
    }
    let bins = [
      column("low", .float64([nil, .infinity, -1e308])), column("high", .float64([.nan, 2, 1e308])),
      column("count", .int64([nil, 1, .max])),
    ]
    let matrix = [
      column("actual", .utf8([nil])), column("predicted", .utf8(["a"])),
      column("count", .float64([-.infinity])),
    ]
    let curve = [
      column("threshold", .float64([nil])), column("fpr", .float64([.nan])), column("tpr", .float64([1])),
    ]
    let huge: Double = .greatestFiniteMagnitude
    let numbers = [
      column("x", .float64([1, 1])), column("y", .float64([-huge, huge])), column("z", .float64([1, 2])),
    ]
    let sets = [[], [column("fpr", .float64([]))], bins, matrix, curve, numbers]
    for plot in ResultTable.Plot.allCases.map(Optional.some) + [nil] {
      for columns in sets {
        result.evaluators[0].tables = names.map { ResultTable(name: $0, columns: columns, plot: plot) }
        let html = result.htmlText()
        #expect(!html.contains("nan"))
        #expect(!html.contains("inf\""))
      }
    }
  }
}
