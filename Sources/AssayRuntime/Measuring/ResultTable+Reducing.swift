import AssayCore

extension ResultTable {
  /// The same curve with at most `limit` points; tables that are no curves stay.
  ///
  /// Rows that follow one another with the same texts, such as a class, are a curve of
  /// their own, and each has as many points.
  ///
  /// The ends, the extremes of each column and the points farthest from the
  /// diagonals (among them the optimum of a ROC or precision-recall curve) stay; the
  /// others go in the order in which they matter least to the shape (Visvalingam and
  /// Whyatt 1993).
  ///
  /// - Complexity: O(*n* + *m* log *m*), where *m* is 16 times the limit at most.
  func reduced(to limit: Int) -> ResultTable {
    let limit = max(2, limit)
    guard plot == .line, rowCount > limit else { return self }
    let stretches = stretches
    guard stretches.contains(where: { $0.count > limit }) else { return self }
    var kept: [Int] = []
    for rows in stretches {
      let curve = rows.count > limit ? Curve(self, rows) : nil
      kept += curve?.points(limit: limit).map { rows.lowerBound + $0 } ?? Array(rows)
    }
    var table = self
    for index in table.columns.indices {
      table.columns[index].values = table.columns[index].values.rows(kept)
    }
    return table
  }

  /// The rows that follow one another with equal texts.
  private var stretches: [Range<Int>] {
    let texts = columns.compactMap(\.values.texts)
    var found: [Range<Int>] = []
    var start = 0
    for row in 0..<rowCount where row > 0 {
      guard texts.contains(where: { $0[row] != $0[row - 1] }) else { continue }
      found.append(start..<row)
      start = row
    }
    return found + [start..<rowCount]
  }
}

extension ResultTable.Values {
  fileprivate func rows(_ kept: [Int]) -> ResultTable.Values {
    switch self {
    case .bool(let values): .bool(kept.map { values[$0] })
    case .int64(let values): .int64(kept.map { values[$0] })
    case .float64(let values): .float64(kept.map { values[$0] })
    case .utf8(let values): .utf8(kept.map { values[$0] })
    }
  }

  fileprivate var texts: [String?]? {
    guard case .utf8(let values) = self else { return nil }
    return values
  }

  fileprivate func numbers(_ rows: Range<Int>) -> [Double]? {
    switch self {
    case .float64(let values): values[rows].map { $0 ?? .nan }
    case .int64(let values): values[rows].map { $0.map(Double.init) ?? .nan }
    default: nil
    }
  }
}

/// The first two number columns of some rows of a table, as points.
private struct Curve {
  private let x: [Double]
  private let y: [Double]
  private let all: [[Double]]

  init?(_ table: ResultTable, _ rows: Range<Int>) {
    all = table.columns.compactMap { $0.values.numbers(rows) }
    guard all.count >= 2 else { return nil }
    (x, y) = (all[0], all[1])
  }

  /// The rows to keep, in order, counted from the first.
  func points(limit: Int) -> [Int] {
    let fixed = landmarks
    let rest = Set(thinned(to: 16 * limit)).union(fixed).sorted()
    return visvalingam(rest, fixed: fixed, limit: limit)
  }

  private var landmarks: Set<Int> {
    var found: Set<Int> = [0, x.count - 1]
    for column in all {
      found.formUnion(extremes(column.count) { column[$0] })
    }
    found.formUnion(extremes(x.count) { x[$0] - y[$0] })
    found.formUnion(extremes(x.count) { x[$0] + y[$0] })
    // Where both are shares, the harmonic mean is F1.
    found.formUnion(extremes(x.count) { x[$0] * y[$0] / (x[$0] + y[$0]) })
    return found
  }

  private func extremes(_ count: Int, _ value: (Int) -> Double) -> Set<Int> {
    var low: (Double, Int)?
    var high: (Double, Int)?
    for index in 0..<count {
      let current = value(index)
      guard current.isFinite else { continue }
      if low.map({ current < $0.0 }) ?? true { low = (current, index) }
      if high.map({ current > $0.0 }) ?? true { high = (current, index) }
    }
    return Set([low?.1, high?.1].compactMap { $0 })
  }

  /// About so many points, evenly by length along the curve, with those that stand
  /// out of their stretch.
  private func thinned(to count: Int) -> [Int] {
    guard x.count > count else { return Array(x.indices) }
    let buckets = count / 4
    let lengths = cumulativeLengths
    guard let total = lengths.last, total > 0 else {
      return stride(from: 0, to: x.count, by: max(1, x.count / count)).map { $0 }
    }
    var kept: [Int] = []
    var start = 0
    while start < x.count {
      let bucket = Int(lengths[start] / total * Double(buckets))
      var end = start
      while end + 1 < x.count, Int(lengths[end + 1] / total * Double(buckets)) == bucket { end += 1 }
      let inside = extremes(end - start + 1) { x[start + $0] - y[start + $0] }
      kept += Set(inside.map { $0 + start }).union([start, end]).sorted()
      start = end + 1
    }
    return kept
  }

  private var cumulativeLengths: [Double] {
    let (width, height) = (spread(x), spread(y))
    var length = 0.0
    var lengths = [0.0]
    lengths.reserveCapacity(x.count)
    for index in x.indices.dropFirst() {
      let step = abs(x[index] - x[index - 1]) / width + abs(y[index] - y[index - 1]) / height
      length += step.isFinite ? step : 0
      lengths.append(length)
    }
    return lengths
  }

  private func spread(_ values: [Double]) -> Double {
    let finite = values.lazy.filter(\.isFinite)
    let spread = (finite.max() ?? 1) - (finite.min() ?? 0)
    return spread > 0 ? spread : 1
  }

  /// Drops the point whose triangle with its neighbours is smallest, again and
  /// again; triangles that became stale are looked at anew when they come up.
  private func visvalingam(_ rows: [Int], fixed: Set<Int>, limit: Int) -> [Int] {
    var previous = rows.indices.map { $0 - 1 }
    var next = rows.indices.map { $0 + 1 }
    var isKept = [Bool](repeating: true, count: rows.count)
    let scale = spread(x) * spread(y)
    func area(_ i: Int) -> Double {
      let (a, b, c) = (rows[previous[i]], rows[i], rows[next[i]])
      let twice = (x[b] - x[a]) * (y[c] - y[a]) - (x[c] - x[a]) * (y[b] - y[a])
      return twice.isFinite ? abs(twice) / scale : 0
    }
    var queue = TriangleQueue()
    for i in rows.indices where !fixed.contains(rows[i]) { queue.push(area(i), i) }
    var count = rows.count
    while count > limit, let (size, i) = queue.pop() {
      let current = area(i)
      if current > size {
        queue.push(current, i)
        continue
      }
      isKept[i] = false
      count -= 1
      next[previous[i]] = next[i]
      previous[next[i]] = previous[i]
    }
    return rows.indices.filter { isKept[$0] }.map { rows[$0] }
  }
}

/// A binary heap with the smallest triangle on top; of equal ones the first row.
private struct TriangleQueue {
  private var items: [(area: Double, row: Int)] = []

  mutating func push(_ area: Double, _ row: Int) {
    items.append((area, row))
    var child = items.count - 1
    while child > 0, items[child] < items[(child - 1) / 2] {
      items.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func pop() -> (Double, Int)? {
    guard let top = items.first else { return nil }
    let last = items.removeLast()
    if !items.isEmpty {
      items[0] = last
      sink()
    }
    return (top.area, top.row)
  }

  private mutating func sink() {
    var parent = 0
    while true {
      // No array of children: this is the innermost loop of long curves.
      var child = 2 * parent + 1
      guard child < items.count else { return }
      if child + 1 < items.count, items[child + 1] < items[child] { child += 1 }
      guard items[child] < items[parent] else { return }
      items.swapAt(parent, child)
      parent = child
    }
  }
}
