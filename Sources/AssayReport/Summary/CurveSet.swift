import AssayCore

/// The lines in a table of points: of all classes together, and of each class.
///
/// A table with a column `class` holds a line for each of its values; where it is
/// null, the line is of all classes together. A column `iou` tells lines of one
/// class apart.
struct CurveSet {
  typealias Curve = (name: String, points: [Chart.Point?])

  /// Of all classes together: one, or one for each IoU.
  var overall: [Curve] = []
  /// Of each class, in the order of the table; with several IoUs, at ``iou``.
  var classes: [Curve] = []
  /// The IoU of the lines of the classes.
  var iou: Double?

  /// - Parameter groups: The column that tells the lines apart.
  /// - Returns: nil for a table without one of the columns, or without a point.
  init?(_ table: ResultTable, x: String, y: String, by groups: String = "class") {
    guard let column = table.column(groups)?.values, let points = table.points(x, y) else { return nil }
    let names = column.texts
    let ious = groups == "class" ? table.numbers("iou") : nil
    let keys = names.indices.map { row in
      Key(name: column.isNull(at: row) ? nil : names[row], iou: ious?[row])
    }
    iou = Self.usualIoU(of: keys)
    let lines = Self.lines(points, keys)
    for (key, points) in lines where points.contains(where: { $0 != nil }) {
      if let name = key.name {
        if key.iou == iou { classes.append((name, points)) }
      } else {
        let other = groups == "class" ? "all classes" : "all"
        overall.append((key.iou.map { "IoU \($0.shortText(digits: 3))" } ?? other, points))
      }
    }
    if overall.isEmpty, classes.isEmpty { return nil }
  }

  private struct Key: Hashable {
    /// nil for all classes together.
    var name: String?
    var iou: Double?
  }

  /// 0.5 where a class has it, as that is what readers compare; otherwise the first.
  private static func usualIoU(of keys: [Key]) -> Double? {
    let ofClasses = keys.lazy.filter { $0.name != nil }
    return ofClasses.contains { $0.iou == 0.5 } ? 0.5 : ofClasses.first?.iou
  }

  private static func lines(_ points: [Chart.Point?], _ keys: [Key]) -> [(key: Key, points: [Chart.Point?])] {
    var lines: [(key: Key, points: [Chart.Point?])] = []
    var places: [Key: Int] = [:]
    for (key, point) in zip(keys, points) {
      if let place = places[key] {
        lines[place].points.append(point)
      } else {
        places[key] = lines.count
        lines.append((key, [point]))
      }
    }
    return lines
  }

  /// Every point of every line.
  var points: [Chart.Point] { (overall + classes).flatMap { $0.points.compactMap { $0 } } }
}

extension Chart {
  /// So many lines of classes are drawn: more are a grey area.
  private static let mostFaint = 200

  /// The lines of few classes in colours of their own; of many classes faint,
  /// each with its name while the pointer rests on it, under the lines of all
  /// classes together.
  mutating func draw(_ curves: CurveSet) {
    if curves.overall.isEmpty, curves.classes.count <= ChartStyle.seriesCount {
      drawColoured(curves.classes)
    } else {
      drawFaint(curves.classes)
      drawColoured(curves.overall)
      if curves.overall.isEmpty || !curves.classes.isEmpty { addLegend("each class", series: 0) }
    }
  }

  mutating func drawFaint(_ curves: [CurveSet.Curve]) {
    for curve in curves.prefix(Self.mostFaint) { line(curve.points, series: 0, title: curve.name) }
  }

  private mutating func drawColoured(_ curves: [CurveSet.Curve]) {
    for (index, curve) in curves.prefix(ChartStyle.seriesCount).enumerated() {
      addLegend(curve.name, series: index + 1)
      line(curve.points, series: index + 1, title: curve.name)
    }
  }
}
