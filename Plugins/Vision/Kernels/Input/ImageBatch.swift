/// Some images with what is in them and what was found, as columns.
///
/// The objects of all images follow one another; of image *i* they stand from
/// `ends[i - 1]` (0 for the first) to `ends[i]`. Classes are positions in a
/// ``ClassTable``; a negative one leaves its object out of everything.
public struct ImageBatch: Sendable, Hashable {
  /// The objects that are there.
  public struct Truth: Sendable, Hashable {
    /// Where the objects of each image end.
    public var ends: [Int] = []
    public var classes: [Int32] = []
    /// The areas, in square pixels, that decide on the area range. The annotation's
    /// own, which of a box with a mask is the mask's.
    public var areas: [Double] = []
    public var flags: [TruthFlags] = []
    /// The annotations' identifiers, for the table `matches`; empty where unknown.
    public var ids: [Int64] = []
    /// Four numbers for each object, x, y, width, height, for the table `matches`; empty
    /// where unknown.
    public var boxes: [Double] = []

    public init() {}
  }

  /// The objects that were found.
  public struct Detections: Sendable, Hashable {
    /// Where the objects of each image end.
    public var ends: [Int] = []
    public var classes: [Int32] = []
    /// The areas, in square pixels, that decide on the area range.
    public var areas: [Double] = []
    /// The confidences: finite or infinite, never NaN.
    public var scores: [Double] = []
    /// Four numbers for each object, x, y, width, height, for the table `matches`; empty
    /// where unknown.
    public var boxes: [Double] = []

    public init() {}
  }

  /// The classes that LVIS knows of an image beyond those of its objects.
  public struct ClassLists: Sendable, Hashable {
    /// Where the list of each image ends.
    public var ends: [Int] = []
    public var classes: [Int32] = []

    public init() {}
  }

  /// What the images are called; in the order of the rows.
  public var names: ImageNames
  /// The global row numbers, for replicates; empty where none are wanted.
  public var rows: [UInt64] = []
  public var details = ImageDetails()
  public var truth = Truth()
  public var detections = Detections()
  /// Of LVIS: the classes that are known not to be in an image.
  public var negatives = ClassLists()
  /// Of LVIS: the classes of which an image holds more objects than are annotated.
  public var notExhaustive = ClassLists()

  public init(_ names: ImageNames) { self.names = names }

  /// How many images there are.
  public var count: Int { names.count }
}

/// What is special about an annotated object.
public struct TruthFlags: OptionSet, Sendable, Hashable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// A region of many objects: it can be met any number of times, and overlaps count
  /// over the detection's area alone. It is ignored as well.
  public static let crowd = TruthFlags(rawValue: 1)
  /// An object that need not be found: meeting it is neither right nor wrong.
  public static let ignored = TruthFlags(rawValue: 2)
}

extension Array<Int> {
  /// The objects of an image, in an array of ends.
  func objects(of image: Int) -> Range<Int> {
    (image == 0 ? 0 : self[image - 1])..<self[image]
  }
}
