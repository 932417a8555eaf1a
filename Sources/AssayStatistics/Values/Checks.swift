/// The checks of arguments that many functions share.
enum Check {
  static func level(_ level: Double) throws(Undefined) {
    guard level > 0, level < 1 else {
      throw Undefined(.invalidArgument, "a level lies between 0 and 1, not at \(level)")
    }
  }

  /// A probability that may be neither 0 nor 1.
  static func inside(_ value: Double, _ name: String) throws(Undefined) {
    guard value > 0, value < 1 else {
      throw Undefined(.invalidArgument, "\(name) lies between 0 and 1, not at \(value)")
    }
  }

  static func rate(_ value: Double, _ name: String) throws(Undefined) {
    guard value >= 0, value <= 1 else {
      throw Undefined(.invalidArgument, "\(name) is a rate from 0 to 1, not \(value)")
    }
  }

  static func positive(_ value: Double, _ name: String) throws(Undefined) {
    guard value > 0, value.isFinite else {
      throw Undefined(.invalidArgument, "\(name) is a number over 0, not \(value)")
    }
  }

  /// Counts are whole as floating-point numbers too, and a few of them add up.
  static func count(_ value: Int, atLeast least: Int = 0, _ name: String) throws(Undefined) {
    guard value >= least, value <= 1 << 53 else {
      throw Undefined(.invalidArgument, "\(name) is from \(least) to 2^53, not \(value)")
    }
  }

  static func finite(_ values: [Double], _ name: String = "values") throws(Undefined) {
    guard let index = values.firstIndex(where: { !$0.isFinite }) else { return }
    throw Undefined(.notFinite, "\(name)[\(index)] is \(values[index])")
  }

  static func enough(_ count: Int, atLeast least: Int, _ name: String = "values") throws(Undefined) {
    guard count >= least else {
      throw Undefined(.tooFewValues, "\(count) \(name) where at least \(least) are needed")
    }
  }

  static func parallel(_ a: Int, _ b: Int, _ names: String) throws(Undefined) {
    guard a == b else {
      throw Undefined(.lengthsDiffer, "\(names) have \(a) and \(b) elements")
    }
  }
}
