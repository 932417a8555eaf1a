import AssayArrow
import AssayPluginKit

/// A role that holds a list for each image, with the lists' lengths.
struct ObjectLists {
  let role: String
  private let column: Column
  /// The elements of all images, one after another.
  let elements: Column
  /// Where the elements of each image end.
  let ends: [Int]

  /// - Throws: ``PluginError`` `unsupported` where the column holds no lists, `badData`
  ///   for a list or an element that is null.
  init(_ column: Column, role: String) throws(PluginError) {
    self.role = role
    self.column = column
    guard let all = column.elements else {
      throw PluginError(.unsupported, "The role \(role) holds \(column.type.name); a list is needed.")
    }
    if let row = column.firstNull {
      throw PluginError(
        .badData, "The role \(role) holds a null; an image without objects has an empty list.", row: row)
    }
    let first = column.length > 0 ? column.elementRange(at: 0).lowerBound : 0
    var (ends, last) = ([Int](), first)
    ends.reserveCapacity(column.length)
    for row in 0..<column.length {
      let range = column.elementRange(at: row)
      last = range.upperBound
      ends.append(last - first)
    }
    self.ends = ends
    elements = all.slice(offset: first, count: last - first)
    if let position = elements.firstNull {
      let row = ends.firstIndex { position < $0 } ?? 0
      throw PluginError(.badData, "The role \(role) holds a null in a list.", row: row)
    }
  }

  /// The elements of an image.
  func range(of image: Int) -> Range<Int> { (image == 0 ? 0 : ends[image - 1])..<ends[image] }

  /// Checks that there are so many elements for each object.
  ///
  /// - Parameters:
  ///   - objects: The role that has an element for each object.
  ///   - size: How many elements of this role make an object.
  /// - Throws: ``PluginError`` `badData`, naming the image.
  func check(against objects: ObjectLists, size: Int = 1) throws(PluginError) {
    for image in ends.indices where range(of: image).count != size * objects.range(of: image).count {
      let (mine, theirs) = (range(of: image).count, objects.range(of: image).count)
      let needed = size == 1 ? "as many" : "\(size) for each"
      throw PluginError(
        .badData,
        "The role \(role) has \(mine) elements and \(objects.role) has \(theirs); \(needed) are needed.",
        row: image)
    }
  }

  /// The image of an element, and the element's position in its list.
  func place(of element: Int) -> (image: Int, position: Int) {
    let image = ends.firstIndex { element < $0 } ?? 0
    return (image, element - range(of: image).lowerBound)
  }
}
