import AssayArrow

/// Cuts batches of any size into chunks of exactly so many rows; the last one may
/// be shorter. Only rows of chunks that straddle two batches are copied.
struct ChunkCutter {
  let chunkRows: Int
  private var pieces: [RecordBatch] = []
  private var waiting = 0

  init(chunkRows: Int) {
    self.chunkRows = max(1, chunkRows)
  }

  /// Takes a batch and hands over the chunks that it completes.
  mutating func append(_ batch: RecordBatch, _ complete: (RecordBatch) -> Void) {
    var position = 0
    while position < batch.rowCount {
      let count = min(chunkRows - waiting, batch.rowCount - position)
      pieces.append(batch.slice(offset: position, count: count))
      waiting += count
      position += count
      if waiting == chunkRows { complete(flushed()) }
    }
  }

  /// The rows that are left after the last batch.
  mutating func finish() -> RecordBatch? {
    waiting > 0 ? flushed() : nil
  }

  private mutating func flushed() -> RecordBatch {
    defer {
      pieces = []
      waiting = 0
    }
    return RecordBatch.concatenate(pieces)
  }
}
