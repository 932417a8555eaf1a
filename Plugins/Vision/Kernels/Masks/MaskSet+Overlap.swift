extension MaskSet {
  /// The intersection over union of a mask with one of another set, as pycocotools has
  /// it: 0 where nothing is common, and over the area of this mask alone where the
  /// other is a crowd.
  ///
  /// - Parameter floor: Where the result is less, it may be 0 instead.
  /// - Precondition: Both masks are of one image.
  /// - Complexity: O(1) where the boxes or the areas do not allow the floor, otherwise
  ///   O(stretches of both).
  public mutating func overlap(
    of index: Int, with other: inout MaskSet, _ position: Int, isCrowd: Bool,
    atLeast floor: Double = 0
  ) -> Double {
    let (mine, theirs) = (area(of: index), other.area(of: position))
    func overlap(_ common: Int) -> Double {
      common == 0 ? 0 : Double(common) / Double(isCrowd ? mine : mine + theirs - common)
    }
    // The result grows with what is common, of which more and more is known.
    let smaller = min(mine, theirs)
    guard smaller > 0, overlap(smaller) >= floor else { return 0 }
    guard masks[index].meets(other.masks[position]) else { return 0 }
    let bound = min(smaller, box(of: index).commonPixels(other.box(of: position)))
    guard bound > 0, overlap(bound) >= floor else { return 0 }
    return overlap(intersection(of: index, with: other, position))
  }

  /// How many pixels two masks have in common.
  public func intersection(of index: Int, with other: MaskSet, _ position: Int) -> Int {
    let (mine, theirs) = (masks[index], other.masks[position])
    guard mine.first < mine.end, theirs.first < theirs.end else { return 0 }
    let (a, b) = (bounds.span, other.bounds.span)
    var i = Self.firstStretch(a, mine, endingAfter: b[theirs.first])
    var j = Self.firstStretch(b, theirs, endingAfter: a[mine.first])
    var common = 0
    while i < mine.end, j < theirs.end {
      // Safety: the bounds of a mask lie in its set's buffer, an even number of them.
      let (startA, endA) = unsafe (a[unchecked: i], a[unchecked: i + 1])
      let (startB, endB) = unsafe (b[unchecked: j], b[unchecked: j + 1])
      let length = Int(min(endA, endB)) - Int(max(startA, startB))
      common += max(length, 0)
      i += endA <= endB ? 2 : 0
      j += endB <= endA ? 2 : 0
    }
    return common
  }

  /// The first stretch that does not end before a pixel or at it.
  private static func firstStretch(
    _ bounds: Span<UInt32>, _ mask: Extent, endingAfter pixel: UInt32
  ) -> Int {
    var (low, high) = (mask.first / 2, mask.end / 2)
    while low < high {
      let middle = (low + high) / 2
      if bounds[2 * middle + 1] <= pixel { low = middle + 1 } else { high = middle }
    }
    return 2 * low
  }
}
