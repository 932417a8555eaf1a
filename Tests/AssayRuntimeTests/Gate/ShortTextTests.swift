import Testing

@testable import AssayRuntime

@Suite struct `A number in a sentence` {
  @Test(arguments: [
    (0.0, "0"), (95, "95"), (0.95, "0.95"), (0.123456, "0.1235"), (-0.00012345, "-0.0001235"),
    (123456.7, "123500"), (1, "1"), (1e300, "1e+300"), (.infinity, "inf"), (0.99996, "1"),
  ])
  func `has at most four digits`(value: Double, text: String) {
    #expect(shortText(value) == text)
  }
}
