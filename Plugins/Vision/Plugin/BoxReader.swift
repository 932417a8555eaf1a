import AssayArrow
import AssayPluginKit
import VisionKernels

/// Reads boxes: four numbers for each object, x, y, width, height.
struct BoxReader {
  let lists: ObjectLists

  /// - Throws: ``PluginError`` `badData`, naming image and object, for a number of numbers
  ///   that is not four for each object, a number that is not finite and a negative size.
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
  }

  /// Four numbers for each box of the batch.
  func numbers() throws(PluginError) -> [Double] { try lists.elements.array(of: Double.self) }

  /// Width times height of each box.
  func areas() throws(PluginError) -> [Double] {
    let numbers = try lists.elements.numbers(Double.self)
    return (0..<numbers.count / 4).map { numbers[4 * $0 + 2] * numbers[4 * $0 + 3] }
  }
}
