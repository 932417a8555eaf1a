import AssayCore

/// Objects in invented images and what an invented detector made of them, always the same.
struct VisionSample {
  struct Box {
    var x: Double
    var y: Double
    var width: Double
    var height: Double
    var area: Double { width * height }
  }

  struct Truth {
    var image: Int
    var label: Int
    var box: Box
  }

  /// A detection; of the truth that it overlaps most, where it overlaps one.
  struct Detection {
    var image: Int
    var label: Int
    var score: Double
    var box: Box
    var truth: Int?
    var iou: Double
  }

  static let names = """
    person bicycle car motorcycle airplane bus train truck boat traffic_light fire_hydrant stop_sign \
    parking_meter bench bird cat dog horse sheep cow elephant bear zebra giraffe backpack umbrella handbag \
    tie suitcase frisbee skis snowboard sports_ball kite baseball_bat baseball_glove skateboard surfboard \
    tennis_racket bottle wine_glass cup fork knife spoon bowl banana apple sandwich orange broccoli carrot \
    hot_dog pizza donut cake chair couch potted_plant bed dining_table toilet tv laptop mouse remote keyboard \
    cell_phone microwave oven toaster sink refrigerator book clock vase scissors teddy_bear hair_drier \
    toothbrush
    """.split(separator: " ").map { $0.split(separator: "_").joined(separator: " ") }

  static let imageWidth = 640.0
  static let imageHeight = 480.0

  let labels: [String]
  let imageCount: Int
  /// How many steps the curves have.
  let steps: Int
  private(set) var truths: [Truth] = []
  private(set) var detections: [Detection] = []
  private var random = ClassifierSample.Generator(state: 11)

  init(classes: Int, images: Int, steps: Int) {
    labels = Array(Self.names.prefix(classes))
    imageCount = images
    self.steps = steps
    for image in 0..<images { drawImage(image) }
  }

  private mutating func drawImage(_ image: Int) {
    let first = truths.count
    for _ in 0..<(1 + Int(random.next() * 11)) {
      // Common classes first, as in every collection of photographs.
      let place = random.next() * random.next()
      let label = min(labels.count - 1, Int(place * Double(labels.count)))
      truths.append(Truth(image: image, label: label, box: drawBox()))
    }
    for truth in first..<truths.count { detect(truth) }
    for _ in 0..<Int(random.next() * 5) {
      let label = Int(random.next() * Double(labels.count))
      let score = 0.05 + 0.7 * random.next() * random.next()
      detections.append(
        Detection(image: image, label: label, score: score, box: drawBox(), truth: nil, iou: 0))
    }
  }

  private mutating func drawBox() -> Box {
    let width = 12 + 300 * random.next() * random.next()
    let height = 12 + 260 * random.next() * random.next()
    let x = random.next() * (Self.imageWidth - width)
    return Box(x: x, y: random.next() * (Self.imageHeight - height), width: width, height: height)
  }

  private mutating func detect(_ index: Int) {
    let truth = truths[index]
    // Some classes are hard, and small objects are hard in all of them.
    let ease = 0.62 + 0.36 * Double((truth.label * 37) % 23) / 22
    let size = truth.box.area < 1024 ? 0.55 : truth.box.area < 9216 ? 0.85 : 1
    let copies = random.next() < 0.12 ? 2 : 1
    for copy in 0..<copies where random.next() < ease * size + 0.1 {
      let isConfused = random.next() < 0.13
      let neighbour = truth.label % 2 == 0 ? truth.label + 1 : truth.label - 1
      let label = isConfused ? min(neighbour, labels.count - 1) : truth.label
      let shift = 0.12 * random.next()
      let box = Box(
        x: truth.box.x + shift * truth.box.width, y: truth.box.y + shift * truth.box.height / 2,
        width: truth.box.width * (1 - shift / 2), height: truth.box.height)
      let iou = max(0.3, 1 - 2.4 * shift - 0.3 * (1 - size) - 0.1 * random.next())
      let score = min(0.999, max(0.05, 0.25 + 0.8 * ease * size * random.next() - 0.3 * Double(copy)))
      detections.append(
        Detection(image: truth.image, label: label, score: score, box: box, truth: index, iou: iou))
    }
  }

  /// Which detections find their object, by descending score, each object once.
  func hits(iou bar: Double) -> [Bool] {
    var taken = Set<Int>()
    var isHit = Array(repeating: false, count: detections.count)
    for index in detections.indices.sorted(by: { detections[$0].score > detections[$1].score }) {
      let detection = detections[index]
      guard let truth = detection.truth, truths[truth].label == detection.label, detection.iou >= bar else {
        continue
      }
      isHit[index] = taken.insert(truth).inserted
    }
    return isHit
  }

  /// The interpolated precision of a class at the steps of recall; nil without objects.
  func curve(of label: Int, hits: [Bool], in areas: Range<Double>? = nil) -> [Double]? {
    let objects = truths.count { $0.label == label && areas?.contains($0.box.area) ?? true }
    guard objects > 0 else { return nil }
    let found = detections.indices.filter { index in
      let detection = detections[index]
      return detection.label == label && areas?.contains(detection.box.area) ?? true
    }.sorted { detections[$0].score > detections[$1].score }
    var (recalls, precisions, count) = ([Double](), [Double](), 0.0)
    for (rank, index) in found.enumerated() {
      count += hits[index] ? 1 : 0
      recalls.append(count / Double(objects))
      precisions.append(count / Double(rank + 1))
    }
    for index in precisions.indices.dropLast().reversed() {
      precisions[index] = max(precisions[index], precisions[index + 1])
    }
    return (0...steps).map { step in
      recalls.firstIndex { $0 >= Double(step) / Double(steps) }.map { precisions[$0] } ?? 0
    }
  }

  /// What was found at a confidence, over all classes or in one.
  func counts(at confidence: Double, of label: Int? = nil, hits: [Bool]) -> (tp: Int, fp: Int, fn: Int) {
    let shown = detections.indices.filter {
      detections[$0].score >= confidence && (label == nil || detections[$0].label == label)
    }
    let tp = shown.count { hits[$0] }
    return (tp, shown.count - tp, truths.count { label == nil || $0.label == label } - tp)
  }
}

extension [Double] {
  var mean: Double? { isEmpty ? nil : reduce(0, +) / Double(count) }
}
