import AssayCore
import Testing

@testable import AssayReport

@Suite struct `A report about objects in images` {
  // Made once, not for each test.
  private static let shared = (
    small: Samples.detection, large: Samples.detection(classes: 80, images: 120, steps: 40)
  )
  private var small: RunResult { Self.shared.small }
  private var large: RunResult { Self.shared.large }

  private func evaluator(_ change: (inout EvaluatorResult) -> Void) -> RunResult {
    var result = small
    change(&result.evaluators[0])
    return result
  }

  @Test func `groups the metrics by what they measure`() {
    let groups = MetricGroup.groups(of: small.evaluators[0])
    #expect(
      groups.map(\.title) == [
        "Average precision", "Average precision by size", "Average recall", "Average recall by size",
        "At the operating point",
      ])
    #expect(groups.map { $0.metrics.map(\.name) }[1] == ["map_small", "map_medium", "map_large"])
    #expect(groups.map { $0.metrics.map(\.name) }[2] == ["mar_1", "mar_10", "mar_100"])
    #expect(groups.flatMap(\.metrics).count == small.evaluators[0].metrics.count)
  }

  @Test(arguments: [
    ("map_rare", "Average precision by frequency"), ("map_tiny", "Average precision by size"),
    ("map_50_95", "Average precision"), ("mar", "Average recall"), ("mar_300", "Average recall"),
    ("tp", "At the operating point"), ("mean_iou", "Other"), ("mapping", "Other"),
  ])
  func `finds the group of a metric`(name: String, title: String) {
    let result = evaluator { $0.metrics = [MetricResult(name: name, value: 0.5)] }
    #expect(MetricGroup.groups(of: result.evaluators[0]).map(\.title) == [title])
  }

  /// Numbers that a plugin or a damaged file may give.
  @Test(arguments: [Double(Int64.max), 1e300, -1e300, 0.5])
  func `bears counts of any size`(count: Double) {
    for sample in [small, Samples.binary] {
      var result = sample
      for table in result.evaluators[0].tables.indices {
        for column in result.evaluators[0].tables[table].columns.indices {
          let name = result.evaluators[0].tables[table].columns[column].name
          guard ["support", "count", "tp", "fp", "fn", "weight"].contains(name) else { continue }
          let rows = result.evaluators[0].tables[table].columns[column].values.texts.count
          result.evaluators[0].tables[table].columns[column].values = .float64(Array(repeating: count, count: rows))
        }
      }
      #expect(result.terminalText().contains(result.evaluators[0].evaluator))
      #expect(result.markdownText().contains("###"))
      #expect(result.htmlText().contains("</html>"))
    }
  }

  @Test func `keeps the metrics of other tasks in one group`() {
    let groups = MetricGroup.groups(of: Samples.binary.evaluators[0])
    #expect(groups.count == 1)
    #expect(groups[0].title.isEmpty)
  }

  @Test func `draws what a table with classes says, few labels to a picture`() {
    let figures = Figure.all(of: large.evaluators[0]).map(\.figure)
    #expect(
      figures.map(\.name) == [
        "pr_curve", "threshold_sweep", "confusion_matrix", "per_class", "froc_curve", "by_size",
      ])
    let curve = figures[0].inline(id: "x").text
    #expect(curve.contains("IoU 0.75"))
    #expect(curve.contains("<title>bicycle</title>"))
    #expect(figures[1].inline(id: "x").text.contains("best F1"))
    let names = figures[0].inline(id: "x").text.split(separator: "line s0").count
    #expect(names > 60, "a faint line for each class")
    for figure in figures { #expect(figure.inline(id: "x").text.utf8.count < 150_000, "\(figure.name)") }
  }

  @Test func `draws many groups of any table faint, and few in colours`() throws {
    func table(_ count: Int) -> ResultTable {
      let groups = (0..<count).flatMap { ["g\($0)", "g\($0)"] }
      return ResultTable(
        name: "any",
        columns: [
          .init(name: "group", values: .utf8(groups)),
          .init(name: "x", values: .float64(groups.indices.map { Double($0 % 2) })),
          .init(name: "y", values: .float64(groups.indices.map { Double($0) / 7 })),
        ], plot: .line)
    }
    let few = try #require(Figure.lines(table(4))).body.text
    #expect(few.contains("line s4"))
    #expect(!few.contains("line s0"))
    let many = try #require(Figure.lines(table(80))).body.text
    #expect(!many.contains("line s1"))
    #expect(many.split(separator: "<title>g").count == 81)
  }

  private func setting(_ values: [String: Double]) -> EvaluatorResult {
    evaluator {
      for index in $0.metrics.indices {
        if let value = values[$0.metrics[index].name] { $0.metrics[index].value = value }
      }
    }.evaluators[0]
  }

  @Test func `marks the optimum of all classes, also between the steps of the sweep`() throws {
    let table = try #require(small.evaluators[0].table("threshold_sweep"))
    let exact = setting(["confidence": 0.3127, "optimal_threshold": 0.3127, "optimal_f1": 0.875])
    let figure = try #require(Figure.thresholdSweep(table, in: exact))
    #expect(figure.summary.contains("best F1 0.875 at 0.3127"))
    #expect(!figure.body.text.contains("used:"))
    var without = exact
    without.metrics = []
    #expect(Figure.thresholdSweep(table, in: without)?.summary.contains("best F1 0.") == true)
  }

  @Test func `marks a confidence apart that is not the best`() throws {
    let table = try #require(small.evaluators[0].table("threshold_sweep"))
    let other = setting(["confidence": 0.8, "optimal_threshold": 0.3, "optimal_f1": 0.7])
    let text = try #require(Figure.thresholdSweep(table, in: other)).body.text
    #expect(text.contains("used: 0.8"))
    #expect(text.contains("best F1 0.7 at 0.3"))
  }

  @Test func `keeps the labels of a matrix that are confused, and the background last`() throws {
    let evaluator = large.evaluators[0]
    let table = try #require(evaluator.table("confusion_matrix"))
    let matrix = try #require(ConfusionMatrix(table, order: evaluator.classNames, limit: 10))
    #expect(matrix.labels.count == 10)
    #expect(matrix.labels.last == "background")
    #expect(matrix.labels[8].hasSuffix(" others"))
    let counts = try #require(table.numbers("count")).compactMap { $0 }
    #expect(matrix.counts.flatMap { $0 }.reduce(0, +) == counts.reduce(0, +))
    let whole = try #require(ConfusionMatrix(table, order: evaluator.classNames, limit: .max))
    let kept = Set(matrix.labels.dropLast(2))
    let most = try #require(whole.confusions(limit: 1).first)
    #expect(kept.isSuperset(of: [most.actual, most.predicted]))
    #expect(whole.labels.dropLast() == evaluator.classNames.filter(whole.labels.contains)[...])
    #expect(!whole.confusions(limit: .max).contains { $0.actual == "background" || $0.predicted == "background" })
  }

  @Test func `says in words what a cell of the background means`() throws {
    let table = ResultTable(
      name: "confusion_matrix",
      columns: [
        .init(name: "actual", values: .utf8(["cat", "background", "cat"])),
        .init(name: "predicted", values: .utf8(["background", "dog", "dog"])),
        .init(name: "count", values: .int64([1, 2, 3])),
      ])
    let matrix = try #require(ConfusionMatrix(table, limit: 9))
    #expect(matrix.labels == ["cat", "dog", "background"])
    #expect(matrix.sentence(0, 2) == "cat missed: 1, 25 %")
    #expect(matrix.sentence(2, 1) == "predicted dog where there is none: 2, 100 %")
    #expect(matrix.sentence(0, 1) == "actual cat, predicted dog: 3, 75 %")
  }

  @Test func `ranks classes by their value and leaves out those without one`() throws {
    let table = ResultTable(
      name: "per_class",
      columns: [
        .init(name: "class", values: .utf8(["a", "b", "c", "d"])),
        .init(name: "support", values: .int64([5, 0, 7, 9])),
        .init(name: "precision", values: .float64([0.1, 0.2, 0.3, 0.4])),
        .init(name: "ap", values: .float64([0.5, nil, 0.25, 0.5])),
      ])
    let report = try #require(ClassReport(table))
    #expect(report.valueName == "ap")
    #expect(report.ranked.map(\.name) == ["a", "d", "c"])
    #expect(report.worst.map(\.name) == ["c", "d", "a"])
    #expect(report.shortCells(of: report.rows[1]) == ["b", "0", "–", "0.2"])
    #expect(Figure.perClass(table)?.summary.contains("Without a value: 1 class") == true)
  }

  @Test func `says little in a terminal and in Markdown however many classes there are`() {
    let text = large.terminalText()
    #expect(text.split(separator: "\n").count < 70)
    #expect(text.contains("more classes, in the other formats"))
    #expect(text.contains("Confused most often"))
    #expect(large.markdownText().utf8.count < 10_000)
  }

  @Test func `shows every class and the whole matrix in a page that stays small`() {
    let page = large.htmlText()
    #expect(page.utf8.count < 1_200_000)
    for name in VisionSample.names { #expect(page.contains("<th scope=\"row\">\(name)</th>")) }
    #expect(page.contains("class=\"matrix\""))
    #expect(!page.contains("<script"))
    #expect(!page.contains("http"), "a page needs no network")
  }

  @Test func `gives each row its rank, and keeps what has no value behind`() {
    var markup = Markup()
    let table = ResultTable(
      name: "t",
      columns: [
        .init(name: "class", values: .utf8(["x", "y", "z"])), .init(name: "ap", values: .float64([0.2, nil, 0.7])),
      ])
    SortableTable(caption: "t", table: table, metered: "ap", id: "s", limit: 9).write(to: &markup)
    #expect(markup.text.contains("<tr style=\"--k0:0;--k1:1\"><th scope=\"row\">x"))
    #expect(markup.text.contains("<tr style=\"--k0:1;--k1:1;--m1:6\"><th scope=\"row\">y"))
    #expect(markup.text.contains("<tr style=\"--k0:2;--k1:0\"><th scope=\"row\">z"))
    #expect(PageStyle.text.description.contains("--k:var(--k\(SortableTable.mostColumns - 1))"))
  }

  @Test func `writes a CSV for every table and a drawing for every plot into a folder`() {
    let names = large.folderFiles.map(\.name)
    for table in large.evaluators[0].tables { #expect(names.contains("\(table.name).csv")) }
    for plot in ["pr_curve", "pr_curve_by_class", "threshold_sweep", "froc_curve", "by_size", "confusion_matrix"] {
      #expect(names.contains("\(plot).svg"))
    }
  }

  @Test func `draws the curve of all classes where slices stand side by side`() {
    let result = evaluator { evaluator in
      evaluator.slices = ["train", "valid"].map { split in
        SliceResult(by: [.init(column: "split", value: split)], rows: 20, tables: evaluator.tables)
      }
    }
    let figures = Figure.bySlices(of: result.evaluators[0])
    #expect(figures.map(\.name) == ["pr_curve_by_split"])
    #expect(figures[0].body.text.split(separator: "class=\"line s").count == 5, "two lines and two names")
  }
}
