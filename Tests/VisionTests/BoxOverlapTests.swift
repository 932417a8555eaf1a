import Testing
import VisionKernels

@Suite struct `Overlaps of boxes` {
  /// The overlaps of the first detection with all truths.
  private func overlaps(
    _ detection: [Double], with truths: [[Double]], crowd: Bool = false, floor: Double = 1e-9
  ) -> [Overlap] {
    let numbers = truths.flatMap(\.self)
    var source = BoxOverlaps(
      truths: numbers.span, flags: truths.map { _ in crowd ? .crowd : [] },
      detections: detection.span)
    var found: [Overlap] = []
    let all = Array(0..<Int32(truths.count))
    source.appendOverlaps(of: 0, with: all.span, atLeast: floor, to: &found)
    return found
  }

  @Test(arguments: [
    ([0, 0, 10, 10], [0, 0, 10, 10], 1.0), ([0, 0, 10, 10], [5, 0, 10, 10], 50.0 / 150.0),
    ([0, 0, 10, 10], [2.5, 2.5, 5, 5], 0.25), ([-5, -5, 10, 10], [0, 0, 5, 5], 0.25),
  ])
  func `are intersection over union`(detection: [Double], truth: [Double], value: Double) {
    #expect(overlaps(detection, with: [truth]) == [Overlap(truth: 0, value: value)])
  }

  @Test(arguments: [[10, 0, 5, 5], [0, 10, 5, 5], [2, 2, 0, 5], [2, 2, 5, 0], [2, 2, 0, 0]] as [[Double]])
  func `do not count edges and boxes without area`(truth: [Double]) {
    #expect(overlaps([0, 0, 10, 10], with: [truth]).isEmpty)
    #expect(overlaps(truth, with: [[0, 0, 10, 10]]).isEmpty)
  }

  @Test func `with a crowd are over the detection's area`() {
    #expect(overlaps([0, 0, 10, 10], with: [[5, 0, 100, 10]], crowd: true).map(\.value) == [0.5])
    #expect(overlaps([0, 0, 10, 10], with: [[-9, -9, 99, 99]], crowd: true).map(\.value) == [1])
  }

  @Test func `below the floor are left out, in the truths' order`() {
    let truths: [[Double]] = [[0, 0, 10, 5], [0, 0, 10, 10], [0, 0, 10, 4], [0, 0, 10, 6]]
    #expect(overlaps([0, 0, 10, 10], with: truths, floor: 0.5).map(\.truth) == [0, 1, 3])
  }
}
