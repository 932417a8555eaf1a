public import AssayArrow
public import AssayCore

/// The rows of a stream in chunks of one size, whatever the stream's own batches are.
///
/// Rows are copied only where a chunk straddles two batches.
public struct Rechunker {
  private let stream: any BatchStream
  private let rows: Int
  private var pending: [RecordBatch] = []
  private var pendingRows = 0
  private var isAtEnd = false

  /// - Parameter rows: The rows of a chunk, at least 1.
  public init(_ stream: any BatchStream, rows: Int) {
    precondition(rows > 0)
    self.stream = stream
    self.rows = rows
  }

  /// The next chunk: exactly `rows` rows, the last one fewer; nil after the last row.
  ///
  /// - Throws: What the stream throws.
  public mutating func next() throws(AssayError) -> RecordBatch? {
    while pendingRows < rows, !isAtEnd {
      guard let batch = try stream.next() else {
        isAtEnd = true
        break
      }
      guard batch.rowCount > 0 else { continue }
      pending.append(batch)
      pendingRows += batch.rowCount
    }
    guard pendingRows > 0 else { return nil }
    return take(min(rows, pendingRows))
  }

  private mutating func take(_ count: Int) -> RecordBatch {
    var parts: [RecordBatch] = []
    var wanted = count
    var used = 0
    while wanted > 0 {
      let batch = pending[used]
      if batch.rowCount <= wanted {
        parts.append(batch)
        used += 1
      } else {
        parts.append(batch.slice(offset: 0, count: wanted))
        pending[used] = batch.slice(offset: wanted, count: batch.rowCount - wanted)
      }
      wanted -= min(wanted, batch.rowCount)
    }
    pending.removeFirst(used)
    pendingRows -= count
    return RecordBatch.concatenate(parts)
  }
}
