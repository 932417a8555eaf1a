import AssayArrow
import AssayCore
import AssayData
import Testing

@Suite struct `Joining by key` {
  private func truth(_ keys: [String?], sizes: [Int] = [2]) -> MemoryStream {
    let values = (0..<keys.count).map { Int64($0) }
    return stream(RecordBatch(["id": Column(keys), "label": Column(values)]), sizes: sizes)
  }

  private func sample(_ keys: [String?], sizes: [Int] = [3]) -> MemoryStream {
    stream(RecordBatch(["id": Column(keys), "score": Column(keys.indices.map { Double($0) })]), sizes: sizes)
  }

  @Test(arguments: [[1], [2, 3], [100]])
  func `finds the rows of the other side in the sample's order`(sizes: [Int]) throws {
    let joined = try JoinedStream(
      sample: sample(["c", "a", "d", "b"], sizes: sizes), groundTruth: truth(["a", "b", "c", "d"], sizes: sizes),
      rule: JoinRule(on: "id"))
    #expect(joined.schema.fields.map(\.name) == ["sample.id", "sample.score", "ground_truth.id", "ground_truth.label"])
    let batches = try joined.collect()
    #expect(batches.flatMap { $0.column(named: "ground_truth.label")!.texts } == ["2", "0", "3", "1"])
    #expect(batches.flatMap { $0.column(named: "sample.score")!.texts } == ["0.0", "1.0", "2.0", "3.0"])
    #expect(joined.report.matched == 4)
    #expect(joined.report.missing == 0)
  }

  @Test func `counts and lists the rows that only one side has`() throws {
    let joined = try JoinedStream(
      sample: sample(["x", "a", "y"]), groundTruth: truth(["a", "b", "c"]), rule: JoinRule(on: "id"))
    #expect(try joined.texts("sample.id") == ["a"])
    #expect(joined.report.missingFromGroundTruth == 2)
    #expect(joined.report.firstMissingFromGroundTruth == ["x", "y"])
    #expect(joined.report.missingFromSample == 2)
    #expect(joined.report.firstMissingFromSample == ["b", "c"])
  }

  @Test func `compares integers by value and with text by their digits`() throws {
    let integers = RecordBatch(["k": Column([3, 1, 2] as [Int32])])
    let floats = RecordBatch(["k": Column([1, 2, 3] as [Double])])
    let texts = RecordBatch(["k": Column(["2", "3", "1"] as [String?])])
    for other in [floats, texts] {
      let joined = try JoinedStream(
        sample: stream(integers, sizes: [2]), groundTruth: stream(other, sizes: [2]), rule: JoinRule(on: "k"))
      #expect(try joined.texts("sample.k") == ["3", "1", "2"])
      #expect(joined.report.missing == 0)
    }
  }

  @Test func `refuses a key that occurs twice, and shows it`() throws {
    let inTruth = failure {
      _ = try JoinedStream(sample: sample(["a"]), groundTruth: truth(["a", "b", "a"]), rule: JoinRule(on: "id"))
    }
    #expect(inTruth?.code == .keyDuplicate)
    #expect(inTruth?.message.contains("\"a\"") == true && inTruth?.message.contains("rows 1 and 3") == true)
    let inSample = failure {
      _ = try JoinedStream(sample: sample(["a", "b", "b"]), groundTruth: truth(["a", "b"]), rule: JoinRule(on: "id")).collect()
    }
    #expect(inSample?.code == .keyDuplicate)
    #expect(inSample?.details["row"] == "3")
  }

  @Test func `refuses keys that are missing or cannot be compared`() {
    let null = failure {
      _ = try JoinedStream(sample: sample(["a", nil]), groundTruth: truth(["a"]), rule: JoinRule(on: "id")).collect()
    }
    #expect(null?.code == .keyInvalid)
    #expect(null?.details["row"] == "2")
    let flags = stream(RecordBatch(["id": Column([true] as [Bool?])]), sizes: [1])
    #expect(failure { _ = try JoinedStream(sample: sample(["a"]), groundTruth: flags, rule: JoinRule(on: "id")) }?.code == .keyInvalid)
    #expect(failure { _ = try JoinedStream(sample: sample(["a"]), groundTruth: truth(["a"]), rule: JoinRule(on: .init(sample: "id", groundTruth: "key"))) }?.code == .columnMissing)
    #expect(failure { _ = try JoinedStream(sample: sample(["a"]), groundTruth: truth(["a"]), rule: JoinRule(on: .init(sample: "key", groundTruth: "id"))) }?.code == .columnMissing)
  }

  @Test func `finds every one of many keys`() throws {
    let count = 20_000
    let left = (0..<count).map { Int64(($0 &* 7919) % count) }
    let right = (0..<count).map { Int64($0) }
    let joined = try JoinedStream(
      sample: stream(RecordBatch(["k": Column(left)]), sizes: [999]),
      groundTruth: stream(RecordBatch(["k": Column(right)]), sizes: [1000]), rule: JoinRule(on: "k"))
    let batches = try joined.collect()
    #expect(batches.allSatisfy { $0.columns[0].texts == $0.columns[1].texts })
    #expect(joined.report.matched == count)
  }
}

@Suite struct `Joining by position` {
  private func column(_ count: Int) -> RecordBatch { RecordBatch(["n": Column((0..<count).map { Int64($0) })]) }

  @Test(arguments: [([1], [3]), ([4, 2], [5]), ([100], [1])])
  func `puts rows side by side whatever the batches`(left: [Int], right: [Int]) throws {
    let joined = JoinedStream(byPosition: stream(column(11), sizes: left), groundTruth: stream(column(11), sizes: right))
    let batches = try joined.collect()
    #expect(batches.flatMap { $0.columns[0].texts } == (0..<11).map { String($0) })
    #expect(batches.allSatisfy { $0.columns[0].texts == $0.columns[1].texts })
    #expect(joined.report.matched == 11)
  }

  @Test(arguments: [(5, 7), (7, 5), (0, 3), (3, 0)])
  func `refuses different lengths and names both`(left: Int, right: Int) {
    let error = failure {
      _ = try JoinedStream(byPosition: stream(column(left), sizes: [2]), groundTruth: stream(column(right), sizes: [3])).collect()
    }
    #expect(error?.code == .lengthMismatch)
    #expect(error?.details == ["sample": String(left), "ground_truth": String(right)])
  }
}

@Suite struct `Looking up columns` {
  private func table(_ names: [String]) -> Table {
    let fields = names.map { Field($0, .float64) }
    return Table(MemoryStream(schema: Schema(fields), batches: []), named: "data.csv")
  }

  private func lookup(_ sample: [String], _ truth: [String]? = nil, key: String? = nil) -> ColumnLookup {
    ColumnLookup(sample: table(sample), groundTruth: truth.map(table), joinKey: key)
  }

  @Test func `searches both sides`() throws {
    let lookup = lookup(["id", "p"], ["id", "y"], key: "id")
    #expect(try lookup.column("p").side == .sample)
    #expect(try lookup.column("y").side == .groundTruth)
    #expect(try lookup.column("sample.p").field.name == "p")
    #expect(try lookup.column("ground_truth.y").field.name == "y")
    #expect(try lookup.column("id").isOnBothSides)
    #expect(try lookup.column("y", side: .groundTruth, role: "target").side == .groundTruth)
  }

  @Test func `asks which side is meant where both have the column`() {
    let error = failure { _ = try lookup(["label"], ["label"]).column("label", role: "target") }
    #expect(error?.code == .columnAmbiguous)
    #expect(error?.message.contains("--bind ground_truth.target=label") == true)
  }

  @Test func `takes an exact name before an accessor`() throws {
    let lookup = lookup(["x", "y.len", "y"])
    #expect(try lookup.column("x.values").accessor == "values")
    #expect(try lookup.column("x.values").field.name == "x")
    #expect(try lookup.column("y.len").accessor == nil)
    #expect(failure { _ = try lookup.column("x.value") }?.code == .columnMissing)
  }

  @Test(arguments: [
    ("target", ["id", "label", "s"], "label"), ("score", ["y_true", "y_score"], "y_score"),
    ("prediction", ["y_pred", "y"], "y_pred"), ("weight", ["sample_weight"], "sample_weight"),
    ("score", ["Probability"], "Probability"), ("target", ["targets"], "targets"),
  ])
  func `suggests what an unbound role could be`(role: String, names: [String], expected: String) {
    let error = failure { _ = try lookup(names).unbound(role: role) }
    #expect(error?.code == .columnMissing)
    #expect(error?.message.contains("--bind \(role)=\(expected)") == true, "\(error?.message ?? "")")
  }

  @Test func `binds a role to the column of its own name`() throws {
    #expect(try lookup(["score"]).unbound(role: "score").field.name == "score")
    #expect(lookup(["score"], ["weight"]).hasColumn("weight"))
    #expect(!lookup(["score"], ["weight"]).hasColumn("weights"))
    #expect(failure { _ = try lookup(["score"], ["score"]).unbound(role: "score") }?.code == .columnAmbiguous)
  }

  @Test func `says where a column is missing`() {
    #expect(failure { _ = try lookup(["a"]).column("b", side: .groundTruth) }?.message.contains("--ground-truth") == true)
    #expect(failure { _ = try lookup(["score"]).column("scores") }?.message.contains("Did you mean \"score\"?") == true)
    #expect(failure { _ = try lookup(["a"], ["b"]).column("c") }?.message.contains("Neither") == true)
  }
}
