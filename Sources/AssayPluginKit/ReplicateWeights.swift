import CAssayPlugin

/// How often each row counts in one bootstrap replicate.
public struct ReplicateWeights: Sendable, Hashable {
  private let stream: UInt64

  public init(seed: UInt64, replicate: UInt64) {
    stream = assay_resample_stream(seed, replicate)
  }

  /// The number of times that a row is drawn: 0 to 12, once on average.
  ///
  /// - Parameter row: The row's number from the role `row_id`.
  @inlinable @inline(__always)
  public subscript(row: UInt64) -> Int { weight(row) }

  @usableFromInline
  func weight(_ row: UInt64) -> Int { Int(assay_resample_weight(stream, row)) }

  /// The hash that ``assay_resample_weight`` takes beside a row's number.
  public var streamBits: UInt64 { stream }
}
