import AssayArrow
import AssayCore
import CAssayCall

/// A batch of rows in one call: the function sees whole columns.
struct ColumnCall {
  let call: LoadedCall
  let services: ServicesTable
  /// Roles whose rows without a value have no score.
  let needsValue: Set<String>

  /// A score for each row, from the array that the function fills.
  func run(_ batch: RecordBatch, firstRow: Int) throws(AssayError) -> ScoredBatch {
    let type = call.plan.writtenScore ?? .double
    let count = batch.rowCount
    // NaN everywhere first, so that a row that was left out shows.
    var scores = [Double](repeating: .nan, count: type == .double ? max(1, count) : 0)
    var words = [UInt64](
      repeating: type.unwrittenPattern, count: type == .double ? 0 : count * type.byteCount / 8 + 1)
    var validity = [UInt64](repeating: ~0, count: tellsValidity ? count / 64 + 1 : 0)
    do throws(AssayError) {
      if type == .double {
        _ = try invoke(batch, scores: &scores, validity: &validity)
      } else {
        _ = try invoke(batch, scores: &words, validity: &validity)
        scores = doubles(words, type: type, count: count)
      }
    } catch {
      guard error.code == .pluginException || error.code == .pluginFailed else { throw error }
      return failed(count, firstRow: firstRow, error.message)
    }
    if count == 0 { scores = [] }
    return scored(scores, validity: validity, batch: batch, firstRow: firstRow)
  }

  /// The one number that the function returns or writes.
  func reduce(_ batch: RecordBatch) throws(AssayError) -> ReductionResult {
    let type = call.plan.writtenScore
    var words: [UInt64] = [(type ?? .double).unwrittenPattern]
    var validity: [UInt64] = tellsValidity ? [~0] : []
    let bits = try invoke(batch, scores: &words, validity: &validity)
    var value = assay_bits_to_double(call.plan.result.rawValue, bits)
    if let type { value = assay_bits_to_double(type.rawValue, words[0]) }
    if call.plan.returns == .truth { value = bits != 0 ? 1 : 0 }
    let rows = batch.rowCount
    if call.plan.undefined == .negative, value < 0 {
      return ReductionResult(value: nil, reason: "\(call.plan.symbol) says that it is undefined", rows: rows)
    }
    if value.isNaN {
      return ReductionResult(value: nil, reason: "\(call.plan.symbol) returned NaN", rows: rows)
    }
    return ReductionResult(value: value, reason: nil, rows: rows)
  }

  /// One guarded call. - Throws: also where the status or errno says so.
  private func invoke<Word: BitwiseCopyable>(
    _ batch: RecordBatch, scores: inout [Word], validity: inout [UInt64]
  ) throws(AssayError) -> UInt64 {
    if services.services.isCancelled() {
      throw AssayError(.interrupted, "\(call.plan.symbol) was stopped.")
    }
    var memory = ColumnArguments()
    var arguments = call.constants
    for (index, parameter) in call.plan.parameters.enumerated() {
      if let bits = try memory.bits(parameter.source, type: parameter.type, batch: batch) {
        arguments[index] = bits
      }
    }
    var number: Int32 = 0
    let outcome: Result<UInt64, AssayError> = unsafe scores.withUnsafeMutableBytes { scores in
      unsafe validity.withUnsafeMutableBytes { validity in
        for (index, parameter) in call.plan.parameters.enumerated() {
          switch parameter.source {
          case .score: arguments[index] = UInt64(UInt(bitPattern: scores.baseAddress))
          case .scoreValidity: arguments[index] = UInt64(UInt(bitPattern: validity.baseAddress))
          default: continue
          }
        }
        do throws(AssayError) {
          // Safety: `memory` keeps what the arguments point to, the closures the scores.
          return .success(
            try unsafe call.function.call(
              call.interface, arguments, errorNumber: &number, as: call.plan.symbol))
        } catch { return .failure(error) }
      }
    }
    withExtendedLifetime(memory) {}
    let bits = try outcome.get()
    if call.plan.checksErrno, number != 0 {
      throw AssayError(
        .pluginFailed, "\(call.plan.symbol) set errno to \(number) (\(systemMessage(Int64(number))))")
    }
    if case .status(let ok) = call.plan.returns, !ok.contains(Int64(bitPattern: bits)) {
      throw AssayError(
        .pluginFailed, "\(call.plan.symbol) returned the status \(Int64(bitPattern: bits))")
    }
    return bits
  }

  private func failed(_ count: Int, firstRow: Int, _ message: String) -> ScoredBatch {
    ScoredBatch(
      scores: [Double](repeating: .nan, count: count),
      outcomes: [Outcome](repeating: .errored, count: count),
      errors: count == 0 ? [] : [ScoredBatch.RowError(row: firstRow, message: message)], errorCount: count)
  }

  /// Whether the function says itself which scores there are.
  private var tellsValidity: Bool {
    call.plan.parameters.contains { $0.source == .scoreValidity }
  }

  private func scored(
    _ scores: [Double], validity: [UInt64], batch: RecordBatch, firstRow: Int
  ) -> ScoredBatch {
    var result = ScoredBatch(scores: scores)
    let nullable = zip(batch.schema.fields, batch.columns)
      .filter { $1.nullCount > 0 && needsValue.contains($0.name) }.map(\.1)
    // Mostly every row has a score, and one quick look tells.
    let isPlain = nullable.isEmpty && call.plan.undefined != .negative
      && validity.allSatisfy { $0 == ~0 }
    if isPlain, !scores.span.holdsAny(where: { $0 .!= $0 }) { return result }
    for row in scores.indices {
      let score = scores[row]
      let isGiven = validity.isEmpty || validity[row >> 6] >> UInt64(row & 63) & 1 == 1
      if !isGiven || nullable.contains(where: { !$0.isValid(row) })
        || call.plan.undefined == .negative && score < 0
        || call.plan.undefined == .nan && score.isNaN
      {
        result.leaveOut(row)
      } else if score.isNaN {
        result.fail(
          row, firstRow: firstRow,
          "\(call.plan.symbol) wrote no score, or NaN, and its description does not say that NaN means undefined")
      }
    }
    return result
  }

  private func doubles(_ words: [UInt64], type: ValueType, count: Int) -> [Double] {
    unsafe words.withUnsafeBytes { bytes in
      (0..<count).map { row in
        // Safety: there are at least `count` values of the type's width.
        if type == .double { return unsafe bytes.load(fromByteOffset: row * 8, as: Double.self) }
        var bits: UInt64 = 0
        for byte in 0..<type.byteCount {
          bits |= unsafe UInt64(bytes[row * type.byteCount + byte]) << UInt64(8 * byte)
        }
        return assay_bits_to_double(type.rawValue, bits)
      }
    }
  }
}

extension ValueType {
  /// Eight bytes of "not written": NaN of a floating-point type, else 0.
  fileprivate var unwrittenPattern: UInt64 {
    switch self {
    case .double: Double.nan.bitPattern
    case .float: UInt64(Float.nan.bitPattern) << 32 | UInt64(Float.nan.bitPattern)
    default: 0
    }
  }
}
