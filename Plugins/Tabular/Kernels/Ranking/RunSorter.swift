/// Sorts the rows of one chunk, which fit into a cache.
///
/// Two passes of a radix sort over the highest bits in which the keys differ
/// leave almost sorted rows, which an insertion sort finishes. Where the keys are
/// too alike for that, every byte gets its pass.
///
/// - Complexity: O(*n*).
@safe
struct RunSorter<Item: RankedItem> {
  private var front: UnsafeMutableBufferPointer<Item>
  private var back: UnsafeMutableBufferPointer<Item>

  /// Sorts `items` with the help of `spare`.
  ///
  /// - Returns: The one of the two in which the result stands.
  /// - Precondition: Both are of one size.
  @unsafe
  static func sort(
    _ items: UnsafeMutableBufferPointer<Item>, spare: UnsafeMutableBufferPointer<Item>
  ) -> UnsafeMutableBufferPointer<Item> {
    var sorter = unsafe RunSorter(front: items, back: spare)
    sorter.sort()
    return unsafe sorter.front
  }

  private var count: Int { unsafe front.count }

  private mutating func sort() {
    if count > 48 {
      let varying = varyingBits()
      let digitBits = count < 4096 ? 8 : 11
      let top = UInt64.bitWidth - varying.leadingZeroBitCount
      let lowest = max(0, top - 2 * digitBits)
      if top > lowest { scatter(shift: lowest, bits: digitBits) }
      if top > lowest + digitBits { scatter(shift: lowest + digitBits, bits: digitBits) }
      if lowest == 0 && !Item.hasPayload { return }
      if insert(moves: 8 * count) { return }
      sortAllBytes(varying)
    } else {
      _ = insert(moves: .max)
    }
  }

  private func varyingBits() -> UInt64 {
    let first = unsafe front[0].key
    var varying: UInt64 = 0
    for index in 0..<count { varying |= unsafe front[index].key ^ first }
    return varying
  }

  /// One stable pass over a digit, from front to back, which then swap.
  private mutating func scatter(shift: Int, bits: Int) {
    let (shift, mask) = (UInt64(shift), UInt64(1) << UInt64(bits) - 1)
    let count = count
    let (source, target) = unsafe (front, back)
    unsafe withUnsafeTemporaryAllocation(of: Int32.self, capacity: 1 << bits) { ends in
      unsafe ends.initialize(repeating: 0)
      // Safety: a masked digit is an index of the counters, and the counters add
      // up to the rows.
      for index in 0..<count { unsafe ends[Int(source[index].key &>> shift & mask)] &+= 1 }
      var start: Int32 = 0
      for digit in 0..<ends.count {
        let size = unsafe ends[digit]
        unsafe ends[digit] = start
        start &+= size
      }
      for index in 0..<count {
        let item = unsafe source[index]
        let digit = Int(item.key &>> shift & mask)
        let place = unsafe ends[digit]
        unsafe ends[digit] = place &+ 1
        unsafe target[Int(place)] = item
      }
    }
    unsafe (front, back) = (target, source)
  }

  /// Finishes almost sorted rows; false when it took too many moves, with all
  /// rows still there.
  private func insert(moves limit: Int) -> Bool {
    var moves = limit
    let front = unsafe front
    for index in stride(from: 1, to: count, by: 1) {
      let item = unsafe front[index]
      var place = index
      while place > 0, unsafe Item.precedes(item, front[place - 1]) {
        unsafe front[place] = front[place - 1]
        place -= 1
      }
      unsafe front[place] = item
      moves -= index - place
      if moves < 0 { return false }
    }
    return true
  }

  private mutating func sortAllBytes(_ varying: UInt64) {
    for shift in stride(from: 0, to: 64, by: 8) where varying >> UInt64(shift) & 0xFF != 0 {
      scatter(shift: shift, bits: 8)
    }
    guard Item.hasPayload else { return }
    var start = 0
    while start < count {
      let key = unsafe front[start].key
      var end = start + 1
      while end < count, unsafe front[end].key == key { end += 1 }
      if end - start > 1 { unsafe front[start..<end].sort(by: Item.precedes) }
      start = end
    }
  }
}
