/// What a compiler wrote down about the functions of a library.
public struct DebugInformation: Sendable {
  /// Why there is none; nil where there is some.
  public let absence: String?
  let functions: [String: DebugFunction]

  /// Reads the debug information of a library.
  ///
  /// Never fails: what cannot be read is unknown.
  /// - Complexity: O(*n*) in the size of the debug information.
  public init(_ elf: ELFFile) {
    self.init(elf, symbols: elf.functions)
  }

  /// Reads what there is about the functions of those names.
  public init(_ elf: ELFFile, functions names: Set<String>) {
    let symbols = names.sorted().flatMap { elf.symbolTable?.symbols(named: $0) ?? [] }
    self.init(elf, symbols: symbols.filter(\.isCallable))
  }

  private init(_ elf: ELFFile, symbols: [ELFFile.Symbol]) {
    do {
      let reader = DwarfReader(try DwarfSections(elf))
      functions = reader.functions(for: symbols)
      absence = functions.isEmpty && reader.isDamaged ? "its debug information is damaged" : nil
    } catch {
      functions = [:]
      absence = error.reason
    }
  }

  /// How a description compares with what was compiled.
  public enum Answer: Sendable, Hashable {
    case match
    /// They differ, in these words.
    case mismatch(String)
    /// It cannot be told, for this reason. Never to be shown as a match.
    case unknown(String)
  }

  /// Compares a prototype with the function of its name: how many parameters,
  /// and of each and of the result the kind and the size.
  public func compare(_ prototype: Prototype) -> Answer {
    if let absence { return .unknown(absence) }
    guard let function = functions[prototype.name] else {
      return .unknown("there is no debug information about \(prototype.name)")
    }
    return PrototypeComparison(prototype, function).answer
  }
}
