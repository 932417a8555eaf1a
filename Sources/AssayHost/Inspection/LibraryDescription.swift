import AssayCore

/// What can be said about a library from its debug information: the beginnings
/// of a manifest, so that nobody has to type prototypes.
public struct LibraryDescription: Sendable {
  public let path: String
  /// What a manifest or a command calls the library: its path, or its name where the
  /// loader finds it.
  public let name: String
  /// The exported functions, by name.
  public let functions: [LibraryFunction]
  /// Why there is no debug information; nil where there is some.
  public let absence: String?

  /// Describes a library.
  ///
  /// - Complexity: O(*n*) in the size of its debug information.
  /// - Parameter name: What to call the library; nil for its path.
  public init(_ elf: ELFFile, named name: String? = nil) {
    path = elf.path
    self.name = name ?? elf.path
    let information = DebugInformation(elf)
    absence = information.absence
    var seen: Set<String> = []
    functions = elf.functions
      .filter { !LibraryFunction.isPrivate($0.name) && seen.insert($0.name).inserted }
      .map { LibraryFunction($0.name, information.functions[$0.name]) }
      .sorted { $0.name < $1.name }
  }
}

/// An exported function of a library.
public struct LibraryFunction: Sendable, Hashable {
  public let name: String
  /// Its declaration, where debug information tells one that can be called.
  public let prototype: Prototype?
  /// Why there is no prototype, or no evaluator.
  public let obstacle: String?
  /// The evaluator that the prototype makes, with what must be bound for it.
  public let definition: EvaluatorDefinition?
  /// What a manifest must bind by hand, by parameter.
  let bindings: [Binding]

  struct Binding: Sendable, Hashable {
    let parameter: String
    let source: String
  }

  /// Names of the linker and of the language runtimes.
  static func isPrivate(_ name: String) -> Bool {
    name.hasPrefix("_") || name.hasPrefix("$") || name.contains("@")
  }

  init(_ name: String, _ function: DebugFunction?) {
    self.name = name
    do {
      let prototype = try Self.prototype(name, function)
      self.prototype = prototype
      let bindings = Self.bindings(of: prototype)
      self.bindings = bindings
      do {
        definition = try EvaluatorDefinition(
          describing: prototype, bind: bindings.map { ($0.parameter, $0.source) })
        obstacle = nil
      } catch {
        definition = nil
        obstacle = error.message
      }
    } catch {
      prototype = nil
      definition = nil
      bindings = []
      obstacle = error.reason
    }
  }

  private struct Obstacle: Error {
    let reason: String
  }

  private static func prototype(
    _ name: String, _ function: DebugFunction?
  ) throws(Obstacle) -> Prototype {
    guard let function else { throw Obstacle(reason: "there is no debug information about it") }
    if let doubt = function.doubt { throw Obstacle(reason: doubt) }
    if function.isVariadic { throw Obstacle(reason: "it takes any number of arguments") }
    guard let result = function.result.cType else {
      throw Obstacle(reason: "it returns \(function.result.shown)")
    }
    var parameters: [Prototype.Parameter] = []
    for (index, parameter) in function.parameters.enumerated() {
      guard let type = parameter.type.cType, type != .void else {
        throw Obstacle(reason: "parameter \(index + 1) is \(parameter.type.shown)")
      }
      let known = parameter.name.isEmpty || parameters.contains { $0.name == parameter.name }
      parameters.append(
        Prototype.Parameter(name: known ? "x\(index + 1)" : parameter.name, type: type))
    }
    let prototype = Prototype(name: name, result: result, parameters: parameters)
    // What a compiler may write and the parser refuses must not get into a manifest.
    guard (try? Prototype(parsing: prototype.description)) == prototype else {
      throw Obstacle(reason: "its declaration, \(prototype), cannot be written in a manifest")
    }
    return prototype
  }

  /// The one pointer to numbers that the function may write is where the score goes.
  private static func bindings(of prototype: Prototype) -> [Binding] {
    let outputs = prototype.parameters.filter {
      if case .pointer(let pointee, false) = $0.type { pointee.isNumber } else { false }
    }
    guard outputs.count == 1, let output = outputs.first else { return [] }
    return [Binding(parameter: output.name, source: "out:score")]
  }
}
