import AssayArrow
import AssayCore
import AssayData

/// The items of several sides, side by side: by key where the sides have one, else by position.
///
/// Items come in the first side's order; the others are held in memory where there is a key.
final class ItemJoin: BatchStream {
  let schema: Schema
  /// Where the columns of each side begin.
  let offsets: [Int]
  /// Where the first side's key stands.
  let key: Int?
  private let names: [String]
  private let stream: any BatchStream
  private let joins: [JoinedStream]

  /// - Throws: `compare.sides` where only some sides have the key; what reading and
  ///   joining the sides throws.
  init(_ sides: [(name: String, rows: RunRows)], key wanted: String?) throws(AssayError) {
    names = sides.map(\.name)
    let keys = sides.map { side in side.rows.keyPosition.map { side.rows.stream.schema.fields[$0].name } }
    let isKeyed = keys.contains { $0 != nil } || wanted != nil
    if isKeyed, let lacking = keys.firstIndex(of: nil) {
      throw AssayError(
        .columnMissing, "Side \(names[lacking]) has no column \"\(wanted ?? "")\" to join the items on.",
        details: ["column": wanted ?? "", "side": names[lacking]])
    }
    var stream = sides[0].rows.stream
    var key = keys[0]
    var joins: [JoinedStream] = []
    var offsets = [0]
    for (index, side) in sides.enumerated().dropFirst() {
      offsets.append(stream.schema.fields.count)
      let joined: JoinedStream
      if let left = key, let right = keys[index] {
        var rule = JoinRule(on: JoinRule.Key(sample: left, groundTruth: right))
        rule.names = [.sample: "side \(names[0])", .groundTruth: "side \(side.name)"]
        do throws(AssayError) {
          joined = try JoinedStream(sample: stream, groundTruth: side.rows.stream, rule: rule)
        } catch { throw error.about(names[0], side.name) }
      } else {
        joined = JoinedStream(byPosition: stream, groundTruth: side.rows.stream)
      }
      joins.append(joined)
      stream = joined
      key = key.map { "\(Side.sample.rawValue).\($0)" }
    }
    self.offsets = offsets
    self.joins = joins
    self.stream = stream
    self.key = key.flatMap { stream.schema.index(of: $0) }
    schema = stream.schema
  }

  func next() throws(AssayError) -> RecordBatch? {
    do throws(AssayError) { return try stream.next() } catch { throw error.about(names[0], names[1]) }
  }

  /// The first keys of a side's items that another side lacks; complete after the last batch.
  func firstUnmatched(ofSide index: Int) -> [String] {
    guard index == 0 else { return joins[index - 1].report.firstMissingFromSample }
    for join in joins where !join.report.firstMissingFromGroundTruth.isEmpty {
      return join.report.firstMissingFromGroundTruth
    }
    return []
  }
}

extension AssayError {
  /// The same error in the words of a comparison, where the two sides are two models.
  fileprivate func about(_ first: String, _ second: String) -> AssayError {
    if code == .lengthMismatch, let a = details["sample"], let b = details["ground_truth"] {
      return AssayError(
        .comparisonItems,
        "Side \(first) has \(a) items and side \(second) has \(b). Name a column that both have with "
          + "--join-on, so that the same items meet; or compare them as independent samples with --unpaired.", details: [first: a, second: b])
    }
    guard [.keyDuplicate, .keyInvalid, .columnMissing].contains(code) else { return self }
    var error = self
    for (words, name) in [("sample", first), ("ground truth", second)] {
      error.message = error.message.replacing("The \(words) ", with: "Side \(name) ")
        .replacing("the \(words)", with: "side \(name)")
    }
    error.message = error.message.replacing("\"\(Side.sample.rawValue).", with: "\"")
    if let side = details["side"] { error.details["side"] = side == Side.sample.rawValue ? first : second }
    return error
  }
}
