import AssayCore

/// The worst images of an evaluator, with the files that were found for them.
struct ImageGallery {
  /// So many images are shown.
  static let limit = 12
  /// So many bytes of image files go into a page; base64 makes a third more of them.
  static let byteLimit = 24 << 20
  /// So many files are looked for: a folder of other images should not be searched
  /// for each of a hundred thousand names.
  private static let mostTries = 120

  typealias Shot = (image: ImageReport.Image, picture: Picture)

  private(set) var shots: [Shot] = []
  /// What is not shown, and why.
  private(set) var notes: [String] = []
  private var absent: [ImageFolder.Absence: [String]] = [:]

  /// - Parameter budget: How many bytes may still be read; lowered by what is.
  init(_ report: ImageReport, from folder: ImageFolder, budget: inout Int) {
    for image in report.worst.prefix(Self.mostTries) where shots.count < Self.limit {
      switch folder.picture(of: image, limit: budget) {
      case .success(let picture):
        shots.append((image, picture))
        budget -= picture.bytes.count
      case .failure(let absence): absent[absence, default: []].append(image.name)
      }
    }
    describe(.missing, "not in \"\(folder.path)\"")
    describe(.unknownFormat, "neither PNG nor JPEG")
    describe(.unreadable, "not readable")
    describe(.tooLarge, "more than the \(Self.byteLimit >> 20) MB of images that a page holds")
  }

  private mutating func describe(_ absence: ImageFolder.Absence, _ reason: String) {
    guard let names = absent[absence], !names.isEmpty else { return }
    let shown = names.prefix(4).joined(separator: ", ") + (names.count > 4 ? ", …" : "")
    notes.append("\(names.count.counted("image")) left out, \(reason): \(shown)")
  }
}
