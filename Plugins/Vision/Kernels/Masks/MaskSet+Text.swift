extension MaskSet {
  /// Adds a mask of compressed run lengths.
  mutating func append(text: RawSpan, _ size: MaskSize) throws(MaskError) {
    reserve(text.byteCount)
    let first = used
    var target = bounds.mutableSpan
    let mask = try RunText(text).decode(into: &target, from: first, size)
    commit(mask.runs & ~1, area: UInt32(mask.covered))
  }

  /// The compressed run lengths of a mask, as pycocotools writes them.
  public func text(of index: Int) -> [UInt8] {
    let runs = runs(of: index)
    var text: [UInt8] = []
    for (position, run) in runs.enumerated() {
      var rest = Int(run) - (position > 2 ? Int(runs[position - 2]) : 0)
      var isWhole = false
      while !isWhole {
        let group = UInt8(truncatingIfNeeded: rest & 0x1f)
        rest >>= 5
        isWhole = rest == (group & 0x10 == 0 ? 0 : -1)
        text.append(48 + group + (isWhole ? 0 : 0x20))
      }
    }
    return text
  }
}
