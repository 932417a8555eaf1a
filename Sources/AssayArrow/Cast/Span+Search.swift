extension Span where Element: BitwiseCopyable {
  /// The first position from `start` on whose element passes a test.
  ///
  /// Whole blocks are tested without a branch for each element, in vectors; the
  /// block with a hit is searched again.
  /// - Complexity: O(*n*).
  @inline(__always)
  func firstIndex(from start: Int = 0, before end: Int, where test: (Element) -> Bool) -> Int? {
    precondition(start >= 0 && end <= count)
    var block = start
    while block < end {
      let blockEnd = Swift.min(block + 2048, end)
      var hits: UInt64 = 0
      for index in block..<blockEnd {
        // Safety: the index lies before the end, which was checked.
        hits |= unsafe test(self[unchecked: index]) ? 1 : 0
      }
      if hits != 0 {
        for index in block..<blockEnd where test(self[index]) { return index }
      }
      block = blockEnd
    }
    return nil
  }
}
