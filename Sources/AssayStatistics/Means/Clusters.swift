/// Which rows belong together: the samples of one prompt, the boxes of one image.
public struct Clusters: Sendable, Hashable {
  /// The cluster of each row, from 0 by first appearance.
  public let ids: [Int]
  /// How many clusters there are.
  public let count: Int

  /// - Complexity: O(*n*), expected.
  public init(_ labels: some Sequence<some Hashable>) {
    self.init(hashing: labels)
  }

  private init<Label: Hashable>(hashing labels: some Sequence<Label>) {
    var known: [Label: Int] = [:]
    ids = labels.map { label in
      if let id = known[label] { return id }
      known[label] = known.count
      return known.count - 1
    }
    count = known.count
  }

  /// Each row a cluster of its own.
  public init(rows: Int) {
    count = max(0, rows)
    ids = Array(0..<count)
  }
}
