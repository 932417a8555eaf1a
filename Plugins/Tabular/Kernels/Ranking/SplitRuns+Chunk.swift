extension SplitRuns {
  /// Takes the rows of a chunk, sorts them and adds them.
  ///
  /// Rows of weight 0 are left out.
  /// - Parameters:
  ///   - labels: 1 for a positive row, 0 for a negative one.
  ///   - weights: Empty where all rows count once.
  ///   - rows: Empty where nobody asks for the rows again.
  mutating func append(
    scores: Span<Double>, labels: Span<UInt8>, weights: Span<Double>, rows: Span<UInt64>
  ) {
    let count = scores.count
    unsafe withUnsafeTemporaryAllocation(of: Item.self, capacity: 2 * count) { memory in
      let items = unsafe UnsafeMutableBufferPointer(rebasing: memory[..<count])
      let spare = unsafe UnsafeMutableBufferPointer(rebasing: memory[count...])
      // Negatives fill the buffer from its start, positives from its end.
      var (negative, positive) = (0, count)
      for index in 0..<count {
        let weight = weights.isEmpty ? 1 : weights[index]
        if !weights.isEmpty, weight == 0 { continue }
        let row = rows.isEmpty ? 0 : rows[index]
        let label = Int(labels[index])
        // Safety: every row moves one of the two ends by one towards the other.
        let place = label == 1 ? positive &- 1 : negative
        unsafe items[place] = Item(key: SortKey.of(scores[index]), weight: weight, row: row)
        positive &-= label
        negative &+= 1 &- label
      }
      unsafe negatives.append(Self.run(items, spare, 0..<negative))
      unsafe positives.append(Self.run(items, spare, positive..<count))
    }
  }

  @unsafe
  private static func run(
    _ items: UnsafeMutableBufferPointer<Item>, _ spare: UnsafeMutableBufferPointer<Item>,
    _ range: Range<Int>
  ) -> [Item] {
    guard !range.isEmpty else { return [] }
    let sorted = unsafe RunSorter.sort(
      UnsafeMutableBufferPointer(rebasing: items[range]),
      spare: UnsafeMutableBufferPointer(rebasing: spare[range]))
    return unsafe Array(sorted)
  }
}
