import Testing
import VisionKernels

@Suite("Masks that are none")
struct MaskErrorTests {
  static let size = try! MaskSize(height: 4, width: 5)

  static let broken: [(bytes: [UInt8], error: MaskError, says: String)] = [
    ([], .empty, "is empty"),
    ([7, 1], .unknownEncoding(7), "byte 7"),
    // Text.
    (EncodedMask.text("5"), .tooFewPixels(5, size: size), "5 pixels of the image's 4 x 5 = 20"),
    (EncodedMask.text("57"), .tooFewPixels(12, size: size), "covers 12"),
    (EncodedMask.text("d0~0"), .badCharacter(126, position: 2), "126 at position 3"),
    (EncodedMask.text("5 7"), .badCharacter(32, position: 1), "position 2"),
    (EncodedMask.text("5\u{80}"), .badCharacter(0xc2, position: 1), "194"),
    (EncodedMask.text("d0oooooooo0"), .numberTooLong(position: 2), "7 characters at position 3"),
    (EncodedMask.text("57d"), .truncated, "cut off"),
    (EncodedMask.text("57X1"), .badRun(2, length: 40, size: size), "40 pixels in run 3"),
    (EncodedMask.text("5N"), .badRun(1, length: -2, size: size), "-2 pixels in run 2"),
    (EncodedMask.text("5ooooooO"), .badRun(1, length: -1, size: size), "run 2"),
    // Lengths.
    (EncodedMask.runs([]), .tooFewPixels(0, size: size), "0 pixels"),
    (EncodedMask.runs([5, 14]), .tooFewPixels(19, size: size), "19 pixels"),
    (EncodedMask.runs([5, 16]), .badRun(1, length: 16, size: size), "run 2"),
    (EncodedMask.runs([5, 4_294_967_295]), .badRun(1, length: 4_294_967_295, size: size), "run 2"),
    (EncodedMask.runs([5, 15]) + [0], .wrongLength, "fewer or more bytes"),
    // Polygons.
    ([1], .wrongLength, "bytes"),
    (EncodedMask.polygons([]), .empty, "is empty"),
    (EncodedMask.polygons([[1, 1, 2, 2, 3]]), .badPolygon(0, coordinates: 5), "5 coordinates in polygon 1"),
    (EncodedMask.polygons([[1, 1, 2, 2], []]), .badPolygon(1, coordinates: 0), "polygon 2"),
    (EncodedMask.polygons([[1, 1, 2, 2]]) + [0], .wrongLength, "bytes"),
    (EncodedMask.polygons([[1, 1, 2, 2]]).dropLast(1), .wrongLength, "bytes"),
    (
      [1, 255, 255, 255, 255] + EncodedMask.littleEndian(UInt32(4_294_967_294)), .wrongLength, "bytes"
    ),
    (
      EncodedMask.polygons([[1, 1, 2, 2], [1, 2, 3, 1e6 + 1]]),
      .badCoordinate(polygon: 1, coordinate: 3, value: 1e6 + 1), "1000001.0 at position 4 of polygon 2"
    ),
    (
      EncodedMask.polygons([[1, -.infinity]]),
      .badCoordinate(polygon: 0, coordinate: 1, value: -.infinity), "-inf"
    ),
  ]

  @Test("each is an error that says what is wrong, and leaves the set as it was", arguments: broken)
  func errors(bytes: [UInt8], error: MaskError, says: String) throws {
    var set = try MaskSet(size: Self.size, [EncodedMask.text("57" + "8")])
    #expect(throws: error) { try set.append(bytes.span.bytes) }
    #expect(error.description.contains(says), "\(error)")
    #expect(set.count == 1)
    #expect(set.runs(of: 0) == [5, 7, 8])
    try set.append(EncodedMask.runs([0, 20]).span.bytes)
    #expect(set.area(of: 1) == 20)
  }

  @Test("a coordinate that is not a number is an error")
  func notANumber() throws {
    var set = try MaskSet(size: Self.size, [])
    let bytes = EncodedMask.polygons([[1, 1, .nan, 2]])
    #expect {
      try set.append(bytes.span.bytes)
    } throws: { error in
      guard case .badCoordinate(0, 2, let value) = error as? MaskError else { return false }
      return value.isNaN && "\(error)".contains("nan at position 3 of polygon 1")
    }
  }

  @Test(
    "images without pixels or with too many are errors",
    arguments: [(0, 5), (5, 0), (-1, 5), (5, -1), (65536, 32768), (Int.max, 2), (Int.min, -1)])
  func sizes(height: Int, width: Int) {
    let error = MaskError.badSize(height: height, width: width)
    #expect(throws: error) { try MaskSize(height: height, width: width) }
    #expect("\(error)".contains("\(height) x \(width)"))
  }

  @Test("cutting and changing any byte never traps, and what is taken fits the image")
  func mutations() throws {
    var random = SplitMix(11)
    let masks = [
      EncodedMask.text("5" + "7" + "8"), EncodedMask.runs([0, 3, 4, 5, 8]),
      EncodedMask.polygons([[0, 0, 4, 0, 4, 3], [1, 1, 3, 1, 3, 3, 1, 3]]),
    ]
    var taken = 0
    for round in 0..<2_000 {
      var bytes = masks[round % masks.count]
      for _ in 0...Int(random.next() % 3) {
        bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next() >> 8)
      }
      bytes.removeLast(Int(random.next() % 4) == 0 ? Int(random.next() % UInt64(bytes.count)) : 0)
      var set = try MaskSet(size: Self.size, [])
      guard (try? set.append(bytes.span.bytes)) != nil else { continue }
      taken += 1
      #expect(set.runs(of: 0).reduce(0, +) == 20)
      #expect(set.area(of: 0) <= 20)
      _ = set.box(of: 0)
    }
    #expect(taken > 0)
  }

  @Test("polygons that cross the image a million times need no more room than its pixels")
  func zigzag() throws {
    let corners = (0..<20_000).flatMap { (n: Int) -> [Double] in [n % 2 == 0 ? -5 : 60, Double(n % 7)] }
    let set = try MaskSet(
      size: try MaskSize(height: 6, width: 50),
      [[corners], Array(repeating: [0, 0, 9, 0, 4, 5], count: 3000)].map(EncodedMask.polygons))
    #expect(set.area(of: 0) <= 300)
    let one = try MaskSet(size: set.size(of: 0), [EncodedMask.polygons([[0, 0, 9, 0, 4, 5]])])
    #expect(set.runs(of: 1) == one.runs(of: 0))
  }
}
