import AssayStatistics
import Testing

/// Whether two numbers agree relative to the second one's size.
func agrees(_ value: Double, _ expected: Double, within tolerance: Double) -> Bool {
  value == expected || abs(value - expected) <= tolerance * abs(expected)
}

@Suite struct `The normal distribution` {
  @Test(arguments: Reference.normalQuantiles)
  func `has scipy's quantiles`(p: Double, z: Double) {
    #expect(agrees(NormalDistribution.quantile(p), z, within: 2e-15), "\(p)")
  }

  @Test(arguments: Reference.normalCumulative)
  func `has scipy's probabilities`(z: Double, p: Double) {
    // The tail multiplies a rounding error of z by z².
    #expect(agrees(NormalDistribution.cumulative(z), p, within: 1e-15 * (1 + z * z)), "\(z)")
  }

  @Test func `ends at the infinities`() {
    #expect(NormalDistribution.quantile(0) == -.infinity)
    #expect(NormalDistribution.quantile(1) == .infinity)
    #expect(NormalDistribution.quantile(-0.1).isNaN)
    #expect(NormalDistribution.quantile(.nan).isNaN)
  }
}

@Suite struct `Student's distribution` {
  @Test(arguments: Reference.studentQuantiles)
  func `has scipy's quantiles`(df: Double, p: Double, t: Double) throws {
    let student = try #require(StudentDistribution(degreesOfFreedom: df))
    #expect(agrees(student.quantile(p), t, within: 1e-11), "\(df) \(p): \(student.quantile(p))")
  }

  @Test(arguments: Reference.studentCumulative)
  func `has scipy's probabilities`(df: Double, t: Double, p: Double) throws {
    let student = try #require(StudentDistribution(degreesOfFreedom: df))
    #expect(agrees(student.cumulative(t), p, within: 1e-12), "\(df) \(t)")
  }

  @Test func `needs a positive number of degrees`() {
    #expect(StudentDistribution(degreesOfFreedom: 0) == nil)
    #expect(StudentDistribution(degreesOfFreedom: .infinity) == nil)
    #expect(StudentDistribution(degreesOfFreedom: .nan) == nil)
  }
}
