import KernelSupport

extension ImageBatch {
  /// Checks what matching relies on.
  ///
  /// - Throws: ``KernelError`` `invalid` where the columns' lengths do not fit each other,
  ///   `badData` for a score that is NaN.
  func check(classCount: Int) throws(KernelError) {
    let (objects, found) = (truth.classes.count, detections.classes.count)
    try Self.check(truth.ends.areEnds(images: count, of: objects), "ends of truths")
    try Self.check(detections.ends.areEnds(images: count, of: found), "ends of detections")
    try Self.check(truth.areas.count == objects, "areas of truths")
    try Self.check(truth.flags.count == objects, "flags of truths")
    try Self.check(truth.ids.isEmpty || truth.ids.count == objects, "ids of truths")
    try Self.check(detections.areas.count == found, "areas of detections")
    try Self.check(detections.scores.count == found, "scores")
    try Self.check(truth.boxes.areBoxes(of: objects), "boxes of truths")
    try Self.check(detections.boxes.areBoxes(of: found), "boxes of detections")
    try Self.check(details.fit(images: count), "file names and sizes")
    try Self.check(rows.isEmpty || rows.count == count, "row numbers")
    try Self.check(truth.classes.allSatisfy { $0 < classCount }, "classes of truths")
    try Self.check(detections.classes.allSatisfy { $0 < classCount }, "classes of detections")
    for lists in [negatives, notExhaustive] where !lists.ends.isEmpty {
      try Self.check(lists.ends.areEnds(images: count, of: lists.classes.count), "class lists")
    }
    if let index = detections.scores.firstIndex(where: \.isNaN) { throw notANumber(index) }
  }

  private static func check(_ holds: Bool, _ what: String) throws(KernelError) {
    guard holds else {
      throw KernelError(.invalid, "The batch's \(what) do not fit its other columns.")
    }
  }

  private func notANumber(_ index: Int) -> KernelError {
    let image = detections.ends.firstIndex { index < $0 } ?? 0
    let position = index - detections.ends.objects(of: image).lowerBound
    return KernelError(
      .badData,
      "The score of detection \(position) (from 0) of image \(names.text(at: image)) is not a number.",
      row: image)
  }
}

extension Array<Double> {
  /// Whether there are four numbers for each of so many objects, or none at all.
  func areBoxes(of objects: Int) -> Bool { isEmpty || count == 4 * objects }

  /// The numbers of an object's box; nil where boxes are unknown.
  func box(of object: Int) -> ArraySlice<Double>? {
    isEmpty ? nil : self[4 * object..<4 * (object + 1)]
  }
}

extension Array<Int> {
  /// Whether the elements are ends of so many images' objects.
  func areEnds(images: Int, of objects: Int) -> Bool {
    guard count == images, (last ?? 0) == objects, (first ?? 0) >= 0 else { return false }
    return indices.dropFirst().allSatisfy { self[$0 - 1] <= self[$0] }
  }
}
