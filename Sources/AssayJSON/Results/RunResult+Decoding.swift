public import AssayCore

extension RunResult {
  /// A result from its document.
  ///
  /// Members that are not known are passed over, so that a document with
  /// additions can be read.
  /// - Throws: ``AssayError/Code/notAResult`` with the path where the document
  ///   departs; ``AssayError/Code/unknownResultVersion``.
  public init(json: JSONValue) throws(AssayError) {
    let document = JSONCursor(value: json, path: "$")
    let version = try document.member("assay").string()
    guard version == Self.documentVersion else {
      throw AssayError(
        .unknownResultVersion,
        "The result is a document of version \"\(version)\"; this Assay reads version \"\(Self.documentVersion)\". Use the Assay that wrote it, or a newer one."
      )
    }
    self.init(
      run: try RunInformation(try document.member("run")),
      sources: try document.member("sources").list(SourceInformation.init),
      evaluators: try document.member("evaluators").elements().decoded(EvaluatorResult.init),
      verdict: try document.optional("verdict")?.word(),
      exitCode: try ExitCode(document.member("exit_code")),
      warnings: try document.optional("warnings")?.elements().decoded { cursor throws(AssayError) in
        try cursor.string()
      } ?? [],
      states: try document.optional("states").map { cursor throws(AssayError) in
        StatesReference(
          file: try cursor.member("file").string(), sha256: try cursor.member("sha256").string())
      })
  }
}

extension [JSONCursor] {
  func decoded<T>(_ decode: (JSONCursor) throws(AssayError) -> T) throws(AssayError) -> [T] {
    var values: [T] = []
    values.reserveCapacity(count)
    for cursor in self { values.append(try decode(cursor)) }
    return values
  }
}

extension JSONCursor {
  /// The members of an object as values that know their name.
  func list<T>(_ decode: (String, JSONCursor) throws(AssayError) -> T) throws(AssayError) -> [T] {
    var values: [T] = []
    for (name, cursor) in try members() { values.append(try decode(name, cursor)) }
    return values
  }
}

extension ExitCode {
  fileprivate init(_ cursor: JSONCursor) throws(AssayError) {
    guard let code = Int32(exactly: try cursor.integer()) else {
      throw cursor.failure(expected: "an exit code")
    }
    self.init(rawValue: code)
  }
}

extension RunInformation {
  fileprivate init(_ cursor: JSONCursor) throws(AssayError) {
    self.init(
      id: try cursor.member("id").string(),
      createdAt: try cursor.member("created_at").string(),
      status: try cursor.member("status").word(),
      durationSeconds: try cursor.optional("duration_seconds")?.double() ?? 0,
      seed: try Self.seed(cursor.member("seed")))
  }

  private static func seed(_ cursor: JSONCursor) throws(AssayError) -> UInt64 {
    if let text = cursor.value.stringValue, let seed = UInt64(text) { return seed }
    guard let seed = UInt64(exactly: try cursor.integer()) else {
      throw cursor.failure(expected: "a seed of 0 or more")
    }
    return seed
  }
}

extension SourceInformation {
  fileprivate init(_ name: String, _ cursor: JSONCursor) throws(AssayError) {
    self.init(
      side: try JSONCursor(value: .string(name), path: cursor.path).word(),
      uri: try cursor.member("uri").string(),
      rows: try cursor.member("rows").integer(),
      sha256: try cursor.optional("sha256")?.string())
  }
}

extension EvaluatorResult {
  fileprivate init(_ cursor: JSONCursor) throws(AssayError) {
    self.init(
      evaluator: try cursor.member("evaluator").string(),
      version: try cursor.optional("version")?.string() ?? "",
      kind: try cursor.member("type").word(),
      mode: try cursor.member("mode").word(),
      task: try cursor.member("task").word(),
      model: try cursor.optional("model")?.string(),
      implementation: try cursor.optional("implementation")?.string(),
      fingerprint: try cursor.member("fingerprint").string(),
      headline: try cursor.optional("headline")?.string(),
      bindings: try cursor.optional("bindings")?.list(BoundColumn.init) ?? [],
      metrics: try cursor.member("metrics").list(MetricResult.init),
      tables: try cursor.member("tables").list(ResultTable.init),
      counts: try Counts(cursor.member("counts")),
      slices: try cursor.member("slices").elements().decoded(SliceResult.init),
      thresholds: try cursor.member("thresholds").elements().decoded(ThresholdResult.init),
      verdict: try cursor.optional("verdict")?.word(),
      problems: try cursor.optional("problems")?.elements().decoded(RowProblem.init) ?? [])
  }
}

extension BoundColumn {
  fileprivate init(_ role: String, _ cursor: JSONCursor) throws(AssayError) {
    self.init(
      role: role,
      side: try cursor.member("side").word(),
      column: try cursor.member("column").string(),
      isByName: try cursor.optional("by_name")?.bool() ?? false)
  }
}

extension SliceResult {
  fileprivate init(_ cursor: JSONCursor) throws(AssayError) {
    let keys = try cursor.member("by").list { name, value throws(AssayError) in
      SliceResult.Key(column: name, value: try value.string())
    }
    self.init(
      by: keys,
      rows: try cursor.member("rows").integer(),
      metrics: try cursor.member("metrics").list(MetricResult.init),
      tables: try cursor.member("tables").list(ResultTable.init),
      counts: try Counts(cursor.member("counts")))
  }
}

extension Counts {
  fileprivate init(_ cursor: JSONCursor) throws(AssayError) {
    self.init()
    total = try cursor.member("total").count()
    scored = try cursor.member("scored").count()
    passed = try cursor.member("passed").count()
    failed = try cursor.member("failed").count()
    unscored = try cursor.member("unscored").count()
    errored = try cursor.member("errored").count()
    skipped = try cursor.member("skipped").count()
    missing = try cursor.member("missing").count()
  }
}

extension ThresholdResult {
  fileprivate init(_ cursor: JSONCursor) throws(AssayError) {
    self.init(
      expression: try cursor.member("expression").string(),
      observed: try cursor.optional("observed")?.double(),
      verdict: try cursor.member("verdict").word(),
      reason: try cursor.optional("reason")?.string(),
      rowsNeeded: try cursor.optional("rows_needed")?.integer())
  }
}

extension RowProblem {
  fileprivate init(_ cursor: JSONCursor) throws(AssayError) {
    self.init(
      row: try cursor.optional("row")?.integer(),
      key: try cursor.optional("key")?.string(),
      outcome: try cursor.member("outcome").string(),
      cause: try cursor.member("cause").word(),
      message: try cursor.member("message").string())
  }
}
