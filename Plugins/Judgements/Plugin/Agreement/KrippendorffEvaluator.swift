import AssayPluginKit
import AssayStatistics
import KernelReporting
import KernelSupport

/// `agreement.krippendorff`: how far any number of raters agree on units.
struct KrippendorffEvaluator: StatefulEvaluator {
  private let scale: RatingScale
  private var ratings = UnitRatings()

  init(parameters: Parameters) throws(PluginError) { scale = try RatingScale(parameters) }

  mutating func update(_ batch: Batch) throws(PluginError) {
    let known = ratings.values.count
    let units = try ratings.units.add(try batch.column("unit"), role: "unit")
    let raters = try ratings.raters.add(try batch.column("rater"), role: "rater")
    let values = try ratings.values.add(try batch.column("rating"), role: "rating")
    try scale.check(ratings.values, from: known, values)
    ratings.rows.reserveCapacity(ratings.rows.count + units.count)
    for row in units.indices {
      ratings.rows.append(UnitRating(unit: units[row], rater: raters[row], value: values[row]))
    }
  }

  mutating func merge(_ other: consuming KrippendorffEvaluator) { ratings.merge(other.ratings) }

  mutating func finish(_ sink: Sink) throws(PluginError) {
    try ManyRaters(try ratings.patterns(scale.order), scale, raters: ratings.raters.count)
      .report(to: sink)
  }
}

extension KrippendorffEvaluator: SavableEvaluator {
  func saved() -> [UInt8] {
    var writer = StateWriter()
    writer.write(1)
    ratings.save(to: &writer)
    return writer.bytes
  }

  init(parameters: Parameters, saved: RawSpan) throws(PluginError) {
    scale = try RatingScale(parameters)
    do throws(KernelError) {
      var bytes = StateReader(saved)
      guard try bytes.number() == 1 else { throw StateReader.broken }
      ratings = try UnitRatings(from: &bytes)
      guard bytes.isAtEnd else { throw StateReader.broken }
    } catch {
      throw PluginError(error)
    }
    try scale.check(ratings.values, from: 0, [])
  }
}

/// What ratings are.
struct RatingScale: Sendable, Hashable {
  let level: MeasurementLevel
  let order: CategoryOrder

  init(_ parameters: Parameters) throws(PluginError) {
    guard let level = MeasurementLevel(rawValue: try parameters.text("level") ?? "nominal") else {
      throw PluginError(
        .invalidArgument, "The parameter level must be nominal, ordinal, interval or ratio.")
    }
    self.level = level
    order = try CategoryOrder(parameters)
  }

  /// - Throws: ``PluginError`` `badData` with the row of a rating that the scale has no place for,
  ///   among those from the number `known` on.
  func check(_ values: NameTable, from known: Int, _ numbers: [UInt32]) throws(PluginError) {
    try order.check(values, from: known, numbers, role: "rating")
    guard level != .nominal, level != .ordinal || order.named == nil else { return }
    for number in known..<max(known, values.count) {
      guard let reason = reason(against: values.name(number)) else { continue }
      throw PluginError(
        .badData, "The rating \(values.name(number)) \(reason)",
        row: numbers.firstIndex(of: UInt32(number)))
    }
  }

  private func reason(against name: String) -> String? {
    guard let value = Double(name), value.isFinite else {
      return level == .ordinal
        ? "is no number: name the categories in their order with --param categories."
        : "is no number, which level=\(level.rawValue) needs."
    }
    return level == .ratio && value < 0 ? "is under 0, which level=ratio has no place for." : nil
  }
}
