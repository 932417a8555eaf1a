import AssayCore
import AssayJSON

extension ResolvedPart {
  /// Makes a request one about the splits that the sources name: the rows of one where one
  /// is named, else all rows with each split of a data set as a slice.
  ///
  /// - Throws: `registry.invalid` where two different splits are named.
  func select(in request: inout RunRequest) throws(AssayError) {
    for (side, source) in [(Side.sample, Optional(sample)), (.groundTruth, groundTruth)] {
      guard let source else { continue }
      if let split = source.split {
        // A folder gives the rows of that split and no others.
        guard source.folder == nil else { continue }
        try Self.agree(on: source.splitWord ?? split, of: source, with: request.split)
        request.split = source.splitWord ?? split
        request.splitSide = side
      } else if !source.splits.isEmpty, request.split == nil, source.kind == "dataset", !request.isOfPairs,
        !request.slices.contains(where: { $0.map(withoutSide) == [RunColumns.splitColumn] })
      {
        request.slices.append(["\(side.rawValue).\(RunColumns.splitColumn)"])
      }
    }
  }

  private static func agree(
    on split: String, of source: ResolvedSource, with other: String?
  ) throws(AssayError) {
    guard let other, other != split else { return }
    throw AssayError(
      .invalidField,
      "The run is to be about the split \"\(other)\", and \(source.name) names another one. Name one split.",
      details: ["field": "split"])
  }
}
