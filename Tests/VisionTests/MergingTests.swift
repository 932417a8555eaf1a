import KernelSupport
import Testing

@testable import VisionKernels

@Suite struct `States of detection` {
  private static func categories(_ data: ReferenceCase) -> [ClassTable.Entry] {
    data.categories.map { .init(id: $0, name: "class \($0)") }
  }

  /// All that a state can say, the large tables among it.
  private static func options(_ data: ReferenceCase) -> DetectionOptions {
    var options = data.options
    options.confidence = 0.2
    options.only = [
      "per_class", "average_precision", "pr_curve", "threshold_sweep", "froc_curve", "per_image",
      "confusion_matrix", "matches",
    ]
    return options
  }

  @Test(arguments: ReferenceCase.all)
  func `say the same for any split and any order`(data: ReferenceCase) throws {
    let options = Self.options(data)
    var whole = try DetectionState(data.rows, categories: Self.categories(data), options)
    let expected = try whole.finish(Request())
    var generator = SplitMix(UInt64(data.rows.count))
    for size in [1, 3, 5] {
      var parts = try stride(from: 0, to: data.rows.count, by: size).map { first in
        try DetectionState(
          Array(data.rows[first..<min(first + size, data.rows.count)]),
          categories: Self.categories(data), options)
      }
      parts.shuffle(using: &generator)
      while parts.count > 1 {
        let last = parts.removeLast()
        let position = Int(generator.next() % UInt64(parts.count))
        try parts[position].merge(last)
      }
      #expect(try parts[0].finish(Request()) == expected)
    }
  }

  @Test(arguments: ReferenceCase.all)
  func `agree on classes that each of them met alone`(data: ReferenceCase) throws {
    let options = Self.options(data)
    var whole = try DetectionState(options: options)
    try whole.add(data.rows)
    var parts = try DetectionState(options: options)
    for row in data.rows.reversed() {
      var part = try DetectionState(options: options)
      try part.add([row])
      try parts.merge(part)
    }
    #expect(try parts.finish(Request()) == whole.finish(Request()))
  }

  @Test(arguments: ReferenceCase.all)
  func `survive saving, before a merge and after`(data: ReferenceCase) throws {
    let options = Self.options(data)
    let half = data.rows.count / 2
    var whole = try DetectionState(data.rows, categories: Self.categories(data), options)
    var first = try saved(
      DetectionState(Array(data.rows[..<half]), categories: Self.categories(data), options))
    try first.merge(
      saved(DetectionState(Array(data.rows[half...]), categories: Self.categories(data), options)))
    var again = try saved(first)
    #expect(try again.finish(Request()) == whole.finish(Request()))
  }

  @Test func `answer for another confidence without the images`() throws {
    let data = try #require(ReferenceCase.all.first)
    var options = data.options
    let state = try DetectionState(data.rows, categories: Self.categories(data), options)
    options.confidence = 0.7
    options.confusion = .perClass
    var other = try DetectionState(data.rows, categories: Self.categories(data), options)
    var read = try saved(state, options: options)
    #expect(try read.finish(Request()) == other.finish(Request()))
  }

  @Test func `keep boxes and file names only for the tables that show them`() throws {
    let data = try #require(ReferenceCase.all.first)
    func size(_ only: Set<String>?) throws -> Int {
      var options = data.options
      options.only = only
      var writer = StateWriter()
      try DetectionState(data.rows, categories: Self.categories(data), options).save(to: &writer)
      return writer.bytes.count
    }
    let objects = data.rows.reduce(0) { $0 + $1.labels.count + $1.truth_labels.count }
    #expect(try size(["confusion_matrix", "matches"]) == size(["confusion_matrix"]) + 32 * objects)
    // A length and a text or none, and two numbers.
    let names = data.rows.reduce(0) {
      $0 + 24 + ($1.image_id % 3 == 0 ? 0 : "\($1.image_id).jpg".utf8.count)
    }
    #expect(try size(["map", "per_image"]) == size(["map"]) + names)
    #expect(try size(nil) == size(["per_image", "confusion_matrix"]))
  }

  @Test func `leave out what not every image has`() throws {
    let data = try #require(ReferenceCase.all.first)
    let options = Self.options(data)
    var state = try DetectionState(data.rows, categories: Self.categories(data), options)
    var bare = ImageBatch(.numbers([-7]))
    bare.truth = ImageBatch.Truth(oneOf: 0)
    bare.detections.ends = [0]
    let (one, none): ([Double], [Double]) = ([0, 0, 9, 9], [])
    try state.update(
      bare, boxes: BoxOverlaps(truths: one.span, flags: [[]], detections: none.span))
    let found = try state.finish(Request())
    let (images, matches) = (found.table("per_image"), found.table("matches"))
    #expect(images?.texts("file_name").allSatisfy { $0 == nil } == true)
    #expect(images?.numbers("width").allSatisfy { $0 == nil } == true)
    #expect(matches?.numbers("x").allSatisfy { $0 == nil } == true)
    #expect(matches?.numbers("x").isEmpty == false && images?.numbers("tp").contains(nil) == false)
  }

  @Test func `refuse columns of other lengths`() throws {
    let changes: [(inout ImageBatch) -> Void] = [
      { $0.truth.boxes = [1, 2, 3] }, { $0.detections.boxes = [1, 2, 3, 4] },
      { $0.details.fileNames = ["a", "b"] }, { $0.details.widths = [1, 2] },
      { $0.details.heights = [1, 2] },
    ]
    let (one, none): ([Double], [Double]) = ([0, 0, 9, 9], [])
    for change in changes {
      var batch = ImageBatch(.numbers([7]))
      batch.truth = ImageBatch.Truth(oneOf: 0)
      batch.detections.ends = [0]
      change(&batch)
      var state = try DetectionState(
        options: DetectionOptions(), classes: ClassTable(declaring: [.init(name: "a")]))
      let boxes = BoxOverlaps(truths: one.span, flags: [[]], detections: none.span)
      #expect(throws: KernelError.self) { try state.update(batch, boxes: boxes) }
    }
  }

  @Test func `refuse to be read with other rules`() throws {
    let data = try #require(ReferenceCase.all.first)
    let state = try DetectionState(data.rows, categories: Self.categories(data), data.options)
    let changes: [(inout DetectionOptions) -> Void] = [
      { $0.rules = .lvis }, { $0.overlapThresholds = [0.5] }, { $0.overlap = 0.6 },
      { $0.maxDetections = [100] }, { $0.areaRanges[1].high = 7 }, { $0.areaRanges[1].name = "x" },
    ]
    for change in changes {
      var options = data.options
      change(&options)
      #expect(throws: KernelError.self) { try saved(state, options: options) }
    }
    var stranger = DetectionOptions()
    stranger.overlap = 0.3
    var target = try DetectionState(options: stranger)
    #expect(throws: KernelError.self) { try target.merge(state) }
  }

  @Test func `are not read from damaged bytes`() throws {
    let data = try #require(ReferenceCase.all.first)
    var writer = StateWriter()
    try DetectionState(
      Array(data.rows.prefix(3)), categories: Self.categories(data), data.options
    ).save(to: &writer)
    for length in writer.bytes.indices {
      #expect(throws: KernelError.self) { try read(Array(writer.bytes[..<length]), data) }
    }
    // Other damage may go unnoticed; it must not trap.
    var generator = SplitMix(1)
    for _ in 0..<500 {
      var bytes = writer.bytes
      bytes[Int(generator.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: generator.next())
      guard var state = try? read(bytes, data) else { continue }
      _ = try? state.finish(Request())
    }
  }

  /// A replicate that draws the one image and not the other would have more hits than truths.
  @Test func `are not read with hits in an image that a truth of another one makes up for`() throws {
    let data = try #require(ReferenceCase.all.first)
    var state = try DetectionState(data.rows, categories: Self.categories(data), data.options)
    let areas = data.options.areaRanges.count
    let block = try #require(state.blocks.first)
    let hit = try #require(block.detections.classes.indices.first { block.detections.hits[$0 * areas] != 0 })
    let label = block.detections.classes[hit]
    let elsewhere = try #require(
      (0..<block.names.count).lazy.compactMap { image -> Int? in
        let truths = block.truths.ends.objects(of: image)
        guard !truths.contains(where: { block.truths.classes[$0] == label }) else { return nil }
        return block.detections.ends.objects(of: image).first { block.detections.classes[$0] == label }
      }.first)
    state.blocks[0].detections.hits[elsewhere * areas] = block.detections.hits[hit * areas]
    state.blocks[0].detections.hits[hit * areas] = 0
    #expect(throws: KernelError.self) { try saved(state) }
  }

  @Test func `refuse an image that comes twice`() throws {
    let data = try #require(ReferenceCase.all.first)
    var state = try DetectionState(data.rows, categories: Self.categories(data), data.options)
    try state.merge(
      DetectionState([data.rows[0]], categories: Self.categories(data), data.options))
    let error = #expect(throws: KernelError.self) { try state.finish(Request()) }
    #expect(error?.message == "The image \(data.rows[0].image_id) is there twice.")
  }

  private func saved(
    _ state: DetectionState, options: DetectionOptions? = nil
  ) throws -> DetectionState {
    var writer = StateWriter()
    state.save(to: &writer)
    var reader = StateReader(writer.bytes.span.bytes)
    let classes = state.classes.isDeclared ? try ClassTable(declaring: state.classes.entries) : ClassTable()
    let read = try DetectionState(
      options: options ?? state.options, classes: classes, from: &reader)
    let isAtEnd = reader.isAtEnd
    #expect(isAtEnd)
    return read
  }

  private func read(_ bytes: [UInt8], _ data: ReferenceCase) throws -> DetectionState {
    var reader = StateReader(bytes.span.bytes)
    return try DetectionState(
      options: data.options, classes: ClassTable(declaring: Self.categories(data)), from: &reader)
  }
}

extension ImageBatch.Truth {
  /// An image with an object of a class, and nothing known of it beyond.
  fileprivate init(oneOf label: Int32) {
    self.init()
    (ends, classes, areas, flags) = ([1], [label], [81], [[]])
  }
}
