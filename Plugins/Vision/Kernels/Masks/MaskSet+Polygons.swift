extension MaskSet {
  /// Adds the union of polygons, as they stand in an encoded mask.
  mutating func append(
    polygons reader: inout MaskBytes, _ size: MaskSize
  ) throws(MaskError) {
    try rasterizer.rasterize(&reader, size: size)
    let count = rasterizer.covered.count
    reserve(2 * count)
    var area: UInt32 = 0
    for index in 0..<count {
      let stretch = rasterizer.covered[index]
      let (start, end) = (UInt32(stretch >> 32), UInt32(truncatingIfNeeded: stretch))
      bounds[used + 2 * index] = start
      bounds[used + 2 * index + 1] = end
      area += end - start
    }
    commit(2 * count, area: area)
  }
}
