import Glibc

/// A number with at most four significant digits, for sentences.
func shortText(_ value: Double) -> String {
  guard value.isFinite, value != 0 else { return value == 0 ? "0" : "\(value)" }
  let digits = 3 - Int(log10(abs(value)).rounded(.down))
  guard digits > -12, digits < 15 else { return "\(value)" }
  let scale = pow(10, Double(abs(digits)))
  let rounded = digits >= 0 ? (value * scale).rounded() / scale : (value / scale).rounded() * scale
  guard rounded == rounded.rounded(), abs(rounded) < 1e15 else { return "\(rounded)" }
  return String(Int(rounded))
}
