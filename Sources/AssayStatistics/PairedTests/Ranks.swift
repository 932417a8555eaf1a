/// The ranks of values from 1, equal values sharing the mean of theirs, and how
/// often each value that occurs more than once does.
///
/// - Complexity: O(*n* log *n*).
func midranks(_ values: [Double]) -> (ranks: [Double], ties: [Int]) {
  let order = ascending(values)
  var ranks = [Double](repeating: 0, count: values.count)
  var ties: [Int] = []
  var start = 0
  while start < order.count {
    var end = start + 1
    while end < order.count, order[end].value == order[start].value { end += 1 }
    for place in start..<end { ranks[order[place].index] = Double(start + end + 1) / 2 }
    if end - start > 1 { ties.append(end - start) }
    start = end
  }
  return (ranks, ties)
}

/// A value with its place in a list.
struct PlacedValue {
  var value: Double
  var index: Int
}

/// The values from the least to the largest; sorted with their places, as looking each
/// value up while sorting would miss the cache.
func ascending(_ values: [Double]) -> [PlacedValue] {
  var placed = values.indices.map { PlacedValue(value: values[$0], index: $0) }
  placed.sort { $0.value < $1.value }
  return placed
}
