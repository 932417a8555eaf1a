/// The value that a share `p` of sorted values lies under, interpolated linearly
/// between the two nearest: type 7 of Hyndman and Fan (1996), numpy's default.
///
/// - Returns: NaN for no values.
public func quantile(_ p: Double, ofSorted values: [Double]) -> Double {
  guard let last = values.indices.last else { return .nan }
  let position = min(max(p, 0), 1) * Double(last)
  let below = Int(position)
  guard below < last else { return values[last] }
  let share = position - Double(below)
  // Equal neighbours, also infinite ones, need no arithmetic.
  guard share > 0, values[below] != values[below + 1] else { return values[below] }
  return values[below] + share * (values[below + 1] - values[below])
}
