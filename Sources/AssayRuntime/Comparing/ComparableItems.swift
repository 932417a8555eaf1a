import AssayArrow
import AssayCore

/// The items that every evaluator can score on every side.
///
/// An item that lacks a value on one side is left out on all, so that what is compared is
/// always the same. Also notes which items expect different things on different sides.
final class ComparableItems: BatchStream {
  struct Plan {
    /// The inputs of all evaluators on all sides.
    var inputs: [PlannedInput] = []
    /// Columns that say what is expected of an item, by side, with the name of the role.
    var expected: [(role: String, positions: [Int])] = []
    var split: (position: Int, value: String)?
    var cluster: Int?
    var slices: [SliceColumns] = []
    var key: Int?
  }

  private let stream: any BatchStream
  private let plan: Plan
  /// How many items all sides have; of these, how many are of another split, and how many
  /// lack a value.
  private(set) var met = 0
  private(set) var unselected = 0
  private(set) var skipped = 0
  /// The cluster of each item that was kept; empty without clusters.
  private(set) var clusters: [UInt64] = []
  /// The slices of the items that were kept.
  private(set) var slices = ItemSlices()
  /// By side, on how many items it expects something else than the first side.
  private(set) var disagreements: [Int]
  /// What the first of them is.
  private(set) var firstDisagreement: String?

  init(_ stream: any BatchStream, _ plan: Plan, sides: Int) {
    self.stream = stream
    self.plan = plan
    disagreements = [Int](repeating: 0, count: sides)
  }

  var schema: Schema { stream.schema }
  var compared: Int { met - unselected - skipped }

  func next() throws(AssayError) -> RecordBatch? {
    while let batch = try stream.next() {
      let kept = complete(selected(batch))
      guard kept.rowCount > 0 else { continue }
      if let cluster = plan.cluster {
        let column = SliceColumn(kept.columns[cluster])
        clusters += (0..<kept.rowCount).map { stableHash(column.text(at: $0)) }
      }
      slices.add(kept, by: plan.slices)
      for role in plan.expected { compare(role.role, role.positions, kept) }
      return kept
    }
    return nil
  }

  private func selected(_ batch: RecordBatch) -> RecordBatch {
    met += batch.rowCount
    guard let split = plan.split else { return batch }
    let column = SliceColumn(batch.columns[split.position])
    let rows = batch.rowNumbers.filter { column.text(at: Int($0)) == split.value }
    unselected += batch.rowCount - rows.count
    return rows.count == batch.rowCount ? batch : batch.gather(rows)
  }

  private func complete(_ batch: RecordBatch) -> RecordBatch {
    var absent: Set<Int32> = []
    for input in plan.inputs where input.nulls == .skip || input.nulls == .missing {
      absent.formUnion(batch.columns[input.position].missingRows())
    }
    guard !absent.isEmpty else { return batch }
    skipped += absent.count
    return batch.gather(batch.rowNumbers.filter { !absent.contains($0) })
  }

  private func compare(_ role: String, _ positions: [Int], _ batch: RecordBatch) {
    let columns = positions.map { batch.columns[$0] }
    guard let first = columns.first, columns.allSatisfy({ !$0.type.isList }) else { return }
    let expected = SliceColumn(first)
    for (side, column) in columns.enumerated().dropFirst() {
      let other = SliceColumn(column)
      for row in 0..<batch.rowCount {
        if let number = first.number(at: row), number == column.number(at: row) { continue }
        let (mine, theirs) = (expected.text(at: row), other.text(at: row))
        guard mine != theirs else { continue }
        disagreements[side] += 1
        guard firstDisagreement == nil else { continue }
        let key = plan.key.map { SliceColumn(batch.columns[$0]).text(at: row) }
        let place = key.map { "item \($0)" } ?? "row \(compared - batch.rowCount + row + 1)"
        firstDisagreement = "\(role) is \(mine) and \(theirs) for \(place)"
      }
    }
  }
}
