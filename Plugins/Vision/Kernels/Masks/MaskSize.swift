/// The height and width of an image, in pixels, that masks are made for.
public struct MaskSize: Sendable, Hashable {
  public let height: Int
  public let width: Int
  /// For divisions by the height without dividing; see ``column(of:)``.
  private let reciprocal: UInt64

  /// - Throws: ``MaskError/badSize(height:width:)`` unless both are positive and the
  ///   image has fewer than 2^31 pixels.
  public init(height: Int, width: Int) throws(MaskError) {
    let (pixels, isTooLarge) = height.multipliedReportingOverflow(by: width)
    guard height > 0, width > 0, !isTooLarge, pixels <= Int(Int32.max) else {
      throw .badSize(height: height, width: width)
    }
    self.height = height
    self.width = width
    reciprocal = height == 1 ? 0 : .max / UInt64(height) + 1
  }

  public var pixelCount: Int { height * width }

  /// The column of a pixel, when they are numbered down the columns.
  ///
  /// Multiplies by 2^64 / height, which is exact for all 32-bit numbers (Lemire,
  /// Kaser and Kurz: Faster remainder by direct computation, 2019).
  @inline(__always)
  func column(of pixel: UInt32) -> UInt32 {
    guard reciprocal > 0 else { return pixel }
    return UInt32(truncatingIfNeeded: reciprocal.multipliedFullWidth(by: UInt64(pixel)).high)
  }
}
