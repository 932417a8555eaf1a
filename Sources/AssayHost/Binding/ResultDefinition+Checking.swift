import AssayCore

extension ResultDefinition {
  /// What a function returns where a manifest does not say.
  static func inferredReturn(of function: BoundFunction) -> Return {
    let writesScore = function.arguments.contains(.outScore)
    switch function.prototype.result {
    case .integer: return writesScore ? .status : .score
    case .bool: return writesScore ? .status : .bool
    case .float, .double: return writesScore ? .ignore : .score
    default: return .ignore
    }
  }

  /// Refuses a result that the function cannot have, and a call without a score.
  func check(_ function: BoundFunction) throws(AssayError) {
    let name = function.prototype.name
    let type = function.prototype.result
    let writesScore = function.arguments.contains(.outScore)
    let complaint: String? =
      switch returns {
      case .score, .value: type.isNumber || type == .bool ? nil : "a number such as double"
      case .bool: type == .bool || type.isInteger ? nil : "bool or an integer"
      case .status: type == .bool || type.isInteger ? nil : "an integer such as int32_t"
      case .ignore: nil
      }
    if let complaint {
      throw AssayError(
        .bindingType,
        "\(name) returns \(type), and \"return\": \"\(returns.rawValue)\" needs \(complaint)"
          + (writesScore ? "" : "; bind a parameter to out:score if the score leaves that way"),
        details: ["function": name])
    }
    let returnsScore = [.score, .value, .bool].contains(returns)
    guard writesScore || returnsScore else {
      throw AssayError(
        .bindingMissing,
        "\(name) gives no score; return it, or bind a pointer such as \"double *score\" to out:score",
        details: ["function": name])
    }
    if writesScore, returnsScore {
      throw AssayError(
        .bindingTwice,
        "the score is both what \(name) returns and what it writes to out:score; "
          + "write \"return\": \"status\" or \"ignore\"",
        details: ["function": name])
    }
  }
}
