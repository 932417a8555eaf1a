import AssayCore
import AssayJSON
import AssayStore

/// Deals rows to splits by what they are, so that a row keeps its split when rows are added
/// or reordered: by the SHA-256 of the seed and its id, or of its text without one.
struct RowDealer {
  private let seed: UInt64
  /// Each split with the upper end of its share.
  private let ends: [(split: Split, end: Double)]

  init(_ rule: SplitRule) {
    seed = rule.seed
    var end = 0.0
    ends = rule.shares.map { share in
      end += share.share
      return (share.split, end)
    }
  }

  func split(of row: JSONObject) -> Split {
    var identity = row["id"] ?? .null
    if identity.isNull { identity = .object(row) }
    let digest = sha256("\(seed) \(identity.canonical.text())".utf8)
    // 13 hexadecimal digits are 52 bits, which a double holds exactly.
    let place = Double(UInt64(digest.prefix(13), radix: 16) ?? 0) / Double(1 << 52)
    return ends.first { place < $0.end }?.split ?? ends[ends.count - 1].split
  }
}
