import AssayCore

extension TerminalWriter {
  /// So many classes, confusions and images are worth a line.
  private static let shownClasses = 10
  private static let shownPairs = 5
  private static let shownImages = 5

  /// A matrix of few labels fits a terminal; of a larger one the pairs that are
  /// confused most.
  func confusions(of evaluator: EvaluatorResult) -> [String]? {
    guard let matrix = evaluator.confusionMatrix(limit: .max), matrix.labels.count > 1 else { return nil }
    return matrix.labels.count <= 8 ? square(matrix) : pairs(of: matrix)
  }

  private func square(_ matrix: ConfusionMatrix) -> [String] {
    var text = TextTable(
      columns: [.init(title: "actual ↓  predicted →")]
        + matrix.labels.map { .init(title: Escaping.terminal($0).truncated(to: 12), alignment: .trailing) })
    for (row, label) in matrix.labels.enumerated() {
      let cells = matrix.counts[row].enumerated().map { column, count in
        TextTable.Cell(count.text(digits: 6), row == column ? .strong : count == 0 ? .faint : .normal)
      }
      text.rows.append(.init(cells: [.init(label)] + cells))
    }
    return [heading("Confusion matrix")] + text.lines(width: width, style: style)
  }

  private func pairs(of matrix: ConfusionMatrix) -> [String]? {
    let pairs = matrix.confusions(limit: Self.shownPairs)
    guard !pairs.isEmpty else { return nil }
    var text = TextTable(
      columns: [
        .init(title: "actual"), .init(title: "predicted"), .init(title: "count", alignment: .trailing),
        .init(title: "of actual", alignment: .trailing),
      ])
    for pair in pairs {
      text.rows.append(
        .init(cells: [
          .init(pair.actual), .init(pair.predicted), .init(pair.count.text(digits: 6)),
          .init(pair.share?.percentText ?? "–"),
        ]))
    }
    return [heading("Confused most often")] + text.lines(width: width, style: style)
  }

  /// The classes with the lowest values.
  func classes(of evaluator: EvaluatorResult) -> [String]? {
    guard let report = evaluator.classReport, report.worst.count > 1 else { return nil }
    let shown = report.worst.prefix(Self.shownClasses)
    var text = TextTable(
      columns: [.init(title: "class")]
        + report.shortColumns.map {
          .init(title: $0, alignment: $0 == "support" ? .trailing : .decimal)
        })
    for row in shown { text.rows.append(.init(cells: report.shortCells(of: row).map { .init($0) })) }
    let all = shown.count == report.rows.count
    let lines = text.lines(width: width, style: style)
    let rest = (report.rows.count - shown.count).counted("more class", "more classes")
    let remark = "and \(rest), in the other formats".truncated(to: width - 2)
    return [heading("Classes", "lowest \(report.valueName) first")] + lines
      + (all ? [] : ["  " + TextRole.faint.painted(remark, style)])
  }

  /// The images with the most errors.
  func images(of evaluator: EvaluatorResult) -> [String]? {
    guard let report = ImageReport(evaluator), !report.worst.isEmpty else { return nil }
    var text = TextTable(
      columns: [.init(title: "image"), .init(title: "f1", alignment: .decimal)]
        + ["tp", "fp", "fn"].map { .init(title: $0, alignment: .trailing) })
    for image in report.worst.prefix(Self.shownImages) {
      let counts = [image.found, image.extra, image.missed].map { TextTable.Cell($0.groupedText) }
      text.rows.append(
        .init(cells: [.init(image.name), .init(image.f1?.text(digits: 4) ?? "–")] + counts))
    }
    let remark = "\(report.worst.count.groupedText) of \(report.count.groupedText) have errors"
    return [heading("Worst images", remark)] + text.lines(width: width, style: style)
  }
}
