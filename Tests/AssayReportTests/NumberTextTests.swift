import Testing

@testable import AssayReport

@Suite struct `Numbers for readers` {
  @Test(arguments: [
    (0.0, "0"), (-0.0, "0"), (1.0, "1"), (0.5, "0.5"), (0.9946012345, "0.99460"), (0.99999949, "1.0000"),
    (0.9490000000000001, "0.949"), (0.30000000000000004, "0.3"), (-0.00001234, "-1.234e-5"),
    (0.0001, "0.0001"), (0.00012345678, "0.00012346"), (0.000099999, "9.9999e-5"),
    (123.456789, "123.46"), (99999.96, "100000"), (1_512_345.678, "1512346"),
    (999_999_999.0, "999999999"), (1e9, "1e9"), (12_345_678_901.0, "1.2346e10"), (.leastNonzeroMagnitude, "5e-324"),
    (.greatestFiniteMagnitude, "1.7977e308"), (.infinity, "∞"), (-.infinity, "-∞"), (.nan, "undefined"),
    (9.99996, "10.000"), (-2.5, "-2.5"),
  ])
  func `have five significant digits`(value: Double, text: String) {
    #expect(value.text() == text)
  }

  @Test func `are within half a unit of their last digit`() {
    var random = ClassifierSample.Generator(state: 3)
    for _ in 0..<2000 {
      let exponent = Int(random.next() * 40) - 20
      var value = random.next() * 2 - 1
      for _ in 0..<abs(exponent) { value = exponent > 0 ? value * 10 : value / 10 }
      let shown = Double(value.text()) ?? .nan
      #expect(abs(shown - value) <= 0.50001e-4 * abs(value), "\(value) as \(value.text())")
    }
  }

  @Test(arguments: [
    (1.0, "100 %"), (0.999_999, "99.9999 %"), (0.9956, "99.6 %"), (0.0, "0 %"), (0.5, "50 %"),
    (0.99999999999, "100 %"),
  ])
  func `read as a percentage of 100 only where they are all`(share: Double, text: String) {
    #expect(share.percentText == text)
  }

  @Test(arguments: [(0.0034, "3.4 ms"), (0.41, "410 ms"), (12.5, "12.5 s"), (3725.0, "62 min 5 s")])
  func `give a duration in its own unit`(seconds: Double, text: String) {
    #expect(seconds.durationText == text)
  }

  @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567"), (.min, "-9,223,372,036,854,775,808")])
  func `are grouped by thousands`(number: Int, text: String) {
    #expect(number.groupedText == text)
  }

  @Test func `round ticks fall on round values`() {
    #expect(Scale(domain: 0...1, start: 0, end: 1).ticks(5).map(\.tickText) == ["0", "0.2", "0.4", "0.6", "0.8", "1"])
    #expect(Scale(domain: -200...200, start: 0, end: 1).ticks(5).map(\.tickText) == ["-200", "-100", "0", "100", "200"])
    #expect(Scale(domain: 0...35_000, start: 0, end: 1).ticks(4).map(\.tickText) == ["0", "10k", "20k", "30k"])
  }

  @Test(arguments: [
    [], [0], [5, 5], [-1e308, 1e308], [1e-300, 2e-300], [.greatestFiniteMagnitude], [-3, -2], [0.2, 0.9],
  ] as [[Double]])
  func `have a domain that can be drawn`(values: [Double]) {
    for includesZero in [false, true] {
      let domain = Scale.domain(around: values, includesZero: includesZero)
      #expect(domain.lowerBound < domain.upperBound)
      let scale = Scale(domain: domain, start: 0, end: 100)
      #expect((1...101).contains(scale.ticks(5).count))
      for value in values where value.magnitude < 1e300 { #expect(scale(value).isFinite) }
    }
  }
}

@Suite struct `Text in cells` {
  @Test(arguments: [
    ("abc", 3), ("", 0), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("👍🏽", 2), ("👨‍👩‍👧", 2), ("한글", 4), ("→ 0", 3),
    ("\u{200B}", 0),
  ])
  func `knows its width`(text: String, width: Int) {
    #expect(text.displayWidth == width)
  }

  @Test(arguments: [("abcdef", 4, "abc…"), ("abc", 3, "abc"), ("日本語", 4, "日…"), ("abc", 0, ""), ("ab", 1, "…")])
  func `is cut to a width`(text: String, width: Int, cut: String) {
    #expect(text.truncated(to: width) == cut)
    #expect(text.truncated(to: width).displayWidth <= width)
  }

  @Test func `is broken at spaces, and within words where it must be`() {
    #expect("one two three four".wrapped(to: 9) == ["one two", "three", "four"])
    #expect("abcdefghijkl mn".wrapped(to: 8) == ["abcdefgh", "ijkl mn"])
    #expect("".wrapped(to: 8) == [])
  }
}
