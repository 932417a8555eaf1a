extension JSONValue {
  /// The same value with the members of objects in alphabetical order, and whole numbers as
  /// integers: of two values that say the same, the texts are the same.
  public var canonical: JSONValue {
    switch self {
    case .object(let object):
      var sorted = JSONObject()
      for (key, value) in object.sorted(by: { $0.key < $1.key }) { sorted[key] = value.canonical }
      return .object(sorted)
    case .array(let values): return .array(values.map(\.canonical))
    case .number(let value):
      // 3.0 and 3 are one number.
      return Int64(exactly: value).map { JSONValue.integer($0) } ?? self
    default: return self
    }
  }
}
