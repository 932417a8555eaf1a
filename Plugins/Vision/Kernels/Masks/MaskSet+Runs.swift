extension MaskSet {
  /// Adds a mask of run lengths, as they stand in an encoded mask.
  mutating func append(
    runs reader: inout MaskBytes, _ size: MaskSize
  ) throws(MaskError) {
    guard reader.remaining % 4 == 0 else { throw .wrongLength }
    let runs = reader.remaining / 4
    reserve(runs)
    var (position, covered) = (0, 0)
    for run in 0..<runs {
      let length = try reader.count()
      guard length <= size.pixelCount - position else {
        throw .badRun(run, length: length, size: size)
      }
      position += length
      covered += run % 2 == 1 ? length : 0
      bounds[used + run] = UInt32(position)
    }
    guard position == size.pixelCount else { throw .tooFewPixels(position, size: size) }
    commit(runs & ~1, area: UInt32(covered))
  }

  /// The run lengths of a mask, the first of pixels outside and possibly 0, the
  /// others not: COCO's uncompressed encoding.
  public func runs(of index: Int) -> [UInt32] {
    let mask = masks[index]
    var runs: [UInt32] = []
    var (position, gap) = (UInt32(0), UInt32(0))
    for bound in stride(from: mask.first, to: mask.end, by: 2) {
      let (start, end) = (bounds[bound], bounds[bound + 1])
      guard start < end else { continue }
      gap = start - position
      if gap == 0, !runs.isEmpty {
        runs[runs.count - 1] += end - start
      } else {
        runs += [gap, end - start]
      }
      position = end
    }
    let rest = UInt32(size(of: index).pixelCount) - position
    if rest > 0 || runs.isEmpty { runs.append(rest) }
    return runs
  }
}
