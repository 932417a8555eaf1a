import AssayPluginKit

/// Which categories there are, and in what order.
struct CategoryOrder: Sendable, Hashable {
  /// As the parameter `categories` names them; nil for those that occur.
  let named: [String]?

  init(_ parameters: Parameters) throws(PluginError) {
    guard let value = parameters["categories"] else {
      named = nil
      return
    }
    guard case .list(let items) = value else { throw Self.refused }
    var names: [String] = []
    for item in items {
      switch item {
      case .text(let text): names.append(text)
      case .integer(let number): names.append(String(number))
      case .number(let number): names.append(NameTable.text(number))
      default: throw Self.refused
      }
    }
    guard Set(names).count == names.count else {
      throw PluginError(.invalidArgument, "The parameter categories holds a category twice.")
    }
    named = names
  }

  private static var refused: PluginError {
    PluginError(.invalidArgument, "The parameter categories must be a list of texts and numbers.")
  }

  /// - Throws: ``PluginError`` `badData` with the row of a name from the number `known` on that is
  ///   none of the categories.
  func check(
    _ names: NameTable, from known: Int, _ numbers: [UInt32], role: String
  ) throws(PluginError) {
    guard let named else { return }
    for number in known..<max(known, names.count) where !named.contains(names.name(number)) {
      throw PluginError(
        .badData,
        "The value \(names.name(number)) of \(role) is none of the categories: "
          + named.prefix(20).joined(separator: ", ") + ".",
        row: numbers.firstIndex(of: UInt32(number)))
    }
  }

  /// The categories: those that were named, or else those that occur, numbers in their order and
  /// before texts.
  func ranked(_ names: NameTable) -> RankedCategories {
    let occurring = names.names
    if let named {
      // Texts that are written with other code points may be equal.
      let places = Dictionary(named.enumerated().map { ($1, $0) }) { first, _ in first }
      return RankedCategories(
        names: named, isOrdered: true, ranks: occurring.map { places[$0] ?? 0 })
    }
    let numbers = occurring.map { Double($0).flatMap { $0.isFinite ? $0 : nil } }
    let order = occurring.indices.sorted { a, b in
      switch (numbers[a], numbers[b]) {
      case (let first?, let second?) where first != second: first < second
      case (_?, nil): true
      case (nil, _?): false
      default: occurring[a].utf8.lexicographicallyPrecedes(occurring[b].utf8)
      }
    }
    var ranks = order
    for (rank, number) in order.enumerated() { ranks[number] = rank }
    return RankedCategories(
      names: order.map { occurring[$0] }, isOrdered: numbers.allSatisfy { $0 != nil }, ranks: ranks)
  }
}

/// Categories in their order.
struct RankedCategories: Sendable {
  let names: [String]
  /// Whether the order means something.
  let isOrdered: Bool
  /// The place of each name of the table.
  let ranks: [Int]

  var count: Int { names.count }

  /// The most for which a table of all pairs is made.
  static let most = 1000

  /// Whether a table of so many rows, a column a category, is of a size to keep.
  func fitsTable(rows: Int) -> Bool { count <= Self.most && rows * count <= 20_000_000 }
}
