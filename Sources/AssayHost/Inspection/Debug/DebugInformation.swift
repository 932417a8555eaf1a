/// What a compiler wrote down about the functions of a library.
public struct DebugInformation: Sendable {
  /// Why there is none; nil where there is some.
  public let absence: String?
  let functions: [String: DebugFunction]
  /// Functions of which a resolver chooses one when the library is loaded: what lies
  /// at their address is the resolver, which has another prototype.
  private let indirect: Set<String>

  /// Reads the debug information of a library, from the library itself or from the
  /// separate file that its build id or its `.gnu_debuglink` names.
  ///
  /// Never fails: what cannot be read is unknown.
  /// - Complexity: O(*n*) in the size of the debug information.
  public init(_ elf: ELFFile) {
    self.init(elf, symbols: elf.functions, root: SeparateDebugFile.standardRoot)
  }

  /// Reads what there is about the functions of those names.
  public init(_ elf: ELFFile, functions names: Set<String>) {
    self.init(elf, functions: names, root: SeparateDebugFile.standardRoot)
  }

  /// - Parameter root: Where debug files of a distribution lie.
  init(_ elf: ELFFile, functions names: Set<String>, root: String) {
    let symbols = names.sorted().flatMap { elf.symbolTable?.symbols(named: $0) ?? [] }
    self.init(elf, symbols: symbols.filter(\.isCallable), root: root)
  }

  private init(_ elf: ELFFile, symbols: [ELFFile.Symbol], root: String) {
    indirect = Set(symbols.filter { $0.kind == .indirectFunction }.map(\.name))
    let isInside = elf.sections.contains { $0.name == ".debug_info" && !$0.isEmptyInFile }
    let file = isInside ? elf : SeparateDebugFile(library: elf, root: root).find() ?? elf
    do {
      let reader = DwarfReader(try DwarfSections(file))
      functions = reader.functions(for: symbols.filter { $0.kind == .function })
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
    if indirect.contains(prototype.name) {
      return .unknown("\(prototype.name) is one of several functions, of which the library chooses when it is loaded")
    }
    guard let function = functions[prototype.name] else {
      return .unknown("there is no debug information about \(prototype.name)")
    }
    return PrototypeComparison(prototype, function).answer
  }
}
