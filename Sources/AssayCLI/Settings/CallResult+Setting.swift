import AssayCore
import AssayRuntime

extension CallResult {
  /// The value of a flag `--result`; what follows from the prototype where it is not given.
  init(flag text: String?) throws(AssayError) {
    self.init()
    if let text { try self.init(SettingValue(text, flag: "--result")) }
  }

  /// Reads `status`, `return=status,ok_values=0|1,errno=true`, or the same as a mapping.
  ///
  /// - Throws: `usage.invalid` or `config.invalid` for a value that a part cannot have,
  ///   `config.unknown-key` for a part that there is not.
  init(_ value: SettingValue) throws(AssayError) {
    self.init()
    for (name, part) in try Self.parts(of: value) {
      guard let key = Key(rawValue: name) else {
        let keys = Key.allCases.map(\.rawValue)
        throw value.failure(
          "has no part \"\(name)\"; the parts are \(keys.joined(separator: ", "))",
          hint: suggestion(for: name, in: keys), code: .configUnknownKey)
      }
      try set(key, part)
    }
  }

  /// The names are those of a manifest.
  private enum Key: String, CaseIterable {
    case returns = "return"
    case okValues = "ok_values"
    case errno, undefined, range, direction
  }

  private mutating func set(_ key: Key, _ value: SettingValue) throws(AssayError) {
    switch key {
    case .returns: returns = try value.choice()
    case .okValues:
      okValues = []
      for value in try value.bars() {
        okValues.append(Int64(try value.integer(in: Int.min...Int.max, "a whole number, which a status is")))
      }
    case .errno: readsErrno = try value.bool()
    case .undefined: undefined = try value.choice()
    case .range: range = try value.range()
    case .direction: direction = try value.choice()
    }
  }

  private static func parts(
    of value: SettingValue
  ) throws(AssayError) -> [(name: String, value: SettingValue)] {
    guard case .text(let text, _) = value.content else {
      return try value.members("as in return: status")
    }
    func part(_ text: Substring) -> SettingValue {
      SettingValue(.text(String(text), isQuoted: false), at: value.origin)
    }
    guard text.contains("=") else { return [("return", value)] }
    var parts: [(name: String, value: SettingValue)] = []
    for text in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let mark = text.firstIndex(of: "=") else {
        throw value.failure("\"\(text)\" is not PART=VALUE, as in return=status,ok_values=0|1")
      }
      parts.append((String(text[..<mark]), part(text[text.index(after: mark)...])))
    }
    return parts
  }
}

extension SettingValue {
  /// The values of a list, or with bars between them: `0|1`.
  fileprivate func bars() throws(AssayError) -> [SettingValue] {
    guard case .text(let text, _) = content else { return try list() }
    return text.split(separator: "|", omittingEmptySubsequences: false).map {
      SettingValue(.text(String($0), isQuoted: false), at: origin)
    }
  }

  /// Two ends, `0|1` or `[0, 1]`; `null` or nothing is an open one.
  fileprivate func range() throws(AssayError) -> MetricRange {
    var ends: [Double?] = []
    for value in try bars() {
      guard case .text(let text, _) = value.content else { throw value.failure("takes two numbers") }
      guard !text.isEmpty, text != "null" else {
        ends.append(nil)
        continue
      }
      guard let end = Double(text), end.isFinite else { throw failure("\(text) is not a number, as in range=0|1") }
      ends.append(end)
    }
    guard ends.count == 2, (ends[0] ?? -.infinity) <= (ends[1] ?? .infinity) else {
      throw failure("takes a range from one end to the other, as in range=0|1; range=0| has no upper end")
    }
    return MetricRange(lower: ends[0], upper: ends[1])
  }
}
