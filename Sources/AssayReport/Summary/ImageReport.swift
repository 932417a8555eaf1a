import AssayCore

/// The tables about images, as a report reads them: which images went wrong, and what
/// was found in them.
struct ImageReport {
  struct Image {
    var id: String
    var fileName: String?
    /// In pixels, as annotated.
    var size: (width: Double, height: Double)?
    var found: Int
    var extra: Int
    var missed: Int
    var f1: Double?

    var errors: Int { extra + missed }
    var name: String { fileName ?? id }
  }

  struct Box {
    enum Kind: String, CaseIterable {
      /// An object that a detection lies on.
      case truth
      /// A detection of an object, with its class.
      case correct
      /// A detection of an object, with another class.
      case confused
      /// A detection where there is no object.
      case background
      /// An object without a detection.
      case missed
    }

    var kind: Kind
    var label: String
    var score: Double?
    var iou: Double?
    /// The class of the object that a detection of another class lies on.
    var truthLabel: String?
    var x: Double
    var y: Double
    var width: Double
    var height: Double
  }

  /// The images with errors, the worst first: by F1, then by the number of errors,
  /// then by id.
  let worst: [Image]
  /// How many images there are.
  let count: Int
  /// Whether it is known what was found where.
  var hasBoxes: Bool { matches != nil }
  private let matches: ResultTable?
  private let rows: [String: [Int]]

  /// - Returns: nil without a table `per_image` with its counts.
  init?(_ evaluator: EvaluatorResult) {
    guard let table = evaluator.table("per_image"), let images = Self.images(of: table) else { return nil }
    count = images.count
    worst = images.filter { $0.errors > 0 }.sorted(by: Self.isWorse)
    matches = evaluator.table("matches")
    var rows: [String: [Int]] = [:]
    for (row, id) in (matches?.column("image_id")?.values.texts ?? []).enumerated() {
      rows[id, default: []].append(row)
    }
    self.rows = rows
  }

  private static func images(of table: ResultTable) -> [Image]? {
    guard let ids = table.column("image_id")?.values.texts, let found = table.numbers("tp"),
      let extra = table.numbers("fp"), let missed = table.numbers("fn")
    else { return nil }
    let names = table.column("file_name")?.values.texts
    let (widths, heights) = (table.numbers("width"), table.numbers("height"))
    let f1 = table.numbers("f1")
    return ids.indices.map { row in
      var image = Image(
        id: ids[row], fileName: names?[row].isEmpty == false ? names?[row] : nil,
        found: count(found[row]), extra: count(extra[row]), missed: count(missed[row]))
      image.f1 = f1?[row] ?? nil
      if let width = widths?[row] ?? nil, let height = heights?[row] ?? nil, width > 0, height > 0 {
        image.size = (width, height)
      }
      return image
    }
  }

  /// No more than can be added up.
  private static func count(_ value: Double?) -> Int { Int(min(max(0, (value ?? 0).rounded()), 0x1p53)) }

  private static func isWorse(_ first: Image, _ second: Image) -> Bool {
    let (one, other) = (first.f1 ?? 0, second.f1 ?? 0)
    if one != other { return one < other }
    if first.errors != second.errors { return first.errors > second.errors }
    if let one = Int(first.id), let other = Int(second.id) { return one < other }
    return first.id < second.id
  }

  /// The boxes in an image: first the objects, on top of them what was found.
  func boxes(of image: Image) -> [Box] {
    guard let matches, let rows = rows[image.id] else { return [] }
    let reader = BoxReader(matches)
    let boxes = rows.compactMap(reader.box) + rows.compactMap(reader.truth)
    return Box.Kind.allCases.flatMap { kind in boxes.filter { $0.kind == kind } }
  }
}

/// Reads the rows of `matches`.
private struct BoxReader {
  let outcomes: [String]?
  /// The class of the detection, empty where there is none.
  let predicted: [String]?
  /// The class of the object, empty where there is none.
  let actual: [String]?
  let scores: [Double?]?
  let ious: [Double?]?
  let boxes: [[Double?]?]
  let truths: [[Double?]?]

  init(_ table: ResultTable) {
    outcomes = table.column("outcome")?.values.texts
    predicted = table.column("predicted")?.values.texts
    actual = table.column("actual")?.values.texts
    scores = table.numbers("score")
    ious = table.numbers("iou")
    boxes = ["x", "y", "width", "height"].map(table.numbers)
    truths = ["truth_x", "truth_y", "truth_width", "truth_height"].map(table.numbers)
  }

  /// The box of a detection; of an object that was missed, its own.
  func box(_ row: Int) -> ImageReport.Box? {
    guard let kind = outcomes.flatMap({ ImageReport.Box.Kind(rawValue: $0[row]) }) else { return nil }
    if kind == .missed, let box = make(kind, truths, row) { return box }
    return make(kind, boxes, row)
  }

  /// The object behind a detection.
  func truth(_ row: Int) -> ImageReport.Box? {
    ["correct", "confused"].contains(outcomes?[row]) ? make(.truth, truths, row) : nil
  }

  private func make(
    _ kind: ImageReport.Box.Kind, _ columns: [[Double?]?], _ row: Int
  ) -> ImageReport.Box? {
    let numbers = columns.compactMap { $0?[row] }
    guard numbers.count == 4, numbers[2] >= 0, numbers[3] >= 0 else { return nil }
    let names = [predicted?[row] ?? "", actual?[row] ?? ""]
    let isDetection = kind != .truth && kind != .missed && !names[0].isEmpty
    return ImageReport.Box(
      kind: kind, label: isDetection || names[1].isEmpty ? names[0] : names[1],
      score: isDetection ? scores?[row] ?? nil : nil, iou: ious?[row] ?? nil,
      truthLabel: isDetection && !names[1].isEmpty && names[1] != names[0] ? names[1] : nil,
      x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
  }
}
