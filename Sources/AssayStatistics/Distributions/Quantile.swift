/// The value that a share `p` of sorted values lies under, interpolated linearly
/// between the two nearest: type 7 of Hyndman and Fan (1996), numpy's default.
///
/// - Returns: NaN for no values.
public func quantile(_ p: Double, ofSorted values: [Double]) -> Double {
  guard let position = QuantilePosition(p, count: values.count) else { return .nan }
  return position.value { values[$0] }
}
