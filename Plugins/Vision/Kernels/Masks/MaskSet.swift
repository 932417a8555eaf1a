/// The masks of some images, as the stretches of pixels that they cover.
///
/// Pixels are numbered down the columns, as COCO's run-length encoding does. One buffer
/// holds the stretches of all masks, so that a mask costs no allocation.
///
/// An encoded mask has one of three forms, told by its first byte:
///
/// | first byte | what follows |
/// | --- | --- |
/// | 48 or more | none: the whole is the text of a compressed run-length encoding |
/// | 1 | polygons: their count, then for each its count of coordinates and x, y, x, y, … |
/// | 2 | the lengths of the runs, the first of pixels outside |
///
/// Counts and lengths are 32-bit, coordinates 64-bit, all little-endian and unaligned.
public struct MaskSet: Sendable {
  /// The sizes of the images, in the order in which they were started.
  private(set) var sizes: [MaskSize] = []
  /// Start and end of every stretch, mask by mask, up to `used`. What lies behind is
  /// room for more.
  var bounds: [UInt32] = []
  var used = 0
  private(set) var masks: [Extent] = []
  var rasterizer = PolygonRasterizer()

  /// Where a mask's stretches are, and what is known of them.
  struct Extent: Sendable {
    /// Positions in `bounds`, both even.
    let first: Int
    let end: Int
    /// From the first pixel inside to behind the last one.
    let pixels: Range<UInt32>
    let area: UInt32
    /// A position in `sizes`.
    let image: Int32
    var box: MaskBox?

    @inline(__always)
    func meets(_ other: Extent) -> Bool {
      pixels.lowerBound < other.pixels.upperBound && other.pixels.lowerBound < pixels.upperBound
    }
  }

  public init() {}

  /// How many masks there are.
  public var count: Int { masks.count }

  /// Forgets all images, and keeps the memory for others.
  public mutating func reset() {
    used = 0
    sizes.removeAll(keepingCapacity: true)
    masks.removeAll(keepingCapacity: true)
  }

  /// Goes on with the masks of another image.
  public mutating func startImage(_ size: MaskSize) { sizes.append(size) }

  /// The size of the image that a mask belongs to.
  public func size(of index: Int) -> MaskSize { sizes[Int(masks[index].image)] }

  /// Adds an encoded mask to the image that was started last.
  ///
  /// - Parameter bytes: One of the three forms. A polygon has at least one point; the
  ///   union of all polygons counts.
  /// - Precondition: An image was started.
  /// - Throws: ``MaskError``; the masks are then as they were.
  /// - Complexity: O(bytes) for runs. For polygons O(*p* log *p*) in the *p* crossings
  ///   of their edges with columns of the image. Memory grows with the bytes, or with
  ///   the pixels of the image where those are fewer than the crossings.
  public mutating func append(_ bytes: RawSpan) throws(MaskError) {
    guard !bytes.isEmpty else { throw .empty }
    let size = sizes[sizes.count - 1]
    var reader = MaskBytes(bytes)
    switch reader.first {
    case 48...: try append(text: bytes, size)
    case 1:
      reader.skip(1)
      try append(polygons: &reader, size)
    case 2:
      reader.skip(1)
      try append(runs: &reader, size)
    case let other: throw .unknownEncoding(other)
    }
  }

  /// Pixels that a mask covers.
  ///
  /// - Precondition: `index` is less than ``count``.
  public func area(of index: Int) -> Int { Int(masks[index].area) }

  /// The smallest box around a mask; all zeros for one without pixels.
  ///
  /// - Complexity: O(stretches) the first time.
  public mutating func box(of index: Int) -> MaskBox {
    if let box = masks[index].box { return box }
    let box = MaskBox(of: self, index)
    masks[index].box = box
    return box
  }

  /// Makes room for so many bounds more.
  mutating func reserve(_ more: Int) {
    let needed = used + more
    guard bounds.count < needed else { return }
    let capacity = max(needed, bounds.count * 2, 1024)
    bounds.append(contentsOf: repeatElement(0, count: capacity - bounds.count))
  }

  /// Makes a mask of the bounds that were written behind `used`.
  mutating func commit(_ count: Int, area: UInt32) {
    let pixels = count == 0 ? 0..<0 : bounds[used]..<bounds[used + count - 1]
    masks.append(
      Extent(
        first: used, end: used + count, pixels: pixels, area: area, image: Int32(sizes.count - 1)))
    used += count
  }
}
