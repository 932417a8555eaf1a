/// Merges two sorted runs into `target`, from both ends at once: the two chains of
/// comparisons do not wait for one another.
///
/// - Precondition: `target` has room for both and overlaps neither.
/// - Complexity: O(*n*), nearly without branches that depend on the keys.
@unsafe
func mergeRuns<Item: RankedItem>(
  _ a: UnsafeBufferPointer<Item>, _ b: UnsafeBufferPointer<Item>,
  into target: UnsafeMutablePointer<Item>
) {
  guard let left = a.baseAddress, a.count > 0 else { return unsafe copyRun(b, to: target) }
  guard let right = b.baseAddress, b.count > 0 else { return unsafe copyRun(a, to: target) }
  var (i, j) = (0, 0)
  var (k, l) = (a.count - 1, b.count - 1)
  var (first, last) = (0, a.count + b.count - 1)
  while true {
    // As long as less than the shorter rest was taken from an end, neither run can
    // be used up there. Where front and back meet in rows that are alike, one may
    // be taken for another, which is the same to the result.
    let steps = min((last - first + 1) / 2, k - i + 1, l - j + 1)
    if steps < 8 { break }
    // One index of each end is counted and the other follows from the sum, so that
    // no branch is left that would be guessed wrong half of the time.
    var (front, back) = (i &+ j, k &+ l)
    for _ in 0..<steps {
      // Safety: see above; the places are inside because each step uses one.
      let (x, y) = unsafe (left[front &- j], right[j])
      let takesRight = Item.precedes(y, x)
      unsafe target[first] = takesRight ? y : x
      j &+= takesRight ? 1 : 0
      first &+= 1
      front &+= 1
      let (u, v) = unsafe (left[k], right[back &- k])
      let takesLeft = Item.precedes(v, u)
      unsafe target[last] = takesLeft ? u : v
      k &-= takesLeft ? 1 : 0
      last &-= 1
      back &-= 1
    }
    (i, l) = (front &- j, back &- k)
  }
  while i <= k, j <= l {
    let takesRight = unsafe Item.precedes(right[j], left[i])
    unsafe target[first] = takesRight ? right[j] : left[i]
    if takesRight { j += 1 } else { i += 1 }
    first += 1
  }
  if i <= k { unsafe (target + first).initialize(from: left + i, count: k - i + 1) }
  if j <= l { unsafe (target + first).initialize(from: right + j, count: l - j + 1) }
}

@unsafe
private func copyRun<Item: RankedItem>(
  _ run: UnsafeBufferPointer<Item>, to target: UnsafeMutablePointer<Item>
) {
  if let start = run.baseAddress { unsafe target.initialize(from: start, count: run.count) }
}
