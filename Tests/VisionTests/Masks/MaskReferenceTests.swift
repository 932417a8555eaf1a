import Testing
import VisionKernels

@Suite("Masks against pycocotools")
struct MaskReferenceTests {
  @Test("polygons become the same runs, bit for bit, with the same area and box")
  func polygons() throws {
    #expect(MaskCases.all.polygons.count >= 2000)
    for (number, mask) in MaskCases.all.polygons.enumerated() {
      var set = try MaskSet(size: mask.size, [EncodedMask.polygons(mask.polygons)])
      try #require(set.string(of: 0) == mask.text, "polygon \(number): \(mask.polygons)")
      #expect(set.area(of: 0) == mask.area, "polygon \(number)")
      #expect(set.box(of: 0) == mask.box, "polygon \(number)")
    }
  }

  @Test("compressed and uncompressed runs give the same area, box, text and runs")
  func runs() throws {
    #expect(!MaskCases.all.masks.isEmpty)
    for mask in MaskCases.all.masks {
      for bytes in [EncodedMask.text(mask.text), EncodedMask.runs(mask.runs)] {
        var set = try MaskSet(size: mask.size, [bytes])
        #expect(set.string(of: 0) == mask.text)
        #expect(set.runs(of: 0).map { Int($0) } == mask.runs)
        #expect(set.area(of: 0) == mask.area)
        #expect(set.box(of: 0) == mask.box)
      }
    }
  }

  @Test("all pairs have the same intersection over union, to the last bit")
  func overlaps() throws {
    #expect(!MaskCases.all.overlaps.isEmpty)
    for image in MaskCases.all.overlaps {
      var detections = try MaskSet(size: image.size, image.detections.map(EncodedMask.text))
      var truths = try MaskSet(size: image.size, image.truths.map(EncodedMask.text))
      for (row, expected) in image.overlaps.enumerated() {
        for (column, value) in expected.enumerated() {
          let overlap = detections.overlap(
            of: row, with: &truths, column, isCrowd: image.crowds[column])
          #expect(overlap == value)
        }
      }
    }
  }
}
