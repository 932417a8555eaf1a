/// What images are called, in the order of a batch's rows.
///
/// The ascending order of the names breaks ties between scores, as in pycocotools, so
/// that a result does not depend on the order in which images came.
public enum ImageNames: Sendable, Hashable {
  /// Identifiers such as COCO's.
  case numbers([Int64])
  /// Identifiers such as file stems; ascending by their UTF-8 bytes.
  case texts([String])

  /// How many images there are.
  public var count: Int {
    switch self {
    case .numbers(let names): names.count
    case .texts(let names): names.count
    }
  }

  /// The name of an image as text.
  public func text(at image: Int) -> String {
    switch self {
    case .numbers(let names): String(names[image])
    case .texts(let names): names[image]
    }
  }

  /// The positions of the images in ascending order of their names; nil where they
  /// stand in that order already.
  var ascendingOrder: [Int]? {
    switch self {
    case .numbers(let names): Self.order(of: names) { $0 < $1 }
    case .texts(let names): Self.order(of: names) { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
  }

  private static func order<Name>(
    of names: [Name], by precedes: (Name, Name) -> Bool
  ) -> [Int]? {
    if names.indices.dropFirst().allSatisfy({ !precedes(names[$0], names[$0 - 1]) }) { return nil }
    return names.indices.sorted {
      precedes(names[$0], names[$1]) || (!precedes(names[$1], names[$0]) && $0 < $1)
    }
  }

  /// Adds the names of other images; numbers and texts together become texts.
  mutating func append(_ other: ImageNames) {
    switch (self, other) {
    case (.numbers(var mine), .numbers(let theirs)):
      self = .numbers([])
      mine += theirs
      self = .numbers(mine)
    case (.texts(var mine), .texts(let theirs)):
      self = .texts([])
      mine += theirs
      self = .texts(mine)
    default:
      self = .texts((0..<count).map(text) + (0..<other.count).map(other.text))
    }
  }

  /// The names at some positions.
  func picking(_ positions: [Int]) -> ImageNames {
    switch self {
    case .numbers(let names): .numbers(positions.map { names[$0] })
    case .texts(let names): .texts(positions.map { names[$0] })
    }
  }
}
