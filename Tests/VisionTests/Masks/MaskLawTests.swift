import Testing
import VisionKernels

@Suite("Laws of masks")
struct MaskLawTests {
  private static let shapes: [(height: Int, width: Int)] = [
    (1, 1), (1, 40), (40, 1), (3, 5), (17, 23), (64, 64), (200, 9),
  ]

  /// Random masks of one size, in strokes as objects have them.
  private static func random(_ shape: (height: Int, width: Int), seed: UInt64) throws -> MaskSet {
    var random = SplitMix(seed)
    let pixels = shape.height * shape.width
    var masks: [[UInt8]] = []
    for _ in 0..<12 {
      var (runs, position, longest) = ([Int](), 0, 1 + Int(random.next() % UInt64(pixels + 1)))
      if random.next() % 2 == 0 { runs.append(0) }
      while position < pixels {
        let run = min(1 + Int(random.next() % UInt64(longest)), pixels - position)
        runs.append(run)
        position += run
        longest = max(1, longest / 2 + Int(random.next() % 3))
      }
      masks.append(EncodedMask.runs(runs))
    }
    return try MaskSet(size: try MaskSize(height: shape.height, width: shape.width), masks)
  }

  @Test("writing and reading gives the same mask", arguments: shapes)
  func roundTrip(shape: (height: Int, width: Int)) throws {
    let set = try Self.random(shape, seed: 1)
    for index in 0..<set.count {
      let again = try MaskSet(
        size: set.size(of: 0),
        [set.text(of: index), EncodedMask.runs(set.runs(of: index).map { Int($0) })])
      #expect(again.runs(of: 0) == set.runs(of: index))
      #expect(again.runs(of: 1) == set.runs(of: index))
      #expect(again.text(of: 0) == set.text(of: index))
    }
  }

  @Test("area, box and common pixels are those of the bitmaps", arguments: shapes)
  func bitmaps(shape: (height: Int, width: Int)) throws {
    var set = try Self.random(shape, seed: 2)
    let bitmaps = (0..<set.count).map { set.pixels(of: $0) }
    for (index, bitmap) in bitmaps.enumerated() {
      let covered = bitmap.indices.filter { bitmap[$0] }
      #expect(bitmap.count == set.size(of: index).pixelCount)
      #expect(set.area(of: index) == covered.count)
      let (columns, rows) = (covered.map { $0 / shape.height }, covered.map { $0 % shape.height })
      let box = set.box(of: index)
      #expect(box.x == columns.min() ?? 0)
      #expect(box.y == rows.min() ?? 0)
      #expect(box.width == (columns.max() ?? -1) - (columns.min() ?? 0) + 1)
      #expect(box.height == (rows.max() ?? -1) - (rows.min() ?? 0) + 1)
      for (other, pixels) in bitmaps.enumerated() {
        let common = zip(bitmap, pixels).count { $0 && $1 }
        #expect(set.intersection(of: index, with: set, other) == common)
      }
    }
  }

  @Test(
    "overlap is symmetric, and 1 with itself unless empty; a crowd divides by the detection",
    arguments: shapes)
  func overlaps(shape: (height: Int, width: Int)) throws {
    var (one, two) = (try Self.random(shape, seed: 3), try Self.random(shape, seed: 4))
    for i in 0..<one.count {
      var same = one
      #expect(one.overlap(of: i, with: &same, i, isCrowd: false) == (one.area(of: i) > 0 ? 1 : 0))
      for j in 0..<two.count {
        let overlap = one.overlap(of: i, with: &two, j, isCrowd: false)
        #expect(overlap == two.overlap(of: j, with: &one, i, isCrowd: false))
        #expect((0...1).contains(overlap))
        let common = one.intersection(of: i, with: two, j)
        let share = Double(common) / Double(max(one.area(of: i), 1))
        #expect(one.overlap(of: i, with: &two, j, isCrowd: true) == share)
      }
    }
  }

  @Test("the areas of a mask and of its complement add up to the image", arguments: shapes)
  func complement(shape: (height: Int, width: Int)) throws {
    let set = try Self.random(shape, seed: 5)
    for index in 0..<set.count {
      let runs = set.runs(of: index).map { Int($0) }
      let other = runs[0] == 0 ? Array(runs.dropFirst()) : [0] + runs
      let both = try MaskSet(size: set.size(of: 0), [EncodedMask.runs(other)])
      #expect(both.area(of: 0) + set.area(of: index) == set.size(of: index).pixelCount)
      #expect(both.intersection(of: 0, with: set, index) == 0)
    }
  }

  @Test("polygons beside each other cover the sum of their areas, one twice only its own")
  func unions() throws {
    let size = try MaskSize(height: 30, width: 50)
    let left = [2.0, 2, 2, 20, 12, 20, 12, 2]
    let right = [12.0, 2, 12, 20, 33, 20, 33, 2]
    let set = try MaskSet(
      size: size, [[left], [right], [left, right], [right, left, left]].map(EncodedMask.polygons))
    #expect(set.area(of: 2) == set.area(of: 0) + set.area(of: 1))
    #expect(set.runs(of: 2) == set.runs(of: 3))
  }

  @Test("masks of several images in one set are those of each image")
  func severalImages() throws {
    let shapes = Self.shapes.enumerated().map { ($0.offset, $0.element) }
    let alone = try shapes.map { try Self.random($0.1, seed: UInt64($0.0)) }
    var together = MaskSet()
    for image in alone {
      together.startImage(image.size(of: 0))
      for index in 0..<image.count { try together.append(image.text(of: index).span.bytes) }
    }
    var number = 0
    for var image in alone {
      for index in 0..<image.count {
        #expect(together.size(of: number) == image.size(of: index))
        #expect(together.runs(of: number) == image.runs(of: index))
        #expect(together.box(of: number) == image.box(of: index))
        #expect(together.intersection(of: number, with: image, index) == image.area(of: index))
        number += 1
      }
    }
    #expect(together.count == number)
  }

  @Test("a set that is used again holds only the new masks")
  func reuse() throws {
    var set = try Self.random((64, 64), seed: 6)
    let fresh = try Self.random((17, 23), seed: 7)
    set.reset()
    set.startImage(fresh.size(of: 0))
    for index in 0..<fresh.count { try set.append(fresh.text(of: index).span.bytes) }
    #expect(set.count == fresh.count)
    for index in 0..<fresh.count { #expect(set.runs(of: index) == fresh.runs(of: index)) }
  }

  @Test("with a floor, overlaps from it on are exact and the others less", arguments: shapes)
  func floors(shape: (height: Int, width: Int)) throws {
    var (one, two) = (try Self.random(shape, seed: 8), try Self.random(shape, seed: 9))
    for (i, j) in (0..<one.count).flatMap({ i in (0..<two.count).map { (i, $0) } }) {
      for isCrowd in [false, true] {
        let exact = one.overlap(of: i, with: &two, j, isCrowd: isCrowd)
        for floor in [0.1, 0.5, exact] {
          let value = one.overlap(of: i, with: &two, j, isCrowd: isCrowd, atLeast: floor)
          #expect(exact >= floor ? value == exact : value < floor)
        }
      }
    }
  }

  @Test("runs of no pixels between others change nothing")
  func emptyRuns() throws {
    let size = try MaskSize(height: 4, width: 5)
    let set = try MaskSet(
      size: size, [[3, 5, 0, 2, 10], [3, 7, 10], [3, 7, 2, 0, 8], [0, 0, 3, 7, 10, 0]].map(EncodedMask.runs))
    for index in 0..<set.count {
      #expect(set.runs(of: index) == [3, 7, 10])
      #expect(set.intersection(of: index, with: set, 0) == 7)
    }
  }
}

/// A generator of numbers that are the same everywhere (SplitMix64).
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
