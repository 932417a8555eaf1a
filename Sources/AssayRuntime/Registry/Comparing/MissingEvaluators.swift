import AssayCore
import AssayJSON
import AssayStore

/// Sees to it that all sides of a comparison have the same evaluators.
struct MissingEvaluators {
  let registry: Registry
  let comparison: RunComparison

  /// Runs what some side lacks over that side's sources, where that is wanted.
  ///
  /// - Returns: Which runs were made.
  func fill(_ sides: inout [RunSide]) async throws(AssayError) -> [String] {
    guard comparison.evaluatesMissing else { return [] }
    var notes: [String] = []
    for name in wanted(of: sides) {
      let choice = try choice(named: name, of: sides)
      for index in sides.indices where sides[index].entry(name) == nil {
        // What was made for one model of a run holds all of them.
        let made = sides.lazy.flatMap(\.entries).first { entry in
          entry.evaluator.name == name && entry.evaluator.model == sides[index].model
            && entry.run.config["rescored_from"]?.stringValue == sides[index].run.id
        }
        if let made {
          sides[index].entries.append(made)
          continue
        }
        let run = try await evaluated(sides[index], by: choice, name)
        notes.append("\(name) was missing in \(sides[index].run.id) and was evaluated as the run \(run.id).")
        for other in sides.indices where sides[other].run.id == sides[index].run.id {
          guard sides[other].entry(name) == nil else { continue }
          sides[other].entries += run.evaluators.indices
            .filter { run.evaluators[$0].model == sides[other].model }
            .map { RunSide.Entry(run: run, position: $0) }
        }
      }
    }
    return notes
  }

  /// The evaluators that all sides have.
  ///
  /// - Parameter notes: Gets those that are left out.
  /// - Throws: `compare.missing-evaluator` for one that was asked for, and where none is shared.
  func shared(by sides: [RunSide], _ notes: inout [String]) throws(AssayError) -> [String] {
    let wanted = wanted(of: sides)
    var shared: [String] = []
    for name in wanted {
      guard let lacking = sides.first(where: { $0.entry(name) == nil }) else {
        shared.append(name)
        continue
      }
      guard comparison.evaluators.isEmpty else { throw missing(name, in: lacking, sides) }
      notes.append(
        "\(name) is left out: the run of side \(lacking.name) does not have it. Evaluate it with "
          + "--evaluate-missing.")
    }
    if shared.isEmpty, let name = wanted.first, let lacking = sides.first(where: { $0.entry(name) == nil }) {
      throw missing(name, in: lacking, sides)
    }
    return shared
  }

  /// By name, in the order of the sides.
  private func wanted(of sides: [RunSide]) -> [String] {
    let asked = comparison.evaluators.map { String($0.prefix { $0 != "@" }) }
    var names: [String] = []
    for name in asked.isEmpty ? sides.flatMap({ $0.entries.map(\.evaluator.name) }) : asked
    where !names.contains(name) { names.append(name) }
    return names
  }

  private func missing(_ name: String, in side: RunSide, _ sides: [RunSide]) -> AssayError {
    let known = sides.flatMap { $0.entries.map(\.evaluator.name) }
    let isKnown = known.contains(name)
    return AssayError(
      .comparisonMissing,
      "The run of side \(side.name) has no \(name)."
        + (isKnown
          ? " Evaluate it over the same sources with --evaluate-missing, or name another with -e."
          : suggestion(for: name, in: Set(known).sorted()) + " Evaluate it with --evaluate-missing."),
      details: ["evaluator": name, "side": side.name])
  }

  /// A new run over a side's sources, by an evaluator that it lacks.
  private func evaluated(
    _ side: RunSide, by choice: JSONObject, _ name: String
  ) async throws(AssayError) -> StoredRun {
    var rescoring = RunRescoring()
    rescoring.evaluators = .array([.object(choice)])
    rescoring.isByOthers = true
    // What was made up for once is not evaluated again.
    rescoring.creation.idempotencyKey =
      "missing:\(side.run.id)@\(side.run.revision):\(JSONValue.object(choice).text())"
    let waiting = try await registry.rescore(side.run.id, rescoring)
    let run = waiting.status == .completed ? waiting : try await registry.executeRun(waiting)
    guard run.status == .completed else {
      let error = AssayError(ofRun: run.error) ?? AssayError(.comparisonRun, "It is \(run.status.rawValue).")
      throw AssayError(
        error.code,
        "\(name) could not be evaluated over the sources of \(side.run.id), as the run \(run.id): "
          + error.message, details: error.details)
    }
    return run
  }

  /// The evaluator as the run of some side asked for it, else by its name alone.
  private func choice(named name: String, of sides: [RunSide]) throws(AssayError) -> JSONObject {
    let asked = comparison.evaluators.first { $0.prefix { $0 != "@" } == name } ?? name
    var object: JSONObject = ["evaluator": .string(asked)]
    if let origin = sides.lazy.compactMap({ $0.entry(name) }).first { object = try choice(of: origin) }
    for field in ["parameters", "bindings"] {
      guard let told = comparison.fields[field]?.objectValue else { continue }
      object[field] = .object((object[field]?.objectValue ?? JSONObject()).merging(told))
    }
    return object
  }

  /// The evaluator as its run asked for it, at the version that the run used.
  private func choice(of entry: RunSide.Entry) throws(AssayError) -> JSONObject {
    let asked = entry.run.config["evaluators"]
    let list = asked?.arrayValue ?? asked.map { [$0] } ?? []
    var object = JSONObject()
    if !list.isEmpty {
      let value = list[entry.position % list.count]
      object = value.objectValue ?? ["evaluator": value]
    }
    if let id = entry.evaluator.id, let version = entry.evaluator.version {
      object["evaluator"] = .string("\(id)@\(version)")
    }
    for field in ["parameters", "bindings"] {
      guard let shared = entry.run.config[field]?.objectValue else { continue }
      object[field] = .object(shared.merging(object[field]?.objectValue ?? JSONObject()))
    }
    return object
  }
}
