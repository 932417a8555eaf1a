import AssayCore
import AssayData

/// How the items of the sides met.
struct ItemReport {
  private(set) var sides: [ComparedSide] = []
  let items: ComparedItems
  /// Items that all sides have and that are of another split.
  private let unselected: Int
  private let disagreements: [Int]
  private let firstDisagreement: String?
  private let counts: [[Side: Int]]

  /// - Precondition: The last batch was read.
  init(_ plans: [SidePlan], _ rows: [RunRows], _ join: ItemJoin, _ compared: ComparableItems) {
    var counts: [[Side: Int]] = []
    for (index, plan) in plans.enumerated() {
      let report = rows[index].report
      let items = report.map { $0.rows + $0.missing } ?? rows[index].count(of: .sample)
      let unmatched = items - compared.met
      let keys = join.firstUnmatched(ofSide: index) + (report?.firstMissingFromSample ?? [])
      sides.append(
        ComparedSide(
          name: plan.name, sources: [], items: items, unmatched: max(0, unmatched),
          firstUnmatched: Array(keys.prefix(JoinReport.listed))))
      counts.append([.sample: rows[index].count(of: .sample), .groundTruth: rows[index].count(of: .groundTruth)])
    }
    self.counts = counts
    let most = sides.map(\.items).max() ?? 0
    items = ComparedItems(
      compared: compared.compared,
      coverage: most > 0 ? Double(compared.met) / Double(most) : nil,
      skipped: compared.skipped,
      clusters: compared.clusters.isEmpty ? nil : Set(compared.clusters).count)
    unselected = compared.unselected
    disagreements = compared.disagreements
    firstDisagreement = compared.firstDisagreement
  }

  /// The report of one sample, or of samples that have nothing to do with each other.
  init(_ reports: [ItemReport], isPaired: Bool) {
    sides = reports.flatMap(\.sides)
    counts = reports.flatMap(\.counts)
    unselected = reports.reduce(0) { $0 + $1.unselected }
    disagreements = reports.flatMap(\.disagreements)
    firstDisagreement = reports.compactMap(\.firstDisagreement).first
    let clusters = reports.compactMap(\.items.clusters)
    items = ComparedItems(
      compared: reports.reduce(0) { $0 + $1.items.compared },
      coverage: isPaired ? reports.first?.items.coverage : nil,
      skipped: reports.reduce(0) { $0 + $1.items.skipped },
      clusters: clusters.isEmpty ? nil : clusters.reduce(0, +), isPaired: isPaired)
  }

  func rows(_ index: Int, _ side: Side) -> Int { counts[index][side] ?? 0 }

  /// Refuses sides that cannot be compared.
  ///
  /// - Throws: `data.no-rows`, `compare.different-items`, `compare.different-targets`.
  func check(_ request: ComparisonRequest) throws(AssayError) {
    if let empty = sides.first(where: { $0.items == 0 }) {
      throw AssayError(.noRows, "Side \(empty.name) has no rows.", details: ["side": empty.name])
    }
    if let split = request.shared.split, unselected > 0, items.compared + items.skipped == 0 {
      throw AssayError(
        .noRows, "No item has \"\(split)\" in the column \"split\".", details: ["split": split])
    }
    guard items.isPaired else { return }
    let least = request.shared.gate.minimumCoverage
    guard items.compared > 0, items.coverage ?? 0 >= least else {
      let shares = sides.filter { $0.unmatched > 0 }.map(sentence)
      throw AssayError(
        .comparisonItems,
        "The sides have different items: \(shares.joined(separator: "; ")). "
          + (items.compared == 0
            ? "They share none that can be compared."
            : "Compare the \(items.compared) that all have with --min-coverage \(floored(items.coverage ?? 0)).")
          + " Sides that are meant to have other items, such as another data set, are compared with --unpaired.",
        details: ["compared": String(items.compared)])
    }
    guard !request.allowsDifferent, let side = disagreements.firstIndex(where: { $0 > 0 }) else { return }
    throw AssayError(
      .comparisonTargets,
      "Sides \(sides[0].name) and \(sides[side].name) expect different things of \(disagreements[side]) "
        + "of \(items.compared) items: \(firstDisagreement ?? ""). Are both of the same data? Insist with "
        + "--allow-different.", details: ["side": sides[side].name, "items": String(disagreements[side])])
  }

  var warnings: [String] {
    var warnings = !items.isPaired ? [] : sides.filter { $0.unmatched > 0 }.map { "\(sentence($0)), which count on no side." }
    if items.skipped > 0 {
      warnings.append("\(items.skipped) items lack a value on some side and count on none.")
    }
    for (side, count) in disagreements.enumerated() where count > 0 {
      warnings.append(
        "Sides \(sides[0].name) and \(sides[side].name) expect different things of \(count) items: "
          + "\(firstDisagreement ?? "").")
    }
    return warnings
  }

  private func sentence(_ side: ComparedSide) -> String {
    let keys = side.firstUnmatched.joined(separator: ", ")
    let more = side.unmatched > side.firstUnmatched.count ? ", …" : ""
    return "\(side.unmatched) of the \(side.items) items of side \(side.name) are not on every side"
      + (keys.isEmpty ? "" : " (\(keys)\(more))")
  }

  /// A share that is not over the given one, with few digits.
  private func floored(_ share: Double) -> String { shortText((share * 100).rounded(.down) / 100) }
}
