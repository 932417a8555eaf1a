/// A number as decimal digits, which can be rounded without the loss that
/// arithmetic on the binary value would add.
private struct Decimal {
  var isNegative: Bool
  /// From the first that is not 0; empty for zero.
  var digits: [UInt8]
  /// The value is `0.DIGITS * 10^exponent`.
  var exponent: Int

  init(_ value: Double) {
    let text = "\(value.magnitude)".utf8
    let mantissa = text.prefix { $0 != UInt8(ascii: "e") }
    let power = Int(String(decoding: text.dropFirst(mantissa.count + 1), as: UTF8.self)) ?? 0
    let whole = mantissa.prefix { $0 != UInt8(ascii: ".") }
    let all = mantissa.filter { $0 != UInt8(ascii: ".") }.map { $0 - UInt8(ascii: "0") }
    let leading = all.prefix { $0 == 0 }.count
    isNegative = value.sign == .minus
    digits = Array(all.dropFirst(leading))
    exponent = whole.count + power - leading
    dropTrailingZeros()
  }

  mutating func dropTrailingZeros() {
    while digits.last == 0 { digits.removeLast() }
  }

  /// Keeps at most that many digits, and rounds a half away from zero. Zeros
  /// at the end stay: they say how exact the rounded number is.
  mutating func round(to count: Int) {
    guard digits.count > count else { return }
    guard count >= 0 else {
      digits = []
      return
    }
    let roundsUp = digits[count] >= 5
    digits.removeSubrange(count...)
    guard roundsUp else { return }
    var index = count - 1
    while index >= 0, digits[index] == 9 {
      digits[index] = 0
      index -= 1
    }
    if index >= 0 {
      digits[index] += 1
    } else {
      digits.insert(1, at: 0)
      exponent += 1
      if digits.count > count { digits.removeLast() }
    }
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: range.map { (digits.indices ~= $0 ? digits[$0] : 0) + UInt8(ascii: "0") }, as: UTF8.self)
  }

  var fixed: String {
    guard digits.contains(where: { $0 > 0 }) else { return "0" }
    let sign = isNegative ? "-" : ""
    let whole = exponent > 0 ? text(0..<exponent) : "0"
    guard digits.count > exponent else { return sign + whole }
    let zeros = String(repeating: "0", count: max(0, -exponent))
    return sign + whole + "." + zeros + text(max(0, exponent)..<digits.count)
  }

  var scientific: String {
    let rest = digits.count > 1 ? "." + text(1..<digits.count) : ""
    return (isNegative ? "-" : "") + text(0..<1) + rest + "e\(exponent - 1)"
  }
}

extension Double {
  /// The number for a reader: so many significant digits, all digits of the
  /// whole part up to 999,999,999, and a power of ten beyond that or below
  /// 0.0001.
  func text(digits: Int = 5) -> String {
    guard isFinite else { return isNaN ? "undefined" : self > 0 ? "∞" : "-∞" }
    guard self != 0 else { return "0" }
    var decimal = Decimal(self)
    // The last digits are the noise of binary arithmetic: 0.949 should not show
    // as 0.94900 because it is 0.9490000000000001.
    decimal.round(to: max(14, digits))
    decimal.dropTrailingZeros()
    if decimal.exponent > 9 || decimal.exponent < -3 {
      decimal.round(to: digits)
      return decimal.scientific
    }
    decimal.round(to: max(digits, decimal.exponent))
    return decimal.fixed
  }

  /// The number without zeros at its end, for labels in drawings.
  func shortText(digits: Int) -> String {
    var text = text(digits: digits)
    guard text.contains("."), !text.contains("e") else { return text }
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return text
  }

  /// The number with at most so many digits after the point, never as a power
  /// of ten. For coordinates in drawings.
  func fixedText(decimals: Int) -> String {
    guard isFinite else { return "0" }
    var decimal = Decimal(self)
    decimal.round(to: decimal.exponent + decimals)
    decimal.dropTrailingZeros()
    return decimal.fixed
  }

  /// A share as a percentage. One that is short of 1 never reads as 100 %.
  var percentText: String {
    var decimals = 1
    while self < 1, decimals < 6, (self * 100).fixedText(decimals: decimals) == "100" { decimals += 1 }
    return (self * 100).fixedText(decimals: decimals) + " %"
  }

  /// A duration in seconds, in the unit that suits it.
  var durationText: String {
    switch self {
    case ..<1: "\((self * 1000).text(digits: 3)) ms"
    case ..<120: "\(text(digits: 3)) s"
    default: "\(Int(min(self, 1e12)) / 60) min \(Int(min(self, 1e12)) % 60) s"
    }
  }
}

extension Double {
  /// A count in groups of three digits; as it is where it is no whole number, or beyond them.
  var groupedText: String { Int(exactly: self)?.groupedText ?? text() }
}

extension Int {
  /// The number with a comma between groups of three digits.
  var groupedText: String {
    let digits = Array(String(magnitude))
    var text = self < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }

  /// `1 row`, `2 rows`; with a plural of its own, `2 classes`.
  func counted(_ noun: String, _ plural: String? = nil) -> String {
    "\(groupedText) \(self == 1 ? noun : plural ?? noun + "s")"
  }
}
