import AssayArrow
import AssayCore

/// Some columns and some rows of a stream.
final class RangedStream: BatchStream {
  let schema: Schema
  private let stream: any BatchStream
  private let columns: [String]
  private let range: RowRange
  private var nextRow = 0

  /// - Precondition: The stream has these columns.
  init(_ stream: any BatchStream, columns: [String], range: RowRange) {
    self.stream = stream
    self.columns = columns
    self.range = range
    schema = Schema(
      columns.compactMap { name in stream.schema.fields.first { $0.name == name } },
      metadata: stream.schema.metadata)
  }

  func next() throws(AssayError) -> RecordBatch? {
    while nextRow < range.end ?? Int.max, let batch = try stream.next() {
      let start = nextRow
      nextRow += batch.rowCount
      let first = min(max(range.first - start, 0), batch.rowCount)
      let end = min((range.end ?? Int.max) - start, batch.rowCount)
      guard end > first, let wanted = batch.selecting(columns) else { continue }
      return end - first == batch.rowCount ? wanted : wanted.slice(offset: first, count: end - first)
    }
    return nil
  }
}
