import AssayArrow
import AssayPluginKit
import AssayStatistics
import KernelReporting
import KernelSupport

/// What any number of raters said of units.
struct ManyRaters {
  private let categories: RankedCategories
  private let patterns: [(ratings: [Int], times: Int)]
  private let scale: RatingScale
  private let raters: Int

  init(_ patterns: RatingPatterns, _ scale: RatingScale, raters: Int) {
    categories = patterns.categories
    self.patterns = patterns.patterns
    self.scale = scale
    self.raters = raters
  }

  func report(to sink: Sink) throws(PluginError) {
    try reportAlpha(to: sink)
    try reportFixed(to: sink)
    let pairable = patterns.filter { $0.ratings.count >= 2 }
    try sink.metric("units", Double(pairable.reduce(0) { $0 + $1.times }))
    try sink.metric("raters", Double(raters))
    try sink.metric("ratings", Double(pairable.reduce(0) { $0 + $1.times * $1.ratings.count }))
    if sink.wants("coincidences"), categories.count <= RankedCategories.most {
      try sink.table("coincidences", RecordBatch(coincidences()))
    }
  }

  /// Ratios have no sum that spares their pairs.
  private static let mostRatios = 10_000

  private func reportAlpha(to sink: Sink) throws(PluginError) {
    let names = ["alpha", "observed_disagreement", "expected_disagreement"]
    guard scale.level != .ratio || categories.count <= Self.mostRatios else {
      for name in names {
        try sink.undefined(
          name,
          "There are \(categories.count) different ratings; level=ratio compares at most "
            + "\(Self.mostRatios) with each other.")
      }
      return
    }
    let values = categories.names.indices.map { place in
      switch scale.level {
      case .nominal, .ordinal: Double(place)
      case .interval, .ratio: Double(categories.names[place]) ?? .nan
      }
    }
    // The lists of equal units share their storage.
    let units = patterns.flatMap { pattern in
      repeatElement(pattern.ratings.map { values[$0] }, count: pattern.times)
    }
    let alpha: KrippendorffAlpha
    do throws(Undefined) {
      alpha = try KrippendorffAlpha(units: units, level: scale.level)
    } catch {
      for name in names { try sink.undefined(name, "\(error).") }
      return
    }
    var detail = MetricDetail()
    detail.support = alpha.pairableRatings
    try sink.metric(names[0], alpha.value, detail)
    try sink.metric(names[1], alpha.observedDisagreement)
    try sink.metric(names[2], alpha.expectedDisagreement)
  }

  /// Fleiss' kappa and AC1, of as many ratings a unit.
  private func reportFixed(to sink: Sink) throws(PluginError) {
    let names = ["fleiss_kappa", "gwet_ac1"]
    let sizes = Set(patterns.map(\.ratings.count))
    guard sizes.count <= 1 else {
      for name in names {
        try sink.undefined(
          name, "The units have from \(sizes.min() ?? 0) to \(sizes.max() ?? 0) ratings, not as many each.")
      }
      return
    }
    let reporter = AgreementReporter(sink: sink)
    guard categories.fitsTable(rows: patterns.count) else {
      for name in names { try reporter.tooMany(name, categories.count) }
      return
    }
    let counts = patterns.map { pattern in
      var row = [Int](repeating: 0, count: categories.count)
      for rating in pattern.ratings { row[rating] += 1 }
      return row
    }
    let times = patterns.map(\.times)
    try reporter.report(names[0], method: "gwet") { level throws(Undefined) in
      try RatingCounts(counts, times: times).fleissKappa(level: level)
    }
    try reporter.report(names[1], method: "gwet") { level throws(Undefined) in
      try RatingCounts(counts, times: times).gwetAC(level: level)
    }
  }

  /// Krippendorff's matrix of coincidences, without its zeros.
  private func coincidences() -> FoundTable {
    var counts: [Int: Double] = [:]
    for (ratings, times) in patterns where ratings.count >= 2 {
      let weight = Double(times) / Double(ratings.count - 1)
      let runs = Self.runs(ratings)
      for (first, many) in runs {
        for (second, others) in runs {
          let pairs = first == second ? many * (many - 1) : many * others
          if pairs > 0 { counts[first << 32 | second, default: 0] += weight * Double(pairs) }
        }
      }
    }
    let cells = counts.sorted { $0.key < $1.key }
    return FoundTable("coincidences", [
      "rating": .texts(cells.map { categories.names[$0.key >> 32] }),
      "other": .texts(cells.map { categories.names[$0.key & 0xFFFF_FFFF] }),
      "count": .numbers(cells.map(\.value)),
    ])
  }

  /// Equal ratings, which lie side by side, and how many.
  private static func runs(_ ratings: [Int]) -> [(rating: Int, count: Int)] {
    var runs: [(rating: Int, count: Int)] = []
    for rating in ratings {
      if let last = runs.last, last.rating == rating {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((rating, 1))
      }
    }
    return runs
  }
}
