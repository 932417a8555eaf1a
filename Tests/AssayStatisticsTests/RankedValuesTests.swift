import AssayStatistics
import Testing

@Suite struct `Values of ranks` {
  /// Numbers of many kinds, the same in every run.
  private static func values(_ count: Int, _ kind: String) -> [Double] {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    return (0..<count).map { index in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let share = Double(state >> 11) / Double(1 << 53)
      switch kind {
      case "shares": return share
      case "signed": return (share - 0.5) * 1e6
      case "few": return Double(state >> 62)
      case "equal": return 0.25
      case "close": return 1 + share * 1e-9
      case "infinite": return index % 3 == 0 ? .infinity : index % 3 == 1 ? -.infinity : share
      default: return index % 2 == 0 ? 0.0 : -0.0
      }
    }
  }

  @Test(arguments: ["shares", "signed", "few", "equal", "close", "infinite", "zeros"], [1, 4096, 4097, 50_000])
  func `are those of the sorted values`(kind: String, count: Int) {
    let values = Self.values(count, kind)
    let sorted = values.sorted()
    let ranks = [0, count / 10, count / 2, count / 2 + 1, count - 1, count / 10].filter { $0 < count }
    let cut = count / 3
    let ranked = RankedValues(ranks, of: [Array(values[..<cut]), [], Array(values[cut...])])
    for rank in ranks { #expect(ranked[rank] == sorted[rank]) }
  }

  @Test func `outside of the values are NaN`() {
    let ranked = RankedValues([-1, 0, 5], of: [[3, 1, 2]])
    #expect(ranked[0] == 1)
    #expect(ranked[-1].isNaN && ranked[5].isNaN && ranked[1].isNaN)
    #expect(RankedValues([0], of: [])[0].isNaN)
  }

  @Test func `interpolate a quantile as sorted values do`() throws {
    let values = Self.values(10_001, "signed")
    let sorted = values.sorted()
    for p in [0, 0.1, 0.123, 0.5, 0.9, 0.99999, 1] {
      let position = try #require(QuantilePosition(p, count: values.count))
      let ranked = RankedValues([position.below, position.above], of: [values])
      #expect(position.value { ranked[$0] } == quantile(p, ofSorted: sorted))
    }
    #expect(QuantilePosition(0.5, count: 0) == nil)
  }
}
