public import AssayCore
import AssayHost
public import AssayJSON
public import AssayStore

extension Registry {
  /// Adds an evaluator; a container whose label is new is made with it.
  ///
  /// - Parameters:
  ///   - fields: As ``EvaluatorSpecification/init(json:)`` takes them; without a `mode`, a
  ///     plugin's evaluator has its own.
  ///   - id: An id of the caller's choice.
  /// - Throws: `registry.invalid` with the field, `registry.conflict` for a name or an id
  ///   that is taken, `plugin.unknown-evaluator`, `parameter.…`, `threshold.out-of-range`,
  ///   `threshold.no-direction`.
  public func createEvaluator(
    _ fields: JSONObject, id: String? = nil
  ) throws(AssayError) -> StoredEvaluator {
    let (specification, fingerprint) = try checked(fields)
    return try store.createEvaluator(specification, fingerprint: fingerprint, id: id, scope: scope)
  }

  /// The evaluator of that name or id, also at `NAME@VERSION`, or one that is installed.
  ///
  /// - Throws: `registry.not-found` with near names.
  public func evaluator(_ reference: String) throws(AssayError) -> RegisteredEvaluator {
    if let installed = try installed(reference) { return installed }
    do throws(AssayError) {
      return .stored(try store.evaluator(reference, scope: scope))
    } catch where error.code == .notFound && !error.message.contains("Did you mean") {
      let near = suggestion(for: reference, in: installedNames)
      throw AssayError(.notFound, error.message + near, details: error.details)
    }
  }

  /// The evaluators that are installed, and behind them those that are kept.
  ///
  /// No code of plugins runs that did not come with Assay; their fingerprint is nil here.
  /// - Parameter filter: With a container, or another type than `plugin`, those that are
  ///   installed are left out.
  public func evaluators(
    _ filter: EvaluatorFilter = EvaluatorFilter(), page: Page = Page()
  ) throws(AssayError) -> Listing<RegisteredEvaluator> {
    let hasInstalled = filter.container == nil && (filter.kind ?? "plugin") == "plugin"
    let names = hasInstalled ? installedNames : []
    var first: [RegisteredEvaluator] = []
    for name in names.dropFirst(page.offset).prefix(page.limit) {
      if let found = try installed(name, loads: false) { first.append(found) }
    }
    let rest = Page(limit: page.limit - first.count, offset: max(0, page.offset - names.count))
    let kept = try store.evaluators(filter, page: rest, scope: scope)
    return Listing(
      elements: first + kept.elements.map { .stored($0) }, total: names.count + kept.total)
  }

  /// Changes some fields of an evaluator, which makes a version of it.
  ///
  /// - Parameters:
  ///   - patch: A JSON Merge Patch (RFC 7396): what it does not name stays, null takes a
  ///     value away, and objects such as `parameters` are patched in turn.
  ///   - expected: The version that the caller has seen; nil does not care.
  /// - Returns: The evaluator; the same version where nothing changed.
  /// - Throws: As for creating; `registry.conflict` where the version is another, for
  ///   another type, and for an evaluator that is installed; `registry.not-found` for a
  ///   container that is not there.
  public func updateEvaluator(
    _ reference: String, _ patch: JSONObject, ifMatch expected: Int? = nil
  ) throws(AssayError) -> StoredEvaluator {
    try refuseInstalled(reference, "changed")
    return try store.updateEvaluator(reference, ifMatch: expected, scope: scope) {
      (current) throws(AssayError) in
      try self.refuseOtherType(patch, of: current)
      return current.settled(try self.checked(current.specification.json.merging(patch)))
    }
  }

  /// Hides an evaluator; its versions stay for the runs that used them, and its name is
  /// free again.
  ///
  /// - Returns: Its id.
  /// - Throws: `registry.not-found`; `registry.conflict` where the version is another, and
  ///   for an evaluator that is installed.
  public func deleteEvaluator(
    _ reference: String, ifMatch expected: Int? = nil
  ) throws(AssayError) -> String {
    try refuseInstalled(reference, "deleted")
    return try store.deleteEvaluator(reference, ifMatch: expected, scope: scope)
  }

  /// Makes the evaluator of that name what the fields say, and creates it where there is
  /// none.
  ///
  /// Fields that are not there have their defaults: what was got can be applied, and then
  /// nothing changes.
  /// - Parameter expected: The version that the caller has seen; nil does not care.
  /// - Throws: As for creating and updating; `registry.not-found` for a container that is
  ///   not there.
  public func applyEvaluator(
    _ fields: JSONObject, ifMatch expected: Int? = nil
  ) throws(AssayError) -> StoredEvaluator {
    try applyEvaluators([fields], ifMatch: expected)[0]
  }

  /// Makes several evaluators what their fields say, each as ``applyEvaluator(_:ifMatch:)``
  /// does: all of them or, where one is refused, none.
  ///
  /// - Parameter expected: The version that the caller has seen of an evaluator that comes
  ///   alone; nil does not care.
  /// - Returns: Them in that order.
  /// - Throws: As for one, with its number from 1 on in `details.document`; `registry.invalid`
  ///   for a name twice.
  public func applyEvaluators(
    _ documents: [JSONObject], ifMatch expected: Int? = nil
  ) throws(AssayError) -> [StoredEvaluator] {
    var wanted: [(specification: EvaluatorSpecification, fingerprint: String)] = []
    for (index, fields) in documents.enumerated() {
      do throws(AssayError) {
        if let name = fields["name"]?.stringValue { try refuseInstalled(name, "changed") }
        let next = try checked(fields)
        guard !wanted.contains(where: { $0.specification.name == next.0.name }) else {
          throw AssayError(
            .invalidField, "The evaluator \"\(next.0.name)\" is there twice.", details: ["field": "name"])
        }
        wanted.append((next.0, next.fingerprint))
      } catch {
        throw error.located(inDocument: index, of: documents)
      }
    }
    do throws(AssayError) {
      return try store.applyEvaluators(wanted, ifMatch: expected, scope: scope) { current, next in
        current.settled((next, current.fingerprint)).0
      }
    } catch {
      guard let index = error.details["index"].flatMap({ Int($0) }) else { throw error }
      var error = error
      error.details["index"] = nil
      throw error.located(inDocument: index, of: documents)
    }
  }
}

extension AssayError {
  /// The error with the document that it is about, where there are several.
  fileprivate func located(inDocument index: Int, of documents: [JSONObject]) -> AssayError {
    guard documents.count > 1 else { return self }
    let name = documents[index]["name"]?.stringValue.map { " (\($0))" } ?? ""
    var error = self
    error.message = "Document \(index + 1) of \(documents.count)\(name): \(message) Nothing was changed."
    error.details["document"] = String(index + 1)
    return error
  }
}

extension Registry {
  private func refuseOtherType(
    _ patch: JSONObject, of current: StoredEvaluator
  ) throws(AssayError) {
    let kind = current.specification.kind.rawValue
    guard let type = patch["type"], type != .string(kind) else { return }
    throw AssayError(
      .conflict,
      "The type of an evaluator does not change: \(current.specification.name) is of type \(kind). Create another one.",
      details: ["field": "type"])
  }
}

extension StoredEvaluator {
  /// What it becomes; what it is where only the order of members differs.
  fileprivate func settled(
    _ next: (EvaluatorSpecification, fingerprint: String)
  ) -> (EvaluatorSpecification, fingerprint: String) {
    let isSame = JSONValue.object(next.0.json).canonical == JSONValue.object(specification.json).canonical
    return isSame ? (specification, next.fingerprint) : next
  }
}
