import AssayArrow
import AssayCore

/// Into which slices the items of a comparison fall.
struct ItemSlices {
  /// One slice, and which of all items are in it.
  struct Slice {
    var key: SliceKey
    /// The numbers of its items, in order.
    var items: [Int32]

    /// Those values of all items that are its own; none where there are no values.
    func members<Value>(of values: [Value]) -> [Value] {
      values.isEmpty ? [] : items.map { values[Int($0)] }
    }

    /// Of all items, whether each is one of its own.
    func isMember(among count: Int) -> [Bool] {
      var isMember = [Bool](repeating: false, count: count)
      for item in items { isMember[Int(item)] = true }
      return isMember
    }
  }

  private var members: [SliceKey: [Int32]] = [:]
  private var count = 0

  mutating func add(_ batch: RecordBatch, by columns: [SliceColumns]) {
    for (set, columns) in columns.enumerated() {
      for (values, rows) in columns.groups(of: batch, rows: batch.rowNumbers) {
        members[SliceKey(columns: set, values: values), default: []] += rows.map { $0 + Int32(count) }
      }
    }
    count += batch.rowCount
  }

  /// By set of columns, then by value.
  var all: [Slice] {
    members.sorted { $0.key.precedes($1.key) }.map { Slice(key: $0, items: $1) }
  }
}
