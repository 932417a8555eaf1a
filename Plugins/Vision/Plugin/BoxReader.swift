import AssayArrow
import AssayPluginKit
import VisionKernels

/// Reads boxes: four numbers for each object, x, y, width, height.
struct BoxReader {
  let lists: ObjectLists

  /// So large an area can be added to another one.
  private static let largestArea = 1e300

  /// - Throws: ``PluginError`` `badData`, naming image and object, for a number of numbers
  ///   that is not four for each object, a number that is not finite, a negative size, and
  ///   corners or an area that numbers do not reach.
  init(_ batch: Batch, role: String, objects: String, _ names: ImageNames) throws(PluginError) {
    lists = try ObjectLists(batch.column(role), role: role)
    try lists.check(against: ObjectLists(batch.column(objects), role: objects), size: 4)
    let numbers = try lists.elements.numbers(Double.self)
    for index in numbers.indices {
      let isSize = index & 3 > 1
      if numbers[index].isFinite && !(isSize && numbers[index] < 0) { continue }
      let place = lists.place(of: index)
      let what = ["x", "y", "width", "height"][index & 3]
      throw PluginError(
        .badData,
        "The \(what) of box \(place.position / 4) (from 0) of \(role) of image "
          + "\(names.text(at: place.image)) is \(numbers[index]).", row: place.image)
    }
    for box in 0..<numbers.count / 4 {
      let (width, height) = (numbers[4 * box + 2], numbers[4 * box + 3])
      let corners = (numbers[4 * box] + width, numbers[4 * box + 1] + height)
      if corners.0.isFinite, corners.1.isFinite, width * height <= Self.largestArea { continue }
      let place = lists.place(of: 4 * box)
      throw PluginError(
        .badData,
        "Box \(place.position / 4) (from 0) of \(role) of image \(names.text(at: place.image)) is too large "
          + "to have an area: \(width) by \(height).", row: place.image)
    }
  }

  /// Four numbers for each box of the batch.
  func numbers() throws(PluginError) -> [Double] { try lists.elements.array(of: Double.self) }

  /// Width times height of each box.
  func areas() throws(PluginError) -> [Double] {
    let numbers = try lists.elements.numbers(Double.self)
    return (0..<numbers.count / 4).map { numbers[4 * $0 + 2] * numbers[4 * $0 + 3] }
  }
}
