import AssayArrow

/// Rows with the same key, whatever stands between them.
struct KeyGroups {
  /// For each row the number of its group; groups are numbered as their keys come.
  private(set) var groups: [Int32]
  /// The first row of each group.
  private(set) var firstRows: [Int32] = []

  init(_ keys: JoinKeys) {
    var size = 16
    while size < keys.count * 2 { size *= 2 }
    var slots = [Int32](repeating: -1, count: size)
    groups = [Int32](repeating: 0, count: keys.count)
    for row in 0..<keys.count {
      if row > 0, keys.isEqual(at: row - 1, to: keys, at: row) {
        groups[row] = groups[row - 1]
        continue
      }
      var slot = Int(truncatingIfNeeded: keys.hash(at: row)) & (size - 1)
      while slots[slot] >= 0, !keys.isEqual(at: Int(firstRows[Int(slots[slot])]), to: keys, at: row) {
        slot = (slot + 1) & (size - 1)
      }
      if slots[slot] < 0 {
        slots[slot] = Int32(firstRows.count)
        firstRows.append(Int32(row))
      }
      groups[row] = slots[slot]
    }
  }

  /// The rows by group, in their own order within it, and where each group ends.
  ///
  /// - Parameter counts: Whether a row is one of them.
  func members(where counts: (Int) -> Bool) -> (rows: [Int32], ends: [Int]) {
    var ends = [Int](repeating: 0, count: firstRows.count + 1)
    for row in groups.indices where counts(row) { ends[Int(groups[row]) + 1] += 1 }
    for group in firstRows.indices { ends[group + 1] += ends[group] }
    var next = ends
    var rows = [Int32](repeating: 0, count: ends[ends.count - 1])
    for row in groups.indices where counts(row) {
      let group = Int(groups[row])
      rows[next[group]] = Int32(row)
      next[group] += 1
    }
    return (rows, ends)
  }
}
