import Glibc

/// The object keypoint similarity (OKS) of two sets of keypoints: the mean over the
/// labelled ones of exp(-d² / (2 s² k²)), with d the distance, s² the object's area and
/// k twice the keypoint's sigma.
///
/// Values are those of pycocotools' `computeOks`, terms and sums in its order. Each
/// keypoint is three numbers: x, y and visibility (0 not labelled, 1 hidden, 2 visible).
public struct KeypointSimilarity: Sendable {
  private let variances: [Double]

  /// The sigmas of COCO's 17 keypoints of a person, from the nose to the ankles.
  public static let cocoSigmas = [
    0.26, 0.25, 0.25, 0.35, 0.35, 0.79, 0.79, 0.72, 0.72, 0.62, 0.62, 1.07, 1.07, 0.87, 0.87, 0.89,
    0.89,
  ].map { $0 / 10 }

  /// - Parameter sigmas: One per keypoint: how far people's annotations of it spread,
  ///   as a fraction of the object's size.
  /// - Throws: ``KeypointError/badSigmas``.
  public init(sigmas: [Double]) throws(KeypointError) {
    guard !sigmas.isEmpty, sigmas.allSatisfy({ $0 > 0 && $0.isFinite }) else { throw .badSigmas }
    variances = sigmas.map { ($0 * 2) * ($0 * 2) }
  }

  /// How many keypoints an object has.
  public var count: Int { variances.count }

  /// Says what is wrong with an object's keypoints, if anything is.
  ///
  /// - Throws: ``KeypointError``.
  public func check(_ keypoints: Span<Double>) throws(KeypointError) {
    guard keypoints.count == 3 * count else {
      throw .wrongCount(numbers: keypoints.count, keypoints: count)
    }
    for index in keypoints.indices where !keypoints[index].isFinite {
      throw .notFinite(keypoint: index / 3)
    }
  }

  /// The similarity of a detection with a truth, from 0 to 1.
  ///
  /// Where the truth has no labelled keypoint, those of the detection count by how far
  /// they lie outside of a box around the truth's, three times as wide and high.
  ///
  /// - Parameters:
  ///   - box: The truth's x, y, width and height.
  ///   - area: The truth's area in pixels.
  /// - Precondition: Both passed ``check(_:)``.
  public func similarity(
    of detection: Span<Double>, with truth: Span<Double>,
    box: (x: Double, y: Double, width: Double, height: Double), area: Double
  ) -> Double {
    let scale = area + Double.ulpOfOne
    let labelled = (0..<count).count { truth[3 * $0 + 2] > 0 }
    var sum = LaneSum(of: labelled > 0 ? labelled : count)
    if labelled > 0 {
      for keypoint in 0..<count where truth[3 * keypoint + 2] > 0 {
        let x = detection[3 * keypoint] - truth[3 * keypoint]
        let y = detection[3 * keypoint + 1] - truth[3 * keypoint + 1]
        sum.add(exp(-((x * x + y * y) / variances[keypoint] / scale / 2)))
      }
      return sum.value / Double(labelled)
    }
    let (left, right) = (box.x - box.width, box.x + box.width * 2)
    let (top, bottom) = (box.y - box.height, box.y + box.height * 2)
    for keypoint in 0..<count {
      let (x, y) = (detection[3 * keypoint], detection[3 * keypoint + 1])
      let outX = max(0, left - x) + max(0, x - right)
      let outY = max(0, top - y) + max(0, y - bottom)
      sum.add(exp(-((outX * outX + outY * outY) / variances[keypoint] / scale / 2)))
    }
    return sum.value / Double(count)
  }
}

/// A sum in numpy's order, which differs in the last bit from a plain one: from eight
/// terms on in eight lanes, what is left over at the end. (Numpy halves more than 128
/// terms first; nothing has so many keypoints but whole bodies.)
private struct LaneSum {
  /// Terms that go into lanes.
  private let whole: Int
  private var added = 0
  private var lanes = SIMD8<Double>()
  private(set) var value = 0.0

  init(of count: Int) { whole = count & ~7 }

  mutating func add(_ term: Double) {
    guard added < whole else { return value += term }
    lanes[added & 7] += term
    added += 1
    guard added == whole else { return }
    value =
      ((lanes[0] + lanes[1]) + (lanes[2] + lanes[3]))
      + ((lanes[4] + lanes[5]) + (lanes[6] + lanes[7]))
  }
}
