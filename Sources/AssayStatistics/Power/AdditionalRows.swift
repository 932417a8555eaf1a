/// About how many more rows would move a threshold out of an interval.
///
/// An interval shrinks with the square root of the rows. With an estimate that
/// stays where it is, the end on the threshold's side reaches the threshold when
/// n · (half width / distance)² rows stand behind it; what is returned is the
/// difference to `rows`, rounded up to two digits, as more would pretend too much.
///
/// - Returns: nil where the estimate equals the threshold (no number of rows is
///   enough), where the threshold already lies outside, or where the count would
///   be over 1e15.
public func additionalRows(
  rows: Int, estimate: Double, threshold: Double, interval: Bounds
) -> Int? {
  let distance = abs(estimate - threshold)
  let half = threshold < estimate ? estimate - interval.low : interval.high - estimate
  guard rows > 0, distance > 0, half.isFinite, half > distance else { return nil }
  let share = half / distance
  let needed = Double(rows) * (share * share - 1)
  guard needed < 1e15 else { return nil }
  // A hair less, so that a rounding error above a round number does not count.
  return roundedUp(Int((needed * (1 - 1e-9)).rounded(.up)))
}

/// The next number with only two digits that are not zeros.
private func roundedUp(_ value: Int) -> Int {
  var unit = 1
  while value / unit >= 100 { unit *= 10 }
  return (value + unit - 1) / unit * unit
}
