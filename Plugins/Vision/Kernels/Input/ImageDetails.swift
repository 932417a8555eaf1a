/// What the ground truth says of images beyond their names, for the table `per_image`.
public struct ImageDetails: Sendable, Hashable {
  /// Where each image is; empty where no image's file is known.
  public var fileNames: [String?] = []
  /// In pixels, each with -1 where unknown; empty where no image's size is known.
  public var widths: [Int64] = []
  public var heights: [Int64] = []

  public init() {}

  /// Whether each part holds an entry for each of so many images, or none at all.
  func fit(images count: Int) -> Bool {
    [fileNames.count, widths.count, heights.count].allSatisfy { $0 == 0 || $0 == count }
  }

  mutating func append(_ other: ImageDetails) {
    fileNames += other.fileNames
    widths += other.widths
    heights += other.heights
  }

  /// The details of the images at some positions.
  func picking(_ images: [Int]) -> ImageDetails {
    var picked = ImageDetails()
    if !fileNames.isEmpty { picked.fileNames = images.map { fileNames[$0] } }
    if !widths.isEmpty { picked.widths = images.map { widths[$0] } }
    if !heights.isEmpty { picked.heights = images.map { heights[$0] } }
    return picked
  }
}
