import CAssayPlugin

/// How often each row counts in one bootstrap replicate.
///
/// The same for the same seed, replicate and row number, whatever the threads and
/// batches: the function and its test vectors are in `assay/resample.h`.
public struct ReplicateWeights: Sendable, Hashable {
  private let stream: UInt64

  public init(seed: UInt64, replicate: UInt64) {
    stream = assay_resample_stream(seed, replicate)
  }

  /// How often a row is drawn: 0 to 12 times, once on average.
  ///
  /// - Parameter row: The row's number from the role `row_id`.
  public subscript(row: UInt64) -> Int { Int(assay_resample_weight(stream, row)) }

  /// Writes how often each of the rows is drawn.
  ///
  /// - Precondition: `counts` is at least as long as `rows`.
  /// - Complexity: O(*n*), about two nanoseconds a row.
  public func fill(_ counts: inout MutableSpan<UInt8>, for rows: Span<UInt64>) {
    precondition(counts.count >= rows.count)
    for index in rows.indices {
      // Safety: the index is one of both spans.
      let row = unsafe rows[unchecked: index]
      let draw = assay_resample_mix(stream ^ row) &>> 32
      // The carry of an addition is a comparison that cannot become a branch, of
      // which the outcome would be a coin's. More than three draws are rare; the
      // header's whole table is asked only then.
      var count = (draw &+ (1 << 32 - 1_580_030_169)) &>> 32
      count &+= (draw &+ (1 << 32 - 3_160_060_338)) &>> 32
      count &+= (draw &+ (1 << 32 - 3_950_075_422)) &>> 32
      if draw >= 4_213_413_784 { count = UInt64(assay_resample_weight(stream, row)) }
      unsafe counts[unchecked: index] = UInt8(truncatingIfNeeded: count)
    }
  }
}
