import AssayArrow
import AssayCore
import AssayData
import Testing

@Suite struct `Joining where rows without a sample are kept` {
  /// Images in the ground truth's own order.
  private func truth(_ keys: [Int64?], sizes: [Int] = [2]) -> MemoryStream {
    stream(RecordBatch(["id": Column(keys), "width": Column(keys.map { ($0 ?? 0) * 10 })]), sizes: sizes)
  }

  /// For each image as many scores as its id says.
  private func sample(_ keys: [Int64], sizes: [Int] = [2]) throws -> MemoryStream {
    let scores = keys.map { key in (0..<Int(key)).map { Double(key) + Double($0) / 10 } }
    return stream(
      RecordBatch(["id": Column(keys), "scores": try lists(scores), "note": Column(keys.map { "n\($0)" })]),
      sizes: sizes)
  }

  private var rule: JoinRule {
    var rule = JoinRule(on: "id")
    rule.keepsRowsWithoutSample = true
    rule.refusesUnknownKeys = true
    return rule
  }

  @Test(arguments: [[1], [2, 1], [100]], [[1], [3], [100]])
  func `gives the ground truth's rows in its order, whatever the sample's`(left: [Int], right: [Int]) throws {
    for keys in [[3, 1, 2], [1, 2, 3], [2, 3, 1]] as [[Int64]] {
      let joined = try JoinedStream(
        sample: sample(keys, sizes: left), groundTruth: truth([5, 3, 1, 4, 2], sizes: right), rule: rule)
      let batches = try joined.collect()
      func texts(_ name: String) -> [String?] { batches.flatMap { $0.column(named: name)!.texts } }
      #expect(texts("ground_truth.id") == ["5", "3", "1", "4", "2"])
      #expect(texts("ground_truth.width") == ["50", "30", "10", "40", "20"])
      #expect(texts("sample.scores") == ["[]", "[3.0,3.1,3.2]", "[1.0]", "[]", "[2.0,2.1]"])
      #expect(texts("sample.note") == [nil, "n3", "n1", nil, "n2"])
      #expect(texts("sample.id") == [nil, "3", "1", nil, "2"])
      #expect(joined.report.matched == 3 && joined.report.keptWithoutSample == 2)
      #expect(joined.report.rows == 5 && joined.report.missing == 0)
    }
  }

  @Test func `goes on with a sample without rows`() throws {
    let joined = try JoinedStream(sample: sample([]), groundTruth: truth([1, 2]), rule: rule)
    #expect(try joined.texts("sample.scores") == ["[]", "[]"])
    #expect(joined.report.keptWithoutSample == 2)
  }

  @Test func `refuses a key that the ground truth does not have`() throws {
    var rule = rule
    rule.names = [.sample: "results.json", .groundTruth: "truth.json"]
    let error = failure {
      _ = try JoinedStream(sample: sample([1, 9, 8]), groundTruth: truth([1, 2]), rule: rule).collect()
    }
    #expect(error?.code == .keyUnknown)
    #expect(error?.details == ["key": "9", "row": "2", "file": "results.json"])
    #expect(error?.message.contains("truth.json") == true && error?.message.contains("--unmatched skip") == true)
    rule.refusesUnknownKeys = false
    let joined = try JoinedStream(sample: sample([1, 9, 8]), groundTruth: truth([1, 2]), rule: rule)
    #expect(try joined.collect().map(\.rowCount) == [2])
    #expect(joined.report.missingFromGroundTruth == 2 && joined.report.missing == 2)
    #expect(joined.report.firstMissingFromGroundTruth == ["9", "8"])
  }

  @Test func `refuses an unknown key in the sample's own order too`() throws {
    var rule = JoinRule(on: "id")
    rule.refusesUnknownKeys = true
    let error = failure {
      _ = try JoinedStream(sample: sample([1, 9]), groundTruth: truth([1, 2]), rule: rule).collect()
    }
    #expect(error?.code == .keyUnknown && error?.details["row"] == "2")
  }

  @Test(arguments: [
    ([1, 1], [1, 2]), ([2, 1], [1, 1]), ([2], [1, 2, 1]), ([], [7, 7]),
  ] as [([Int64], [Int64])])
  func `refuses a key that occurs twice on a side`(left: [Int64], right: [Int64]) throws {
    let error = failure {
      _ = try JoinedStream(sample: sample(left), groundTruth: truth(right), rule: rule).collect()
    }
    #expect(error?.code == .keyDuplicate)
    #expect(error?.details["side"] == (Set(left).count < left.count ? "sample" : "ground_truth"))
  }

  @Test func `refuses keys that are missing`() throws {
    #expect(failure { _ = try JoinedStream(sample: sample([1]), groundTruth: truth([nil, 1]), rule: rule).collect() }?
      .code == .keyInvalid)
    let other = stream(RecordBatch(["x": Column([1.5])]), sizes: [1])
    #expect(failure { _ = try JoinedStream(sample: other, groundTruth: truth([1]), rule: rule) }?.code == .columnMissing)
    #expect(failure { _ = try JoinedStream(sample: sample([1]), groundTruth: other, rule: rule) }?.code == .columnMissing)
  }

  @Test func `puts thousands of rows together`() throws {
    let count = 10_000
    let keys = (0..<count).map { Int64(($0 &* 7919) % count) }
    let ones = try lists(keys.map { [Double($0)] })
    let left = stream(RecordBatch(["id": Column(keys), "scores": ones]), sizes: [777])
    let joined = try JoinedStream(
      sample: left, groundTruth: truth((0..<Int64(count)).map { $0 }, sizes: [5000]), rule: rule)
    #expect(try joined.texts("sample.scores") == (0..<count).map { "[\($0).0]" })
  }
}
