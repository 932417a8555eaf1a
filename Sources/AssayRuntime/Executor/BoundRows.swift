import AssayArrow
import AssayCore

/// The rows of a chunk as one evaluator sees them.
struct BoundRows {
  /// A column for each role, without the rows that were left out.
  var batch: RecordBatch
  /// The rows of the chunk that are in the batch; nil where it is all of them.
  var rows: [Int32]?
  /// For each row of the chunk what became of it, where some were left out.
  var fates: [Fate]?

  enum Fate: UInt8 {
    case kept, unselected, skipped, missing
  }

  /// Counts of what was left out among some rows of the chunk; the rest is `kept`.
  func counts(among chunkRows: some Collection<Int32>) -> (counts: Counts, kept: Int) {
    var counts = Counts()
    counts.total = chunkRows.count
    guard let fates else { return (counts, counts.total) }
    for row in chunkRows {
      switch fates[Int(row)] {
      case .skipped: counts.skipped += 1
      case .missing: counts.missing += 1
      case .kept, .unselected: break
      }
    }
    return (counts, counts.total - counts.skipped - counts.missing)
  }

  /// Where rows of the chunk stand in the batch; those left out are dropped.
  func positions(of chunkRows: [Int32]) -> [Int32] {
    guard let rows, let fates else { return chunkRows }
    var place = [Int32](repeating: -1, count: fates.count)
    for (position, row) in rows.enumerated() { place[Int(row)] = Int32(position) }
    return chunkRows.compactMap { place[Int($0)] >= 0 ? place[Int($0)] : nil }
  }

  /// The error of an evaluator about a row, with the row's number in the source:
  /// counted from 1 as everywhere in messages, and with the rows that were left out.
  func located(_ error: AssayError, firstRow: Int) -> AssayError {
    guard let told = error.details["row"].flatMap({ Int($0) }) else { return error }
    let position = told - firstRow
    guard position >= 0, position < batch.rowCount else { return error }
    let row = String(firstRow + chunkRow(position) + 1)
    var error = error
    error.details["row"] = row
    error.message = error.message.replacing(" at row \(told):", with: " at row \(row):", maxReplacements: 1)
    return error
  }

  /// The row of the chunk behind a row of the batch.
  func chunkRow(_ position: Int) -> Int {
    rows.map { Int($0[position]) } ?? position
  }
}

extension EvaluatorPlan {
  /// Brings a chunk's columns into the evaluator's roles and types, and leaves out
  /// the rows without a value.
  ///
  /// - Throws: `data.null` and `data.out-of-range` with the column and the row, and
  ///   what a cast throws.
  func bind(_ chunk: Chunk, cluster: Int?) throws(AssayError) -> BoundRows {
    var fates: [BoundRows.Fate]?
    if let selected = chunk.selected, selected.count < chunk.batch.rowCount {
      var all = [BoundRows.Fate](repeating: .unselected, count: chunk.batch.rowCount)
      for row in selected { all[Int(row)] = .kept }
      fates = all
    }
    var columns: [Column] = []
    for input in inputs {
      let column = chunk.batch.columns[input.position]
      try input.leaveOut(column, chunk, &fates)
      columns.append(column)
    }
    var rows: [Int32]?
    if let fates {
      let kept = chunk.batch.rowNumbers.filter { fates[Int($0)] == .kept }
      if kept.count < fates.count {
        rows = kept
        columns = columns.map { $0.gather(kept) }
      }
    }
    var bound: [Column] = []
    for (input, column) in zip(inputs, columns) {
      bound.append(try input.prepare(column, chunk, rows))
    }
    var fields = zip(inputs, bound).map { Field($0.role, $1.type) }
    let count = rows?.count ?? chunk.batch.rowCount
    if let rowIdentity {
      bound.append(rowIdentity.column(chunk, rows: rows ?? chunk.batch.rowNumbers, cluster: cluster))
      fields.append(Field(rowIdentity.role, bound[bound.count - 1].type))
    }
    let batch = RecordBatch(schema: Schema(fields), columns: bound, rowCount: count)
    return BoundRows(batch: batch, rows: rows, fates: rows == nil ? nil : fates)
  }
}

extension PlannedIdentity {
  fileprivate func column(_ chunk: Chunk, rows: [Int32], cluster: Int?) -> Column {
    let column = cluster.map { SliceColumn(chunk.batch.columns[$0]) }
    let ids = rows.map { chunk.identity(of: Int($0), cluster: column) }
    return isSigned ? Column(ids.map { Int64(bitPattern: $0) }) : Column(ids)
  }
}

extension PlannedInput {
  /// Marks the rows without a value; those already left out stay as they are.
  fileprivate func leaveOut(
    _ column: Column, _ chunk: Chunk, _ fates: inout [BoundRows.Fate]?
  ) throws(AssayError) {
    guard nulls != .pass else { return }
    let absent = column.missingRows()
    guard !absent.isEmpty else { return }
    for row in absent where fates?[Int(row)] ?? .kept == .kept {
      guard nulls != .error else { throw self.absent(column, row: chunk.firstRow + Int(row)) }
      if fates == nil {
        fates = [BoundRows.Fate](repeating: .kept, count: chunk.batch.rowCount)
      }
      fates?[Int(row)] = nulls == .missing ? .missing : .skipped
    }
  }

  private func absent(_ column: Column, row: Int) -> AssayError {
    AssayError(
      .nullValue,
      "Column \"\(self.column)\", row \(row + 1): there is no value, and the role \"\(role)\" "
        + "needs one. Leave such rows out with --nulls skip.",
      details: ["column": self.column, "row": String(row + 1), "role": role])
  }

  fileprivate func prepare(
    _ column: Column, _ chunk: Chunk, _ rows: [Int32]?
  ) throws(AssayError) -> Column {
    let result: Column
    do throws(AssayError) {
      result = try cast(column, chunk.firstRow)
    } catch {
      throw located(error, column, chunk, rows)
    }
    guard let (row, value) = result.firstOutside(low: range.lower, high: range.upper) else {
      return result
    }
    let number = chunk.firstRow + (rows.map { Int($0[row]) } ?? row) + 1
    throw AssayError(
      .outOfRange,
      "Column \"\(self.column)\", row \(number): the role \"\(role)\" takes \(range.text), not \(value).",
      details: ["column": self.column, "row": String(number), "role": role])
  }
}

extension PlannedInput {
  /// The same error with the row's own number, where rows before it were left out.
  private func located(
    _ error: AssayError, _ column: Column, _ chunk: Chunk, _ rows: [Int32]?
  ) -> AssayError {
    guard let rows, let row = error.details["row"].flatMap({ Int($0) }) else { return error }
    let position = row - 1 - chunk.firstRow
    guard rows.indices.contains(position) else { return error }
    do throws(AssayError) {
      _ = try cast(
        column.slice(offset: position, count: 1), chunk.firstRow + Int(rows[position]))
      return error
    } catch let located {
      return located
    }
  }
}

extension MetricRange {
  fileprivate var text: String {
    switch (lower, upper) {
    case (let lower?, let upper?): "numbers from \(shortText(lower)) to \(shortText(upper))"
    case (let lower?, nil): "numbers from \(shortText(lower))"
    case (nil, let upper?): "numbers up to \(shortText(upper))"
    case (nil, nil): "any number"
    }
  }
}
