/// The parameters of an evaluator, by name.
///
/// The host has checked them against the manifest's schema and filled its defaults
/// in; the readers below still refuse what they cannot use, by name.
public struct Parameters: Sendable, Hashable {
  /// A parameter's value.
  public indirect enum Value: Sendable, Hashable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case text(String)
    case list([Value])
    case object([String: Value])
  }

  public private(set) var values: [String: Value]

  public init(_ values: [String: Value] = [:]) { self.values = values }

  /// Reads a JSON object; no bytes at all are no parameters.
  ///
  /// - Throws: ``PluginError`` `invalidArgument` where it is none.
  public init(json: some Sequence<UInt8>) throws(PluginError) {
    let bytes = Array(json)
    if bytes.isEmpty {
      values = [:]
      return
    }
    var reader = ParameterReader(bytes)
    guard case .object(let values)? = reader.document() else {
      throw PluginError(.invalidArgument, "The parameters are not a JSON object.")
    }
    self.values = values
  }

  @unsafe
  init(_ text: UnsafePointer<CChar>?, _ count: Int) throws(PluginError) {
    guard let text = unsafe text, count > 0 else {
      self.init()
      return
    }
    // Safety: the host passes so many bytes, for the time of the call.
    try unsafe self.init(json: UnsafeRawBufferPointer(start: text, count: count))
  }

  /// The value of that name; nil for null and for what is not there.
  public subscript(name: String) -> Value? {
    values[name].flatMap { $0 == .null ? nil : $0 }
  }

  /// A number; `otherwise` where there is none of that name.
  public func number(_ name: String, otherwise: Double) throws(PluginError) -> Double {
    switch self[name] {
    case nil: return otherwise
    case .integer(let value): return Double(value)
    case .number(let value): return value
    default: throw refused(name, "a number")
    }
  }

  /// A whole number; nil where there is none of that name.
  public func integer(_ name: String) throws(PluginError) -> Int? {
    switch self[name] {
    case nil: return nil
    case .integer(let value): return value
    case .number(let value):
      if let whole = Int(exactly: value) { return whole }
    default: break
    }
    throw refused(name, "a whole number")
  }

  /// A text; nil where there is none of that name.
  public func text(_ name: String) throws(PluginError) -> String? {
    switch self[name] {
    case nil: return nil
    case .text(let value): return value
    default: throw refused(name, "a text")
    }
  }

  /// A list of numbers; nil where there is none of that name.
  public func numbers(_ name: String) throws(PluginError) -> [Double]? {
    guard let items = try list(name) else { return nil }
    var numbers: [Double] = []
    for item in items {
      switch item {
      case .integer(let value): numbers.append(Double(value))
      case .number(let value): numbers.append(value)
      default: throw refused(name, "a list of numbers")
      }
    }
    return numbers
  }

  /// A list of texts; nil where there is none of that name.
  public func texts(_ name: String) throws(PluginError) -> [String]? {
    guard let items = try list(name) else { return nil }
    var texts: [String] = []
    for item in items {
      guard case .text(let value) = item else { throw refused(name, "a list of texts") }
      texts.append(value)
    }
    return texts
  }

  private func list(_ name: String) throws(PluginError) -> [Value]? {
    switch self[name] {
    case nil: return nil
    case .list(let items): return items
    default: throw refused(name, "a list")
    }
  }

  private func refused(_ name: String, _ what: String) -> PluginError {
    PluginError(.invalidArgument, "The parameter \(name) must be \(what).")
  }
}
