public import AssayCore

extension ModelComparison {
  /// The comparison as the one document of which every other report is a rendering.
  ///
  /// Its schema is `Registry/schema/comparison.schema.json`. What JSON cannot hold, an
  /// infinite or undefined number, is null.
  public var json: JSONValue {
    var object = JSONObject()
    object["assay"] = .string(RunResult.documentVersion)
    object["comparison"] = comparison.json
    object["baseline"] = .string(baseline)
    object["sides"] = .array(sides.map(\.json))
    object["items"] = items.json
    if !configuration.isEmpty {
      object["configuration"] = .array(configuration.map { $0.json(sides.map(\.name)) })
    }
    object["evaluators"] = .array(evaluators.map { $0.json(sides.map(\.name)) })
    object["verdict"] = JSONValue(verdict?.rawValue)
    object["exit_code"] = .integer(Int64(exitCode.rawValue))
    if !warnings.isEmpty { object["warnings"] = .array(warnings.map(JSONValue.string)) }
    return .object(object)
  }

  /// The text of ``json``, ending in a line break.
  ///
  /// - Parameter indented: Whether to break lines.
  public func jsonText(indented: Bool = true) -> String { json.text(indented: indented) + "\n" }
}

extension ComparisonInformation {
  fileprivate var json: JSONValue {
    [
      "id": .string(id), "created_at": .string(createdAt),
      "duration_seconds": JSONValue(durationSeconds), "seed": seed.seedJSON,
      "level": JSONValue(level), "adjustment": .string(adjustment), "power": JSONValue(power),
    ]
  }
}

extension ComparedSide {
  fileprivate var json: JSONValue {
    var object: JSONObject = ["name": .string(name)]
    object["run"] = run.map(JSONValue.string)
    object["model"] = model.map(JSONValue.string)
    var places = JSONObject()
    for source in sources { places[source.side.rawValue] = source.json }
    object["sources"] = .object(places)
    object["items"] = JSONValue(items)
    object["unmatched"] = JSONValue(unmatched)
    if !firstUnmatched.isEmpty { object["first_unmatched"] = .array(firstUnmatched.map(JSONValue.string)) }
    return .object(object)
  }
}

extension ComparedItems {
  fileprivate var json: JSONValue {
    var object: JSONObject = ["compared": JSONValue(compared), "coverage": JSONValue(coverage)]
    object["paired"] = .bool(isPaired)
    object["skipped"] = JSONValue(skipped)
    object["clusters"] = clusters.map { JSONValue($0) }
    return .object(object)
  }
}

extension ConfigurationDifference {
  fileprivate func json(_ sides: [String]) -> JSONValue {
    var object = JSONObject()
    for (side, value) in zip(sides, values) { object[side] = JSONValue(value) }
    return ["setting": .string(setting), "values": .object(object)]
  }
}

extension ComparedEvaluator {
  fileprivate func json(_ sides: [String]) -> JSONValue {
    var object = JSONObject()
    object["evaluator"] = .string(evaluator)
    object["version"] = version.isEmpty ? .null : .string(version)
    object["mode"] = .string(mode.rawValue)
    object["task"] = .string(task.rawValue)
    object["headline"] = headline.map(JSONValue.string)
    object["basis"] = .string(basis.rawValue)
    object["basis_reason"] = basisReason.map(JSONValue.string)
    object["fingerprints"] = bySide(sides, fingerprints) { .string($0) }
    object["counts"] = bySide(sides, counts) { $0.json }
    var metrics = JSONObject()
    for metric in self.metrics { metrics[metric.name] = metric.json(sides) }
    object["metrics"] = .object(metrics)
    if !slices.isEmpty { object["slices"] = .array(slices.map { $0.json(sides) }) }
    object["leaderboard"] = leaderboard?.json
    object["tournament"] = tournament?.json(sides)
    object["thresholds"] = .array(thresholds.map(\.json))
    object["verdict"] = JSONValue(verdict?.rawValue)
    return .object(object)
  }
}

extension ComparedSlice {
  fileprivate func json(_ sides: [String]) -> JSONValue {
    var (keys, metrics) = (JSONObject(), JSONObject())
    for key in by { keys[key.column] = .string(key.value) }
    for metric in self.metrics { metrics[metric.name] = metric.json(sides) }
    return ["by": .object(keys), "counts": bySide(sides, counts) { $0.json }, "metrics": .object(metrics)]
  }
}

extension ComparedThreshold {
  fileprivate var json: JSONValue {
    var object: JSONObject = ["side": .string(side), "reference": .string(reference)]
    for (name, value) in result.json.objectValue ?? [:] { object[name] = value }
    return .object(object)
  }
}

/// An object with a member for each side.
func bySide<Value>(_ sides: [String], _ values: [Value], _ json: (Value) -> JSONValue) -> JSONValue {
  var object = JSONObject()
  for (side, value) in zip(sides, values) { object[side] = json(value) }
  return .object(object)
}
