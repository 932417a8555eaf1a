/// Says how often rows count in a bootstrap replicate: for the row numbers of the
/// first span it writes as many counts into the second.
public typealias Draw = (Span<UInt64>, inout MutableSpan<UInt8>) -> Void

/// The counts of all rows in one replicate.
public func draws(of rows: [UInt64], _ draw: Draw) -> [UInt8] {
  var counts = [UInt8](repeating: 0, count: rows.count)
  var span = counts.mutableSpan
  draw(rows.span, &span)
  return counts
}
