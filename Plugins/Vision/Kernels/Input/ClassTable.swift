public import KernelSupport

/// The classes of a state, by position.
///
/// Declared ones are those of a data set's categories. Without a declaration they are
/// added as labels occur, so that positions differ between states until ``merge(_:)``.
public struct ClassTable: Sendable, Hashable {
  /// A class as a data set describes it.
  public struct Entry: Sendable, Hashable {
    /// The number of the category; nil where labels are texts.
    public var id: Int64?
    public var name: String
    /// Of LVIS: `r`, `c` or `f`, by the number of images that show it.
    public var frequency: String?

    public init(id: Int64? = nil, name: String, frequency: String? = nil) {
      self.id = id
      self.name = name
      self.frequency = frequency
    }
  }

  public private(set) var entries: [Entry] = []
  /// Whether the classes were declared, so that others are unknown.
  public let isDeclared: Bool
  private var positionsByID: [Int64: Int32] = [:]
  /// The positions of small numbers, -1 for none: what a lookup for each object can bear.
  private var positionsBySmallID: [Int32] = []
  private var positionsByName: [String: Int32] = [:]

  /// A table of declared classes.
  ///
  /// - Throws: ``KernelError`` `invalid` where an id or, without ids, a name occurs
  ///   twice.
  public init(declaring entries: [Entry]) throws(KernelError) {
    isDeclared = true
    for entry in entries {
      let isNew = entry.id.map { positionsByID[$0] == nil } ?? (positionsByName[entry.name] == nil)
      guard isNew else {
        let label = entry.id.map(String.init) ?? "\"\(entry.name)\""
        throw KernelError(.invalid, "The parameter categories has the category \(label) twice.")
      }
      add(entry)
    }
  }

  /// An empty table, to which labels are added as they occur.
  public init() { isDeclared = false }

  /// Adds a class behind the others, whatever they are.
  mutating func append(_ entry: Entry) { add(entry) }

  private mutating func add(_ entry: Entry) {
    let position = Int32(entries.count)
    if let id = entry.id {
      positionsByID[id] = position
      if 0..<4096 ~= id { addSmall(Int(id), position) }
    }
    if positionsByName[entry.name] == nil { positionsByName[entry.name] = position }
    entries.append(entry)
  }

  private mutating func addSmall(_ id: Int, _ position: Int32) {
    let missing = id + 1 - positionsBySmallID.count
    if missing > 0 { positionsBySmallID += repeatElement(-1, count: missing) }
    positionsBySmallID[id] = position
  }

  /// The position of a class by number; nil where it was not declared.
  public mutating func position(of id: Int64) -> Int32? {
    if id >= 0, id < positionsBySmallID.count, positionsBySmallID[Int(id)] >= 0 {
      return positionsBySmallID[Int(id)]
    }
    if let position = positionsByID[id] { return position }
    guard !isDeclared else { return nil }
    add(Entry(id: id, name: String(id)))
    return Int32(entries.count - 1)
  }

  /// The position of a class by name; nil where it was not declared.
  public mutating func position(of name: String) -> Int32? {
    if let position = positionsByName[name] { return position }
    guard !isDeclared else { return nil }
    add(Entry(name: name))
    return Int32(entries.count - 1)
  }

  /// The positions in the order in which classes are reported: ascending by number, then
  /// by name.
  public var order: [Int] {
    entries.indices.sorted { a, b in
      switch (entries[a].id, entries[b].id) {
      case (let first?, let second?): (first, a) < (second, b)
      case (nil, nil):
        entries[a].name == entries[b].name
          ? a < b : entries[a].name.utf8.lexicographicallyPrecedes(entries[b].name.utf8)
      case (let first, _): first != nil
      }
    }
  }

  /// The names by position; those that several categories share have their number behind
  /// them, as in `cat (17)`.
  var distinctNames: [String] {
    var counts: [String: Int] = [:]
    for entry in entries { counts[entry.name, default: 0] += 1 }
    return entries.map { entry in
      guard let id = entry.id, counts[entry.name, default: 0] > 1 else { return entry.name }
      return "\(entry.name) (\(id))"
    }
  }

  /// Adds the classes of another table.
  ///
  /// - Returns: The positions here of the other table's classes; nil where they are the
  ///   same.
  mutating func merge(_ other: ClassTable) -> [Int32]? {
    guard entries != other.entries else { return nil }
    var positions: [Int32] = []
    for entry in other.entries {
      let known = entry.id.map { positionsByID[$0] } ?? positionsByName[entry.name]
      if known == nil { add(entry) }
      positions.append(known ?? Int32(entries.count - 1))
    }
    return positions
  }
}
