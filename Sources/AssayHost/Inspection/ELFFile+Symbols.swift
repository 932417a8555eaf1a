public import AssayCore

extension ELFFile {
  /// The function of that name.
  ///
  /// - Returns: The symbol; nil where the file has no table of symbols, so that
  ///   only loading it can tell.
  /// - Throws: `plugin.missing-symbol`, with near names, and with what to do
  ///   where the compiler has mangled the name.
  public func function(named name: String) throws(AssayError) -> Symbol? {
    guard let symbolTable else { return nil }
    let found = symbolTable.symbols(named: name)
    if let symbol = found.first(where: \.isCallable) { return symbol }
    throw AssayError(
      .pluginSymbolMissing, "\(path) has no function \"\(name)\"\(reason(for: name, found.first))",
      details: ["file": path, "symbol": name])
  }

  private func reason(for name: String, _ symbol: Symbol?) -> String {
    if let symbol {
      if !symbol.isDefined {
        let owners = needed.isEmpty ? "another library" : "one of \(needed.joined(separator: ", "))"
        return " of its own: it takes it from \(owners); name that library"
      }
      if !symbol.isVisible { return " that is visible; export it with default visibility" }
      return ": that name is a variable; export a function"
    }
    let locals = ELFSections(file, sections).localSymbols()
    if locals.contains(where: { $0.name == name && $0.isDefined && $0.kind == .function }) {
      return " that is visible; export it with default visibility"
    }
    let mangling = Mangling(of: name)
    let symbols = self.symbols
    if let mangled = (symbols + locals).first(where: { $0.isDefined && mangling.isThat($0.name) }) {
      return "; there is only \(mangled.name), \(Mangling.remedy(for: mangled.name, name))"
    }
    let names = symbols.filter(\.isCallable).map(\.name)
    let near = suggestion(for: name, in: names.filter { !Mangling.isMangled($0) })
    if !near.isEmpty { return ".\(near)" }
    if names.isEmpty { return ": it exports no functions at all; check their visibility" }
    return "; check the spelling, and that the function is exported"
  }
}

/// How compilers write a function's name where they add types to it.
private struct Mangling {
  private let name: String
  /// The name with its length in front, as C++, Rust and Swift all have it.
  private let counted: String

  init(of name: String) {
    self.name = name
    counted = "\(name.utf8.count)\(name)"
  }

  static func isMangled(_ symbol: String) -> Bool {
    symbol.hasPrefix("_Z") || symbol.hasPrefix("_R") || symbol.hasPrefix("$s")
  }

  func isThat(_ symbol: String) -> Bool {
    guard Self.isMangled(symbol), let range = symbol.firstRange(of: counted) else { return false }
    // Not the end of a longer count: 14add is not 4add.
    let before = symbol[..<range.lowerBound].last
    return before.map { !$0.isNumber } ?? true
  }

  static func remedy(for symbol: String, _ name: String) -> String {
    if symbol.hasPrefix("$s") { return "which is Swift: write @c(\(name)) and public before the function" }
    if symbol.hasPrefix("_R") || isOldRust(symbol) {
      return "which is Rust mangled: add #[unsafe(no_mangle)] pub extern \"C\""
    }
    return "which is C++ mangled: add extern \"C\""
  }

  /// `_ZN…17h` and sixteen digits of a hash.
  private static func isOldRust(_ symbol: String) -> Bool {
    guard symbol.hasPrefix("_ZN"), symbol.hasSuffix("E") else { return false }
    let end = symbol.dropLast().suffix(19)
    return end.hasPrefix("17h") && end.dropFirst(3).allSatisfy(\.isHexDigit)
  }
}
