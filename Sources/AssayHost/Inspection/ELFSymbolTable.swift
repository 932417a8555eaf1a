/// A table of symbols and their names, as they stand in the file.
///
/// A library may have tens of thousands of them, of which the host wants one or
/// two; so they are searched as bytes, and decoded only where all are asked for.
struct ELFSymbolTable: Sendable {
  private let entries: [UInt8]
  private let names: [UInt8]

  init(entries: [UInt8], names: [UInt8]) {
    self.entries = entries
    self.names = names
  }

  /// All symbols that have names, in order.
  ///
  /// - Complexity: O(*n*) in the size of the table and the names.
  func all() -> [ELFFile.Symbol] {
    (0..<count).compactMap { index in
      guard let entry = try? entry(index), let name = name(at: entry.name), !name.isEmpty else {
        return nil
      }
      return entry.symbol(named: name)
    }
  }

  /// The symbols of that name; versions of a function share one.
  ///
  /// - Complexity: O(*n*) in the size of the table.
  func symbols(named wanted: String) -> [ELFFile.Symbol] {
    let bytes = Array(wanted.utf8) + [0]
    var found: [ELFFile.Symbol] = []
    for index in 0..<count {
      guard let entry = try? entry(index), isName(bytes, at: entry.name) else { continue }
      found.append(entry.symbol(named: wanted))
    }
    return found
  }

  private static let entrySize = 24

  private var count: Int { entries.count / Self.entrySize }

  private func isName(_ wanted: [UInt8], at offset: Int) -> Bool {
    guard offset > 0, offset <= names.count - wanted.count else { return false }
    for index in wanted.indices where names[offset + index] != wanted[index] { return false }
    return true
  }

  private func name(at offset: Int) -> String? {
    guard var cursor = try? ByteCursor(names, at: offset) else { return nil }
    return try? cursor.text()
  }

  private func entry(_ index: Int) throws(ByteCursor.Damaged) -> Entry {
    var cursor = try ByteCursor(entries, at: index * Self.entrySize)
    let name = Int(try cursor.u32())
    let info = try cursor.u8()
    let other = try cursor.u8()
    let section = try cursor.u16()
    return Entry(
      name: name, info: info, other: other, section: section, address: try cursor.u64())
  }

  private struct Entry {
    let name: Int
    let info: UInt8
    let other: UInt8
    let section: UInt16
    let address: UInt64

    func symbol(named name: String) -> ELFFile.Symbol {
      let isHidden = other & 3 == 1 || other & 3 == 2
      return ELFFile.Symbol(
        name: name, kind: kind, isDefined: section != 0, isVisible: !isHidden && info >> 4 != 0,
        address: address)
    }

    private var kind: ELFFile.Symbol.Kind {
      switch info & 0xF {
      case 2: .function
      case 10: .indirectFunction
      case 1, 5, 6: .variable
      default: .other
      }
    }
  }
}
