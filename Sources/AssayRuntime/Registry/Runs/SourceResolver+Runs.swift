import AssayCore
import AssayJSON
import AssayStore

/// What an earlier run was about, as a side of another one.
extension SourceResolver {
  /// The sample of a run: the very bytes that it was about; where these are gone or have changed,
  /// the outputs that were kept with its rows.
  ///
  /// - Parameter side: Of the new run.
  /// - Throws: `registry.not-found`; `registry.invalid` for a run of several models of which
  ///   none is named; `run.source-changed` where no outputs were kept either.
  func sample(ofRun id: String, model: String?, _ side: Side) throws(AssayError) -> ResolvedSource {
    let run = try registry.store.run(id, scope: registry.scope)
    let parts = try self.parts(of: run, model)
    guard parts.count == 1, let part = parts.first else {
      let models = parts.compactMap(\.model)
      throw AssayError(
        .invalidField,
        "The run \(id) has several models: say which one is meant, as in run:\(id)/\(models.first ?? "MODEL").",
        details: ["field": side.rawValue, "run": id])
    }
    var source = part.sample
    if let fault = fault(of: source, run) { source = try outputs(of: run, part, side, orThrow: fault) }
    source.name = "run:\(id)" + (part.model.map { "/\($0)" } ?? "")
    source.origin["run"] = .string(id)
    return source
  }

  /// Why the sample of a run cannot be read again; nil where it can.
  private func fault(of sample: ResolvedSource, _ run: StoredRun) -> AssayError? {
    guard run.kind == .assay else {
      return AssayError(
        .invalidField, "The run \(run.id) was imported, and its rows have no outputs.",
        details: ["run": run.id])
    }
    do throws(AssayError) {
      try sample.verify()
      return nil
    } catch { return error }
  }

  private func parts(of run: StoredRun, _ model: String?) throws(AssayError) -> [ResolvedPart] {
    guard run.kind == .assay else {
      return [ResolvedPart(model: model, sample: ResolvedSource(name: run.id, kind: "run", path: ""))]
    }
    let parts = try ResolvedPart.parts(run.sources)
    guard let model else { return parts }
    let found = parts.filter { $0.model.map { RunSide.isModel($0, named: model) } ?? false }
    guard found.isEmpty else { return found }
    let known = parts.compactMap(\.model)
    throw AssayError(
      .notFound, "The run \(run.id) has no model \"\(model)\".\(suggestion(for: model, in: known))",
      details: ["run": run.id, "model": model])
  }

  /// A copy of what the rows of a run hold: `key`, under the name of the run's join key too,
  /// `output` and `expected`.
  private func outputs(
    of run: StoredRun, _ part: ResolvedPart, _ side: Side, orThrow fault: AssayError
  ) throws(AssayError) -> ResolvedSource {
    let position = run.evaluators.firstIndex { $0.model == part.model } ?? 0
    let copy = try SourceCopy(in: copies, name: side.rawValue)
    let key = run.config["join_on"]?.stringValue
    var count = 0
    try store.eachRow(ofRun: run.number, RowFilter(evaluator: position)) { rows throws(AssayError) in
      for row in rows {
        guard let output = row.output else { continue }
        var object: JSONObject = ["key": JSONValue(row.key), "output": .string(output)]
        object["expected"] = JSONValue(row.expected)
        if let key { object[key] = JSONValue(row.key) }
        try copy.add(line: JSONValue.object(object).text())
        count += 1
      }
    }
    try copy.finish()
    guard count > 0 else { throw fault }
    var resolved = ResolvedSource(name: "run:\(run.id)", kind: "run", path: WorkingDirectory.absolute(copy.path))
    resolved.sha256 = sha256(sourceAt: copy.path, isCancelled: { false })
    resolved.rows = count
    return resolved
  }
}

extension ResolvedSource {
  /// Takes some of the rows that are taken.
  ///
  /// - Throws: `registry.invalid` for a range that is beyond them.
  mutating func narrow(to wanted: Range<Int>, _ side: Side) throws(AssayError) {
    let first = range?.lowerBound ?? 0
    let end = min(range?.upperBound ?? .max, rows ?? .max)
    let (low, isFar) = first.addingReportingOverflow(wanted.lowerBound)
    guard !isFar, low < end else {
      throw AssayError(
        .invalidField, "The range \(wanted.text) is empty: \(name) has \(end - first) rows, counted from 0.",
        details: ["field": side.rawValue])
    }
    let (high, isOpen) = first.addingReportingOverflow(wanted.upperBound)
    range = low..<min(end, isOpen ? .max : high)
  }
}
