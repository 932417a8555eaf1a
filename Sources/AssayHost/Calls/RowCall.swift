import AssayArrow
import AssayCore
import CAssayCall

/// A batch of rows, one call for each, through the engine's loop.
struct RowCall {
  let call: LoadedCall
  let services: ServicesTable
  /// Roles whose rows without a value are not scored; the other roles pass nulls on.
  let needsValue: Set<String>

  /// - Throws: `data.missing-column`, `data.type` where a column is not what the
  ///   function takes, `run.interrupted`. What single rows do wrong is in the result.
  func run(_ batch: RecordBatch, firstRow: Int) throws(AssayError) -> ScoredBatch {
    var views = ColumnViews()
    var arguments: [assay_argument] = unsafe []
    for (index, parameter) in call.plan.parameters.enumerated() {
      unsafe arguments.append(
        try argument(parameter, bits: call.constants[index], batch: batch, views: &views))
    }
    let skip = skippedRows(batch)
    // Safety: the views keep the buffers that the arguments point into.
    let scored = unsafe try run(arguments, count: batch.rowCount, skip: skip, firstRow: firstRow)
    withExtendedLifetime(views) {}
    return scored
  }

  private func argument(
    _ parameter: CallPlan.Parameter, bits: UInt64, batch: RecordBatch, views: inout ColumnViews
  ) throws(AssayError) -> assay_argument {
    var argument = unsafe assay_argument()
    unsafe argument.type = parameter.type.rawValue
    unsafe argument.bits = bits
    switch parameter.source {
    case .score(let type):
      unsafe argument.kind = UInt8(ASSAY_ARGUMENT_SCORE)
      unsafe argument.pointee = type.rawValue
    case .element(let role):
      let view = try views.view(of: role, in: batch)
      try view.check(role, holds: parameter.type)
      unsafe argument.kind = UInt8(view.type == .bool ? ASSAY_ARGUMENT_BIT : ASSAY_ARGUMENT_ELEMENT)
      unsafe argument.width = UInt8(parameter.type.byteCount)
      unsafe argument.base = view.values
      unsafe argument.validity = view.validity?.assumingMemoryBound(to: UInt8.self)
    case .textPointer(let role, let size):
      unsafe try setText(&argument, ASSAY_ARGUMENT_TEXT_POINTER, role, batch, &views)
      unsafe argument.width = UInt8(clamping: size)
    case .textLength(let role):
      unsafe try setText(&argument, ASSAY_ARGUMENT_TEXT_LENGTH, role, batch, &views)
    case .textTerminated(let role):
      unsafe try setText(&argument, ASSAY_ARGUMENT_TEXT_TERMINATED, role, batch, &views)
    default:
      unsafe argument.kind = UInt8(ASSAY_ARGUMENT_CONSTANT)
    }
    return unsafe argument
  }

  @unsafe
  private func setText(
    _ argument: inout assay_argument, _ kind: Int, _ role: String, _ batch: RecordBatch,
    _ views: inout ColumnViews
  ) throws(AssayError) {
    let view = try views.view(of: role, in: batch)
    try view.checkText(role)
    unsafe argument.kind = UInt8(kind)
    unsafe argument.width = 1
    unsafe argument.offset_width = view.hasLargeOffsets ? 8 : 4
    unsafe argument.base = view.offsets
    unsafe argument.data = view.data
    unsafe argument.validity = view.validity?.assumingMemoryBound(to: UInt8.self)
  }

  /// A byte a row that is not 0 where a value is missing; empty where none is.
  private func skippedRows(_ batch: RecordBatch) -> [UInt8] {
    var skip: [UInt8] = []
    for (field, column) in zip(batch.schema.fields, batch.columns)
    where column.nullCount > 0 && needsValue.contains(field.name) {
      if skip.isEmpty { skip = [UInt8](repeating: 0, count: batch.rowCount) }
      for row in 0..<batch.rowCount where !column.isValid(row) { skip[row] = 1 }
    }
    return skip
  }

  @unsafe
  private func run(
    _ arguments: [assay_argument], count: Int, skip: [UInt8], firstRow: Int
  ) throws(AssayError) -> ScoredBatch {
    var scores = [Double](repeating: .nan, count: count)
    var codes = [UInt8](repeating: UInt8(ASSAY_OUTCOME_UNSCORED), count: count)
    var failures = [assay_failure](
      repeating: assay_failure(), count: min(count, ScoredBatch.errorLimit))
    var failureCount = 0
    var rows = unsafe call.plan.rowLoop(interface: call.interface, function: call.function)
    unsafe rows.count = Int64(count)
    unsafe rows.first_row = Int64(firstRow)
    unsafe rows.failure_capacity = failures.count
    unsafe rows.cancelled = tableCancelled
    unsafe rows.cancelled_context = services.context
    let ok = call.plan.okValues
    unsafe rows.ok_count = ok.count
    // Safety: every address below stays valid for the closure that it came with.
    let done = unsafe arguments.withUnsafeBufferPointer { arguments in
      unsafe scores.withUnsafeMutableBufferPointer { scores in
        unsafe codes.withUnsafeMutableBufferPointer { codes in
          unsafe failures.withUnsafeMutableBufferPointer { failures in
            unsafe skip.withUnsafeBufferPointer { skip in
              unsafe ok.withUnsafeBufferPointer { ok in
                unsafe rows.arguments = arguments.baseAddress
                unsafe rows.scores = scores.baseAddress
                unsafe rows.outcomes = codes.baseAddress
                unsafe rows.failures = failures.baseAddress
                unsafe rows.skip = skip.isEmpty ? nil : skip.baseAddress
                unsafe rows.ok_values = ok.baseAddress
                return unsafe Int(assay_call_rows(&rows, &failureCount))
              }
            }
          }
        }
      }
    }
    guard done == count else { throw interruption }
    let errors = failures.prefix(failureCount).map { failure in
      ScoredBatch.RowError(
        row: firstRow + Int(failure.row), message: call.plan.message(for: failure))
    }
    // Mostly every row has a score, and nothing is written for each of them.
    guard codes.contains(where: { $0 != UInt8(ASSAY_OUTCOME_SCORED) }) else {
      return ScoredBatch(scores: scores)
    }
    return ScoredBatch(
      scores: scores, outcomes: codes.map(Outcome.init(engineCode:)), errors: errors,
      errorCount: failureCount)
  }

  private var interruption: AssayError {
    services.services.isCancelled()
      ? AssayError(.interrupted, "\(call.plan.symbol) was stopped.")
      : AssayError(.pluginResource, "There is no memory to lay out the texts of a batch for \(call.plan.symbol).")
  }
}

extension Outcome {
  fileprivate init(engineCode code: UInt8) {
    switch Int(code) {
    case ASSAY_OUTCOME_SCORED: self = .scored
    case ASSAY_OUTCOME_ERRORED: self = .errored
    default: self = .unscored
    }
  }
}

extension CallPlan {
  var okValues: [Int64] {
    if case .status(let ok) = returns { ok } else { [] }
  }

  /// What the engine needs to know that does not depend on the batch.
  @unsafe
  fileprivate func rowLoop(interface: CallInterface, function: FunctionAddress) -> assay_rows {
    var rows = unsafe assay_rows()
    unsafe rows.interface = interface.raw
    unsafe rows.function = function.raw
    unsafe rows.return_kind = UInt8(returns.engineCode)
    unsafe rows.undefined = undefined.rawValue
    unsafe rows.wants_errno = checksErrno ? 1 : 0
    return unsafe rows
  }

  /// Why a row errored, in words.
  fileprivate func message(for failure: assay_failure) -> String {
    switch Int(failure.kind) {
    case ASSAY_FAILURE_EXCEPTION: "\(symbol) threw an exception: \(failure.repairedText)"
    case ASSAY_FAILURE_STATUS: "\(symbol) returned the status \(failure.code)"
    case ASSAY_FAILURE_ERRNO: "\(symbol) set errno to \(failure.code) (\(systemMessage(failure.code)))"
    case ASSAY_FAILURE_NAN:
      writtenScore == nil
        ? "\(symbol) returned NaN, and its description does not say that NaN means undefined"
        : "\(symbol) wrote no score, or NaN, and its description does not say that NaN means undefined"
    case ASSAY_FAILURE_INNER_ZERO:
      "the text for \"\(name(of: failure.code))\" holds a zero byte, which would end it early; bind .ptr and .len instead"
    case ASSAY_FAILURE_LENGTH:
      "the text is longer than the parameter \"\(name(of: failure.code))\" can say"
    case ASSAY_FAILURE_CALLBACK: "\(symbol) called an evaluator that failed: \(failure.repairedText)"
    default: "\(symbol) failed"
    }
  }

  private func name(of parameter: Int64) -> String {
    parameters.indices.contains(Int(parameter)) ? parameters[Int(parameter)].name : "?"
  }
}

extension CallPlan.Return {
  var engineCode: Int {
    switch self {
    case .ignored: ASSAY_RETURN_IGNORED
    case .score: ASSAY_RETURN_SCORE
    case .status: ASSAY_RETURN_STATUS
    case .truth: ASSAY_RETURN_TRUTH
    }
  }
}
