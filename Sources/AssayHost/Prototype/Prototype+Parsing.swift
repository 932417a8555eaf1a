public import AssayCore

extension Prototype {
  /// Parses one C function declaration, such as `double f(const char *text, size_t n)`.
  ///
  /// There is no preprocessor, and nothing has a type that is not written down.
  ///
  /// - Parameter types: Names that stand for other types, as in a manifest's
  ///   `types`: `["real": .double, "enum mode": .integer(.int32)]`.
  /// - Throws: An error whose code begins with `prototype.`; its message says
  ///   what to write instead and shows the place with a caret, its details hold
  ///   `column` and `line` (from 1) and `remedy`.
  /// - Complexity: O(*n*) in the length of the text.
  public init(
    parsing declaration: String, types: [String: CType] = [:]
  ) throws(AssayError) {
    var parser = PrototypeParser(declaration, types: types)
    do {
      self = try parser.prototype()
    } catch {
      throw error.error(in: declaration)
    }
  }
}

extension CType {
  /// Parses a type that a manifest gives another name, such as `int32_t` or `struct box *`.
  public init(parsing text: String) throws(AssayError) {
    var parser = PrototypeParser(text, types: [:])
    do {
      self = try parser.lonelyType()
    } catch {
      throw error.error(in: text)
    }
  }
}
