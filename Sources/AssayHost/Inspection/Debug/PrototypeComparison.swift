/// A prototype beside the function that was compiled.
struct PrototypeComparison {
  private let prototype: Prototype
  private let function: DebugFunction

  init(_ prototype: Prototype, _ function: DebugFunction) {
    self.prototype = prototype
    self.function = function
  }

  var answer: DebugInformation.Answer {
    if let doubt = function.doubt { return .unknown(doubt) }
    if function.isVariadic { return .mismatch("\(function.name) takes any number of arguments") }
    let wanted = prototype.parameters.count
    let actual = function.parameters.count
    guard wanted == actual else {
      return .mismatch(
        "\(function.name) takes \(counted(actual)), and the prototype has \(counted(wanted))")
    }
    var doubts: [String] = []
    for (index, (parameter, compiled)) in zip(prototype.parameters, function.parameters).enumerated() {
      switch compare(parameter.type, compiled.type) {
      case .match: continue
      case .unknown(let reason): doubts.append("parameter \(index + 1), \(parameter.name): \(reason)")
      case .mismatch:
        return .mismatch(
          "parameter \(index + 1) of \(function.name) is \(compiled.type.shown), and the prototype "
            + "has \"\(parameter)\"")
      }
    }
    return result(doubts)
  }

  private func result(_ doubts: [String]) -> DebugInformation.Answer {
    switch compare(prototype.result, function.result) {
    case .mismatch:
      return .mismatch(
        "\(function.name) returns \(function.result.shown), and the prototype says \(prototype.result)")
    case .unknown(let reason): return .unknown((doubts + ["the result: \(reason)"]).joined(separator: "; "))
    case .match: return doubts.isEmpty ? .match : .unknown(doubts.joined(separator: "; "))
    }
  }

  private func counted(_ count: Int) -> String {
    switch count {
    case 0: "no parameters"
    case 1: "1 parameter"
    default: "\(count) parameters"
    }
  }

  private func compare(_ described: CType, _ compiled: DebugType) -> DebugInformation.Answer {
    switch (described, compiled) {
    case (_, .unknown(let reason)): .unknown(reason)
    case (.void, .void): .match
    case (.void, _), (_, .void): answer(false)
    case (_, .number(_, _, .other)): .unknown("its kind of number is not told")
    case (.bool, .number(_, let size, let encoding)):
      answer(size == 1 && (encoding == .bool || encoding == .unsigned))
    case (.float, .number(_, let size, .float)): answer(size == 4)
    case (.double, .number(_, let size, .float)): answer(size == 8)
    case (.integer(let integer), .number(_, let size, let encoding)):
      answer(size == integer.byteCount && fits(integer, encoding))
    case (.integer(let integer), .enumeration(_, let size)): answer(size == integer.byteCount)
    case (.pointer(let pointee, _), .pointer(let other, _)): comparePointees(pointee, other)
    case (.function, .pointer): .match
    default: answer(false)
    }
  }

  private func answer(_ isMatch: Bool) -> DebugInformation.Answer { isMatch ? .match : .mismatch("") }

  private func fits(_ integer: CInteger, _ encoding: DebugType.Encoding) -> Bool {
    switch encoding {
    case .eitherSign: true
    case .signed: integer.isSigned
    case .unsigned: !integer.isSigned
    case .bool: !integer.isSigned && integer.byteCount == 1
    case .float, .other: false
    }
  }

  /// Pointers may be described as pointers to anything; but where both sides
  /// name numbers, an element must have one size and kind.
  private func comparePointees(_ described: CType, _ compiled: DebugType) -> DebugInformation.Answer {
    guard case .number(_, let size, let encoding) = compiled, encoding != .other,
      described.isNumber || described == .bool, let wanted = described.byteCount
    else { return .match }
    let isFloat = described == .float || described == .double
    return answer(size == wanted && isFloat == (encoding == .float))
  }
}
