/// Turns polygons into stretches of pixels, bit for bit as COCO's `rleFrPoly` does.
///
/// That one walks along all edges on a grid five times as fine and keeps the points at
/// which a walk crosses the middle of a column. Where those are follows from an edge's
/// ends alone, so that only they are visited here: the time depends on the columns that
/// an edge crosses, not on its length, and columns outside the image cost nothing.
struct PolygonRasterizer: Sendable {
  /// The pixels from which on the polygon's inside and outside change places.
  var crossings: [UInt32] = []
  // For sorting them.
  var unsorted: [UInt32] = []
  var ends: [UInt32] = []
  /// Stretches of polygons that are yet to be united; start in the upper half.
  var stretches: [UInt64] = []

  /// Coordinates farther out would not be exact on the fine grid.
  static var farthest: Double { 1_000_000 }
  private static var scale: Int { 5 }

  /// Reads polygons and leaves the union of what they cover.
  ///
  /// - Throws: ``MaskError`` for bytes that are no polygons.
  mutating func rasterize(
    _ reader: inout MaskBytes, size: MaskSize
  ) throws(MaskError) {
    stretches.removeAll(keepingCapacity: true)
    let count = try reader.count()
    guard count > 0 else { throw .empty }
    var limit = 1 << 16
    for polygon in 0..<count {
      crossings.removeAll(keepingCapacity: true)
      try trace(&reader, polygon: polygon, size: size)
      cancelPairs(size)
      addStretches(pixels: UInt32(size.pixelCount))
      if count > 1, stretches.count > limit || polygon == count - 1 {
        unite()
        limit = max(limit, stretches.count * 2)
      }
    }
    guard reader.remaining == 0 else { throw .wrongLength }
  }

  /// The pixels that the polygons cover, start in the upper half, in order and apart.
  var covered: Span<UInt64> {
    @_lifetime(borrow self)
    get { stretches.span }
  }
}

// MARK: - Edges

extension PolygonRasterizer {
  private typealias Point = (x: Int, y: Int)

  private mutating func trace(
    _ reader: inout MaskBytes, polygon: Int, size: MaskSize
  ) throws(MaskError) {
    let coordinates = try reader.count()
    guard coordinates > 0, coordinates % 2 == 0 else {
      throw .badPolygon(polygon, coordinates: coordinates)
    }
    guard reader.remaining / 8 >= coordinates else { throw .wrongLength }
    let first: Point = (
      try Self.fine(&reader, polygon, 0), try Self.fine(&reader, polygon, 1)
    )
    var last = first
    var limit = max(1 << 16, size.pixelCount / 4)
    for point in 1..<max(1, coordinates / 2) {
      let next: Point = (
        try Self.fine(&reader, polygon, 2 * point), try Self.fine(&reader, polygon, 2 * point + 1)
      )
      cross(last, next, size)
      last = next
      if crossings.count > limit {
        // After this there are no more of them than pixels.
        cancelPairs(size)
        limit = max(limit, crossings.count * 2)
      }
    }
    cross(last, first, size)
  }

  /// The next coordinate on the fine grid.
  private static func fine(
    _ reader: inout MaskBytes, _ polygon: Int, _ index: Int
  ) throws(MaskError) -> Int {
    let value = try reader.double()
    guard abs(value) <= farthest else {
      throw .badCoordinate(polygon: polygon, coordinate: index, value: value)
    }
    return Int(Double(scale) * value + 0.5)
  }

  /// Notes where an edge crosses from the middle of a column to the right of it.
  ///
  /// That is between 5c + 2 and 5c + 3 on the fine grid for column c.
  @inline(__always)
  private mutating func cross(_ a: Point, _ b: Point, _ size: MaskSize) {
    let (left, right) = (min(a.x, b.x), max(a.x, b.x))
    // Columns whose 5c + 2 is at least `left` and whose 5c + 3 is at most `right`.
    let first = max(0, (left + 2) / Self.scale)
    let end = right < 3 ? 0 : min(size.width, (right - 3) / Self.scale + 1)
    guard first < end else { return }
    let isFlat = right - left >= abs(a.y - b.y)
    // The walk goes towards larger numbers along the longer side.
    let isForward = isFlat ? a.x <= b.x : a.y <= b.y
    if isFlat {
      crossFlat(isForward ? a : b, isForward ? b : a, first..<end, size)
    } else {
      crossSteep(isForward ? a : b, isForward ? b : a, first..<end, size)
    }
  }

  /// An edge with a point for every x of the fine grid.
  private mutating func crossFlat(_ a: Point, _ b: Point, _ columns: Range<Int>, _ size: MaskSize) {
    let slope = Double(b.y - a.y) / Double(b.x - a.x)
    let start = Double(a.y)
    for column in columns {
      let step = Self.scale * column + 2 - a.x
      let y = start + slope * Double(slope < 0 ? step + 1 : step) + 0.5
      add(column, Int(y), size)
    }
  }

  /// An edge with a point for every y of the fine grid.
  private mutating func crossSteep(_ a: Point, _ b: Point, _ columns: Range<Int>, _ size: MaskSize) {
    let rows = b.y - a.y
    let slope = Double(b.x - a.x) / Double(rows)
    let inverse = Double(rows) / Double(b.x - a.x)
    let start = Double(a.x)
    for column in columns {
      // The first step at which the walk is on the other side: what it takes by
      // division may be off by one; its own arithmetic decides.
      let border = Double(Self.scale * column + 3)
      var step = min(max(Int((border - 0.5 - start) * inverse), 1), rows)
      func isBeyond(_ step: Int) -> Bool {
        let x = start + slope * Double(step) + 0.5
        return slope > 0 ? x >= border : x < border
      }
      while step > 1, isBeyond(step - 1) { step -= 1 }
      while step < rows, !isBeyond(step) { step += 1 }
      add(column, a.y + step - 1, size)
    }
  }

  /// Notes a crossing at a y of the fine grid: the pixel below it is the first one on
  /// the other side.
  @inline(__always)
  private mutating func add(_ column: Int, _ y: Int, _ size: MaskSize) {
    let row = min((max(y, 0) + 2) / Self.scale, size.height)
    crossings.append(UInt32(truncatingIfNeeded: column * size.height + row))
  }
}
