import VisionKernels

/// The bytes of a mask, as a reader writes them.
enum EncodedMask {
  static func text(_ text: String) -> [UInt8] { Array(text.utf8) }

  static func runs(_ runs: [Int]) -> [UInt8] { [2] + runs.flatMap { littleEndian(UInt32($0)) } }

  static func polygons(_ polygons: [[Double]]) -> [UInt8] {
    [1] + littleEndian(UInt32(polygons.count))
      + polygons.flatMap { polygon in
        littleEndian(UInt32(polygon.count)) + polygon.flatMap { littleEndian($0.bitPattern) }
      }
  }

  static func littleEndian<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
    (0..<Value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> Value($0 * 8)) }
  }
}

extension MaskSet {
  init(size: MaskSize, _ masks: [[UInt8]]) throws {
    self.init()
    startImage(size)
    for mask in masks { try append(mask.span.bytes) }
  }

  func string(of index: Int) -> String { String(decoding: text(of: index), as: UTF8.self) }

  /// A bool per pixel, down the columns.
  func pixels(of index: Int) -> [Bool] {
    runs(of: index).enumerated().flatMap { Array(repeating: $0 % 2 == 1, count: Int($1)) }
  }
}
