import AssayPluginKit
import KernelSupport

/// A rating by the numbers of its names.
struct UnitRating: Sendable, BitwiseCopyable {
  let unit: UInt32
  let rater: UInt32
  let value: UInt32
}

/// All ratings so far. They are kept one by one, as those of a unit may come in any chunk.
struct UnitRatings: Sendable {
  var units = NameTable()
  var raters = NameTable()
  var values = NameTable()
  var rows: [UnitRating] = []

  init() {}

  mutating func merge(_ other: UnitRatings) {
    let (unit, rater) = (units.merge(other.units), raters.merge(other.raters))
    let value = values.merge(other.values)
    rows.reserveCapacity(rows.count + other.rows.count)
    for row in other.rows {
      rows.append(
        UnitRating(unit: unit[Int(row.unit)], rater: rater[Int(row.rater)], value: value[Int(row.value)]))
    }
  }

  /// How many units were rated alike, in an order that does not depend on that of the rows.
  ///
  /// - Throws: ``PluginError`` `badData` where a rater rated a unit twice.
  /// - Complexity: O(*n* + *p* log *p*) in the ratings and the patterns.
  func patterns(_ order: CategoryOrder) throws(PluginError) -> RatingPatterns {
    let categories = order.ranked(values)
    var counts: [[Int32]: Int] = [:]
    var ends = [Int](repeating: 0, count: units.count)
    for row in rows { ends[Int(row.unit)] += 1 }
    for unit in ends.indices.dropFirst() { ends[unit] += ends[unit - 1] }
    var places = [0] + ends.dropLast()
    var sorted = [Int32](repeating: 0, count: rows.count)
    var by = [UInt32](repeating: 0, count: rows.count)
    for row in rows {
      let place = places[Int(row.unit)]
      sorted[place] = Int32(truncatingIfNeeded: categories.ranks[Int(row.value)])
      by[place] = row.rater
      places[Int(row.unit)] += 1
    }
    var start = 0
    for unit in ends.indices {
      let range = start..<ends[unit]
      start = ends[unit]
      try checkOnce(unit, by[range])
      counts[sorted[range].sorted(), default: 0] += 1
    }
    let ordered = counts.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    return RatingPatterns(
      categories: categories,
      patterns: ordered.map { (ratings: $0.key.map(Int.init), times: $0.value) })
  }

  private func checkOnce(_ unit: Int, _ by: ArraySlice<UInt32>) throws(PluginError) {
    guard by.count > 1 else { return }
    let sorted = by.sorted()
    for index in sorted.indices.dropFirst() where sorted[index] == sorted[index - 1] {
      throw PluginError(
        .badData,
        "The rater \(raters.name(Int(sorted[index]))) rated the unit \(units.name(unit)) more than once.")
    }
  }
}

/// The distinct ways in which units were rated.
struct RatingPatterns: Sendable {
  let categories: RankedCategories
  /// The ratings by their categories' places, ascending, and how many units have them.
  let patterns: [(ratings: [Int], times: Int)]
}

extension UnitRatings {
  func save(to writer: inout StateWriter) {
    for table in [units, raters, values] { table.save(to: &writer) }
    writer.write(numbers: rows.map(\.unit))
    writer.write(numbers: rows.map(\.rater))
    writer.write(numbers: rows.map(\.value))
  }

  /// - Throws: ``KernelError`` for bytes that are no ratings.
  @_lifetime(reader: copy reader)
  init(from reader: inout StateReader) throws(KernelError) {
    units = try NameTable(from: &reader)
    raters = try NameTable(from: &reader)
    values = try NameTable(from: &reader)
    let (unit, rater) = (try reader.numbers(of: UInt32.self), try reader.numbers(of: UInt32.self))
    let value = try reader.numbers(of: UInt32.self)
    guard unit.count == rater.count, unit.count == value.count,
      unit.allSatisfy({ $0 < units.count }), rater.allSatisfy({ $0 < raters.count }),
      value.allSatisfy({ $0 < values.count })
    else { throw StateReader.broken }
    rows = unit.indices.map { UnitRating(unit: unit[$0], rater: rater[$0], value: value[$0]) }
  }
}
