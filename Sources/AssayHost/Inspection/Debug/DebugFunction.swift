/// A function as the compiler saw it.
struct DebugFunction: Sendable {
  var name: String
  var result: DebugType
  var parameters: [(name: String, type: DebugType)]
  /// Whether it takes any number of arguments.
  var isVariadic: Bool
  /// Why the parameters cannot be told, nil where they can.
  var doubt: String?
}

extension DwarfReader {
  /// The functions of a library that others can call, by name.
  ///
  /// An entry at a symbol's address goes before one of its name.
  /// - Complexity: O(*n*) in the size of the debug information.
  func functions(for symbols: [ELFFile.Symbol]) -> [String: DebugFunction] {
    let byAddress = Dictionary(grouping: symbols) { $0.address }
    let names = Set(symbols.map(\.name))
    var atAddress: [String: (DwarfEntry, DwarfUnit)] = [:]
    var byName: [String: (DwarfEntry, DwarfUnit)] = [:]
    for unit in units where unit.header.holdsCode {
      // What was found before the damage still holds.
      try? walk(unit) { entry in
        if let address = sections.address(entry[DwarfAttribute.lowPC], unit),
          let found = byAddress[address]
        {
          for symbol in found { atAddress[symbol.name] = (entry, unit) }
        } else if let name = symbolName(entry, unit), names.contains(name),
          !entry.flag(DwarfAttribute.declaration), byName[name] == nil
        {
          byName[name] = (entry, unit)
        }
      }
    }
    var functions: [String: DebugFunction] = [:]
    for name in names {
      guard let (entry, unit) = atAddress[name] ?? byName[name] else { continue }
      functions[name] = function(entry, unit, named: name)
    }
    return functions
  }

  /// Calls back for every function of a unit, inside namespaces too.
  private func walk(
    _ unit: DwarfUnit, _ body: (DwarfEntry) -> Void
  ) throws(ByteCursor.Damaged) {
    var cursor = try ByteCursor(sections.info, at: unit.header.firstEntry, end: unit.header.end)
    while !cursor.isAtEnd {
      guard let entry = try DwarfEntry(&cursor, unit) else { continue }
      if entry.tag == DwarfTag.subprogram { body(entry) }
    }
  }

  private func symbolName(_ entry: DwarfEntry, _ unit: DwarfUnit) -> String? {
    text(entry[DwarfAttribute.linkageName] ?? entry[DwarfAttribute.oldLinkageName], unit)
      ?? (entry.flag(DwarfAttribute.external) ? text(entry[DwarfAttribute.name], unit) : nil)
  }

  /// What an entry says, and what the entry says that it was made from.
  private func function(
    _ entry: DwarfEntry, _ unit: DwarfUnit, named name: String
  ) -> DebugFunction {
    var chain = [(entry, unit)]
    for attribute in [
      DwarfAttribute.abstractOrigin, DwarfAttribute.specification, DwarfAttribute.specification,
    ] {
      guard let (last, _) = chain.last, let offset = last.entry(attribute),
        let origin = self.entry(at: offset)
      else { continue }
      chain.append(origin)
    }
    let typed = chain.first { $0.0[DwarfAttribute.type] != nil } ?? chain[0]
    var function = DebugFunction(
      name: name, result: type(of: typed.0, typed.1), parameters: [], isVariadic: false)
    guard let children = parameterLists(chain) else {
      function.doubt = "its debug information is damaged"
      return function
    }
    for (child, owner) in children where child.tag == DwarfTag.formalParameter {
      function.parameters.append(parameter(child, owner))
    }
    function.isVariadic = children.contains { $0.0.tag == DwarfTag.unspecifiedParameters }
    function.doubt = doubt(function, chain, unit)
    return function
  }

  /// The children of the first entry of the chain, from its origin on, that has parameters.
  private func parameterLists(
    _ chain: [(DwarfEntry, DwarfUnit)]
  ) -> [(DwarfEntry, DwarfUnit)]? {
    for (entry, unit) in chain.reversed() {
      guard let children = try? children(of: entry, unit) else { return nil }
      let list = children.filter {
        $0.tag == DwarfTag.formalParameter || $0.tag == DwarfTag.unspecifiedParameters
      }
      if !list.isEmpty { return list.map { ($0, unit) } }
    }
    return []
  }

  private func parameter(
    _ entry: DwarfEntry, _ unit: DwarfUnit
  ) -> (name: String, type: DebugType) {
    if entry[DwarfAttribute.type] == nil, let offset = entry.entry(DwarfAttribute.abstractOrigin),
      let (origin, originUnit) = self.entry(at: offset)
    {
      return named(origin, originUnit)
    }
    return named(entry, unit)
  }

  private func named(
    _ origin: DwarfEntry, _ unit: DwarfUnit
  ) -> (name: String, type: DebugType) {
    let isUntyped = origin[DwarfAttribute.type] == nil
    return (
      text(origin[DwarfAttribute.name], unit) ?? "",
      isUntyped ? .unknown("its type is not told") : type(of: origin, unit)
    )
  }

  /// Whether a unit tells any parameter or type of a number; the least debug
  /// information has names and lines only.
  private func hasTypes(_ unit: DwarfUnit) -> Bool {
    do {
      var cursor = try ByteCursor(sections.info, at: unit.header.firstEntry, end: unit.header.end)
      while !cursor.isAtEnd {
        let tag = try DwarfEntry(&cursor, unit)?.tag
        if tag == DwarfTag.formalParameter || tag == DwarfTag.baseType { return true }
      }
    } catch {}
    return false
  }

  private func doubt(
    _ function: DebugFunction, _ chain: [(DwarfEntry, DwarfUnit)], _ unit: DwarfUnit
  ) -> String? {
    guard function.parameters.isEmpty, !function.isVariadic else { return nil }
    if !chain.contains(where: { $0.0[DwarfAttribute.type] != nil }), !hasTypes(unit) {
      return "its debug information has no types; compile it with -g, not -g1"
    }
    switch unit.sourceLanguage {
    case .swift: return "Swift does not always tell the parameters of an exported function"
    case .c where !chain.contains(where: { $0.0.flag(DwarfAttribute.prototyped) }):
      return "it was compiled without a prototype"
    case .other: return "its language does not tell whether it takes parameters"
    default: return nil
    }
  }
}
