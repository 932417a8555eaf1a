import AssayArrow
import AssayCore
import CAssayPlugin

/// Exactly so many rows of the run, with the columns as they were read.
struct Chunk: Sendable {
  /// The number of the chunk among those of its size.
  var index: Int
  /// The number of its first row in the run.
  var firstRow: Int
  var batch: RecordBatch
  /// The rows that belong to the run's split; nil for all.
  var selected: [Int32]?
  /// The rows of each slice.
  var slices: [SliceKey: [Int32]] = [:]

  /// Finds out which rows count, and into which slices they fall.
  init(index: Int, firstRow: Int, batch: RecordBatch, plan: PassPlan) {
    self.index = index
    self.firstRow = firstRow
    self.batch = batch
    if let split = plan.split {
      let column = SliceCodes(batch.columns[split.position], rows: batch.rowNumbers)
      let wanted = column.texts.firstIndex(of: split.value).map { Int32($0) }
      selected = batch.rowNumbers.filter { column.codes[Int($0)] == wanted }
    }
    for (number, columns) in plan.slices.enumerated() {
      for (values, rows) in columns.groups(of: batch, rows: selected ?? batch.rowNumbers) {
        slices[SliceKey(columns: number, values: values)] = rows
      }
    }
  }

  var rowCount: Int { selected?.count ?? batch.rowCount }

  /// The number by which a row's bootstrap weight is drawn.
  func identity(of row: Int, cluster: SliceColumn?) -> UInt64 {
    guard let cluster else { return UInt64(firstRow + row) }
    return stableHash(cluster.text(at: row))
  }
}

extension RecordBatch {
  var rowNumbers: [Int32] { Array(0..<Int32(rowCount)) }
}

/// The same number for the same text, in every process: FNV-1a, then mixed.
func stableHash(_ text: String) -> UInt64 {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
  return assay_resample_mix(hash)
}
