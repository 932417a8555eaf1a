import AssayJSON
import Testing
import VisionKernels

@Suite("Object keypoint similarity")
struct KeypointSimilarityTests {
  private static let box = (x: 10.0, y: 20.0, width: 30.0, height: 40.0)

  @Test("is what pycocotools computes")
  func reference() throws {
    let document = try JSONValue(parsing: text(of: fixture("keypoints.json")))
    let cases = document["similarities"]?.arrayValue ?? []
    #expect(cases.count == 40)
    for entry in cases {
      let kernel = try KeypointSimilarity(sigmas: numbers(entry["sigmas"]))
      let truths = entry["truths"]?.arrayValue ?? []
      let detections = entry["detections"]?.arrayValue ?? []
      let expected = (entry["similarities"]?.arrayValue ?? []).map { numbers($0) }
      for (i, detection) in detections.enumerated() {
        for (j, truth) in truths.enumerated() {
          let box = numbers(truth["bbox"])
          let value = kernel.similarity(
            of: numbers(detection["keypoints"]).span, with: numbers(truth["keypoints"]).span,
            box: (box[0], box[1], box[2], box[3]), area: truth["area"]?.doubleValue ?? .nan)
          // The exponential functions of two libraries differ in the last bit.
          #expect(abs(value - expected[i][j]) <= 4e-16 * max(value, 1e-3), "\(value) \(expected[i][j])")
        }
      }
    }
  }

  @Test("COCO's sigmas are those of the 17 keypoints of a person")
  func sigmas() throws {
    #expect(KeypointSimilarity.cocoSigmas.count == 17)
    #expect(KeypointSimilarity.cocoSigmas.first == 0.26 / 10)
    #expect(try KeypointSimilarity(sigmas: KeypointSimilarity.cocoSigmas).count == 17)
  }

  @Test("keypoints that are not labelled do not count")
  func unlabelled() throws {
    let kernel = try KeypointSimilarity(sigmas: [0.1, 0.1])
    let truth = [5.0, 5, 2, 70, 70, 0]
    let near = kernel.similarity(
      of: [5.0, 5, 1, -900, 900, 1].span, with: truth.span, box: Self.box, area: 100)
    #expect(near == 1)
  }

  @Test("without a labelled keypoint, being in the box three times as large is enough")
  func inside() throws {
    let kernel = try KeypointSimilarity(sigmas: [0.1])
    func similarity(_ x: Double, _ y: Double) -> Double {
      kernel.similarity(of: [x, y, 1].span, with: [0.0, 0, 0].span, box: Self.box, area: 1200)
    }
    for (x, y) in [(-20.0, -20.0), (70, 100), (25, 40)] { #expect(similarity(x, y) == 1) }
    #expect(similarity(71, 100) < 1)
    #expect(similarity(71, 100) == similarity(-21, -20))
    #expect(similarity(70, 103) < similarity(70, 102))
  }

  @Test("sigmas that are none, and keypoints that do not fit them, are errors")
  func errors() throws {
    for sigmas in [[], [0.0], [0.1, -0.1], [.nan], [.infinity]] {
      #expect(throws: KeypointError.badSigmas) { try KeypointSimilarity(sigmas: sigmas) }
    }
    let kernel = try KeypointSimilarity(sigmas: [0.1, 0.2])
    let wrong = KeypointError.wrongCount(numbers: 5, keypoints: 2)
    #expect(throws: wrong) { try kernel.check([1.0, 2, 2, 3, 4].span) }
    #expect("\(wrong)".contains("5 numbers") && "\(wrong)".contains("2 values"))
    let infinite = KeypointError.notFinite(keypoint: 1)
    for value in [Double.nan, .infinity] {
      #expect(throws: infinite) { try kernel.check([1.0, 2, 2, 3, value, 1].span) }
    }
    #expect("\(infinite)".contains("number 2"))
    #expect("\(KeypointError.badSigmas)".contains("sigmas"))
    try kernel.check([1.0, 2, 2, 3, 4, 0].span)
  }
}
