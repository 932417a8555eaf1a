import AssayCore

/// A value as the user wrote it, and where.
struct SettingValue {
  indirect enum Content {
    /// Text that is not in quotes may be a number, a truth value or null.
    case text(String, isQuoted: Bool)
    case list([SettingValue])
    case named([(name: String, value: SettingValue)])
  }

  var content: Content
  var origin: Origin

  /// Where a value was written.
  enum Origin: Hashable {
    case flag(String)
    case file(path: String, line: Int, key: String)
  }

  /// The value of a flag.
  init(_ text: String, flag: String) {
    content = .text(text, isQuoted: false)
    origin = .flag(flag)
  }

  init(_ content: Content, at origin: Origin) {
    self.content = content
    self.origin = origin
  }

  /// The text of a single value.
  func text() throws(AssayError) -> String {
    guard case .text(let text, let isQuoted) = content else {
      throw failure("takes one value, not a list or a mapping")
    }
    guard isQuoted || !text.isEmpty else { throw failure("has no value") }
    return text
  }

  /// The values of a list; one value stands for a list of one.
  func list() throws(AssayError) -> [SettingValue] {
    switch content {
    case .list(let values): return values
    case .text: return [self]
    case .named: throw failure("takes a value or a list of values, not a mapping")
    }
  }

  /// An error that begins with the place of the value.
  func failure(
    _ problem: String, hint: String = "", code: AssayError.Code? = nil
  ) -> AssayError {
    var details: [String: String] = [:]
    switch origin {
    case .flag(let name):
      details["option"] = name
      return AssayError(code ?? .usage, "\(name) \(problem).\(hint)", details: details)
    case .file(let path, let line, let key):
      details["file"] = path
      details["line"] = String(line)
      details["key"] = key
      return AssayError(
        code ?? .configInvalid, "\(path), line \(line): \(key) \(problem).\(hint)", details: details)
    }
  }

  /// The error of a value that another part of Assay has parsed, with its place.
  func located(_ error: AssayError) -> AssayError {
    guard case .file(let path, let line, _) = origin else { return error }
    var details = error.details
    details["file"] = path
    details["line"] = String(line)
    return AssayError(error.code, "\(path), line \(line): \(error.message)", details: details)
  }

  /// The folder that relative paths start from: of a configuration its own, of a
  /// flag the working directory.
  var base: String? {
    guard case .file(let path, _, _) = origin else { return nil }
    let folder = Files.folder(of: path)
    return folder == "." ? nil : folder
  }
}

extension SettingValue {
  /// A path, seen from the working directory.
  func path() throws(AssayError) -> String {
    let text = try text()
    guard let base, !text.hasPrefix("/"), text != "-" else { return text }
    return base + "/" + text
  }

  /// A path, or a name that is looked up elsewhere, such as a library's `libm.so.6`.
  func pathOrName() throws(AssayError) -> String {
    let text = try text()
    return text.contains("/") ? try path() : text
  }

  /// A source: a path, `file:PATH`, `-`, or a URI of another kind.
  func source() throws(AssayError) -> String {
    let text = try text()
    let scheme = text.prefix { $0.isLetter }
    if scheme == "file", text.hasPrefix("file:") {
      var inner = self
      inner.content = .text(String(text.dropFirst("file:".count)), isQuoted: true)
      return "file:" + (try inner.path())
    }
    let isURI = scheme.count > 1 && text.dropFirst(scheme.count).first == ":"
    return isURI ? text : try path()
  }

  func number(in range: ClosedRange<Double>, _ meaning: String) throws(AssayError) -> Double {
    let text = try text()
    guard let value = Double(text), range.contains(value) else {
      throw failure("\(text) is not \(meaning)")
    }
    return value
  }

  func integer(in range: ClosedRange<Int>, _ meaning: String) throws(AssayError) -> Int {
    let text = try text()
    guard let value = Int(text), range.contains(value) else {
      throw failure("\(text) is not \(meaning)")
    }
    return value
  }

  func choice<Choice: RawRepresentable & CaseIterable>() throws(AssayError) -> Choice
  where Choice.RawValue == String {
    let text = try text()
    if let choice = Choice(rawValue: text) { return choice }
    let names = Choice.allCases.map(\.rawValue)
    throw failure(
      "\(text) is not one of \(names.joined(separator: ", "))",
      hint: suggestion(for: text, in: names))
  }

  func bool() throws(AssayError) -> Bool {
    switch try text() {
    case "true": return true
    case "false": return false
    case let text: throw failure("\(text) is neither true nor false")
    }
  }

  /// Rows as `FIRST:END`, counted from 0, without END; either may be left out.
  func rowRange() throws(AssayError) -> Range<Int> {
    let text = try text()
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let first = parts.first.flatMap { $0.isEmpty ? 0 : Int($0) }
    let end = parts.last.flatMap { $0.isEmpty ? Int.max : Int($0) }
    guard parts.count == 2, let first, let end, first >= 0, first < end else {
      throw failure("\(text) is not FIRST:END, as in 0:100 for the first hundred rows")
    }
    return first..<end
  }
}
