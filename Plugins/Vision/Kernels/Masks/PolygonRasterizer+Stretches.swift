extension PolygonRasterizer {
  /// Orders the crossings and takes out those that undo each other.
  mutating func cancelPairs(_ size: MaskSize) {
    if !sortByColumn(size) { crossings.sort() }
    var kept = 0
    var target = crossings.mutableSpan
    for index in target.indices {
      let crossing = target[index]
      if kept > 0, target[kept - 1] == crossing {
        kept -= 1
      } else {
        target[kept] = crossing
        kept += 1
      }
    }
    crossings.removeLast(crossings.count - kept)
  }

  /// Sorts the crossings by counting those of each column, most of which have two.
  ///
  /// - Returns: Whether it was done: not where columns are many or full.
  private mutating func sortByColumn(_ size: MaskSize) -> Bool {
    guard let low = crossings.min(), let high = crossings.max() else { return true }
    let first = size.column(of: low)
    let columns = Int(size.column(of: high) - first) + 1
    guard columns <= 2 * crossings.count + 64 else { return false }
    ends.removeAll(keepingCapacity: true)
    ends.append(contentsOf: repeatElement(0, count: columns))
    for crossing in crossings { ends[Int(size.column(of: crossing) - first)] += 1 }
    var (total, fullest) = (UInt32(0), UInt32(0))
    for column in ends.indices {
      fullest = max(fullest, ends[column])
      // Where the column starts; it ends there when all of it is in place.
      (ends[column], total) = (total, total + ends[column])
    }
    guard fullest <= 16 else { return false }
    swap(&crossings, &unsorted)
    crossings.removeAll(keepingCapacity: true)
    crossings.append(contentsOf: repeatElement(0, count: unsorted.count))
    for crossing in unsorted {
      let column = Int(size.column(of: crossing) - first)
      crossings[Int(ends[column])] = crossing
      ends[column] += 1
    }
    for index in crossings.indices.dropFirst() {
      let crossing = crossings[index]
      var place = index
      while place > 0, crossings[place - 1] > crossing {
        crossings[place] = crossings[place - 1]
        place -= 1
      }
      crossings[place] = crossing
    }
    return true
  }

  /// Every other stretch between crossings lies inside of the polygon.
  mutating func addStretches(pixels: UInt32) {
    for index in stride(from: 0, to: crossings.count, by: 2) {
      let end = index + 1 < crossings.count ? crossings[index + 1] : pixels
      guard crossings[index] < end else { continue }
      stretches.append(UInt64(crossings[index]) << 32 | UInt64(end))
    }
  }

  /// Orders the stretches of several polygons and joins those that overlap or touch.
  mutating func unite() {
    stretches.sort()
    var kept = 0
    for index in stretches.indices {
      let stretch = stretches[index]
      let (start, end) = (stretch >> 32, stretch & 0xffff_ffff)
      if kept > 0, stretches[kept - 1] & 0xffff_ffff >= start {
        let last = stretches[kept - 1]
        stretches[kept - 1] = last & ~0xffff_ffff | max(last & 0xffff_ffff, end)
      } else {
        stretches[kept] = stretch
        kept += 1
      }
    }
    stretches.removeLast(stretches.count - kept)
  }
}
