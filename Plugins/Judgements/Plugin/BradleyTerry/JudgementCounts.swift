import AssayArrow
import AssayPluginKit

/// How often which model was preferred to which, whatever the order of judgements.
struct JudgementCounts: Sendable {
  var models = NameTable()
  /// Of the first over the second.
  var wins = PairCounts()
  var ties = PairCounts()

  init() {}

  /// Counts the judgements of a batch.
  ///
  /// - Throws: ``PluginError`` `badData` with the row for a winner that is neither of the two nor
  ///   `tie`, for a model that meets itself and for one whose name is `tie`.
  mutating func add(_ batch: Batch) throws(PluginError) {
    let winners = try batch.column("winner")
    let first = try models.add(try batch.column("a"), role: "a")
    let second = try models.add(try batch.column("b"), role: "b")
    let tie = "tie"
    if let name = models.find(tie) {
      throw PluginError(
        .badData, "A model is called tie, which is what winner says where nobody wins. Rename it.",
        row: first.indices.first { first[$0] == name || second[$0] == name })
    }
    let preferred = try models.find(winners, role: "winner")
    for row in first.indices {
      let (a, b, winner) = (first[row], second[row], preferred[row])
      guard a != b else {
        throw PluginError(.badData, "The model \(models.name(Int(a))) is compared with itself.", row: row)
      }
      switch winner {
      case a: wins.add(a, b)
      case b: wins.add(b, a)
      case NameTable.unknown where winners.string(at: row) == tie: ties.add(a, b)
      default:
        let name =
          winner == NameTable.unknown
          ? winners.string(at: row) ?? "of that row" : models.name(Int(winner))
        throw PluginError(
          .badData,
          "The winner \(name) is neither \(models.name(Int(a))) nor \(models.name(Int(b))), nor tie.",
          row: row)
      }
    }
  }

  mutating func merge(_ other: JudgementCounts) {
    let numbers = models.merge(other.models)
    wins.merge(other.wins, numbers)
    ties.merge(other.ties, numbers)
  }
}
