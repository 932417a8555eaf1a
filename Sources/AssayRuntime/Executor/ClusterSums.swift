/// What is known of the scores of each cluster: enough for clustered standard errors.
///
/// Memory: about 60 bytes a cluster.
struct ClusterSums: Sendable {
  private struct Group: Sendable {
    var sum = CompensatedSum()
    var count = 0
    var passed = 0
  }

  private var groups: [UInt64: Group] = [:]

  init() {}

  /// - Parameter passed: Whether the row passed its bar.
  mutating func add(_ score: Double, passed: Bool, cluster: UInt64) {
    groups[cluster, default: Group()].sum.add(score)
    groups[cluster, default: Group()].count += 1
    if passed { groups[cluster, default: Group()].passed += 1 }
  }

  /// Adds later rows.
  mutating func merge(_ other: ClusterSums) {
    for (cluster, group) in other.groups {
      guard groups[cluster] != nil else {
        groups[cluster] = group
        continue
      }
      groups[cluster]?.sum.add(group.sum)
      groups[cluster]?.count += group.count
      groups[cluster]?.passed += group.passed
    }
  }

  /// For each cluster the sum of its scores' differences to the mean; in an order that
  /// depends on nothing but the clusters.
  func deviations(from mean: Double) -> [Double] {
    groups.sorted { $0.key < $1.key }.map { $0.value.sum.value - Double($0.value.count) * mean }
  }

  /// The same of the rows' passing, which is 1 or 0.
  func deviations(fromPassRate rate: Double) -> [Double] {
    groups.sorted { $0.key < $1.key }.map { Double($0.value.passed) - Double($0.value.count) * rate }
  }
}
