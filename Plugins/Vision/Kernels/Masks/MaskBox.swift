/// The columns and rows that a mask touches.
public struct MaskBox: Sendable, Hashable {
  public let x: Int
  public let y: Int
  public let width: Int
  public let height: Int

  public init(x: Int, y: Int, width: Int, height: Int) {
    (self.x, self.y, self.width, self.height) = (x, y, width, height)
  }

  /// How many pixels two boxes have in common.
  @inline(__always)
  func commonPixels(_ other: MaskBox) -> Int {
    let columns = min(x + width, other.x + other.width) - max(x, other.x)
    let rows = min(y + height, other.y + other.height) - max(y, other.y)
    return columns > 0 && rows > 0 ? columns * rows : 0
  }
}

extension MaskBox {
  /// - Complexity: O(stretches).
  init(of set: MaskSet, _ index: Int) {
    let (mask, size, bounds) = (set.masks[index], set.size(of: index), set.bounds.span)
    let height = UInt32(size.height)
    var (left, right, top, bottom) = (UInt32.max, UInt32(0), UInt32.max, UInt32(0))
    for position in stride(from: mask.first, to: mask.end, by: 2) {
      // Safety: the bounds of a mask lie in its set's buffer, an even number of them.
      let (start, end) = unsafe (bounds[unchecked: position], bounds[unchecked: position + 1])
      guard start < end else { continue }
      let (first, last) = (size.column(of: start), size.column(of: end - 1))
      left = min(left, first)
      right = max(right, last)
      // A stretch over the end of a column touches the last row and the first.
      top = first < last ? 0 : min(top, start &- first &* height)
      bottom = first < last ? height - 1 : max(bottom, end &- 1 &- last &* height)
    }
    guard left <= right else {
      self.init(x: 0, y: 0, width: 0, height: 0)
      return
    }
    self.init(
      x: Int(left), y: Int(top), width: Int(right - left) + 1, height: Int(bottom - top) + 1)
  }
}
