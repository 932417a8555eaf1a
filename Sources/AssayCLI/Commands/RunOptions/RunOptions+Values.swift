import AssayCore

extension RunOptions {
  /// What was given, by key, in the shape that a configuration has too.
  func values() throws(AssayError) -> [SettingKey: SettingValue] {
    var collector = FlagCollector()
    try collector.add(evaluators)
    collector.add(.sample, data.sample)
    collector.add(.groundTruth, data.groundTruth)
    collector.add(.a, data.a)
    collector.add(.b, data.b)
    collector.add(.sampleRange, data.sampleRange)
    collector.add(.groundTruthRange, data.groundTruthRange)
    collector.add(.joinOn, data.joinOn)
    collector.add(.unmatched, data.unmatched)
    try collector.add(.bind, named: data.bind, "target=label")
    collector.add(.nulls, data.nulls)
    collector.add(data.values)
    collector.add(.threshold, gate.threshold)
    collector.add(.passThreshold, gate.bar.passThreshold)
    collector.add(.baseline, gate.baseline)
    if gate.ignoreFingerprints { collector.add(.ignoreFingerprints, "true") }
    collector.add(.minCoverage, gate.minCoverage)
    collector.add(gate.ending)
    collector.add(.slice, parts.slice)
    collector.add(.fold, parts.fold)
    collector.add(.split, parts.split)
    collector.add(.ci, parts.ci)
    collector.add(.cluster, parts.cluster)
    collector.add(.only, parts.only)
    collector.add(.also, parts.also)
    collector.add(.undefined, parts.undefined)
    collector.add(.curvePoints, parts.curvePoints)
    collector.add(parts.work)
    collector.add(results.printing)
    collector.add(.output, results.output)
    collector.add(.images, results.images)
    collector.add(.rows, results.rows)
    if results.save { collector.add(.save, "true") }
    if results.noStates { collector.add(.noStates, "true") }
    return collector.values
  }
}

/// Puts flags into the shape of a configuration.
struct FlagCollector {
  private(set) var values: [SettingKey: SettingValue] = [:]

  mutating func add(_ key: SettingKey, _ text: String?) {
    guard let text else { return }
    values[key] = SettingValue(text, flag: key.flag)
  }

  mutating func add(_ key: SettingKey, _ texts: [String]) {
    guard !texts.isEmpty else { return }
    values[key] = SettingValue(
      .list(texts.map { SettingValue($0, flag: key.flag) }), at: .flag(key.flag))
  }

  mutating func add(
    _ key: SettingKey, named texts: [String], _ example: String
  ) throws(AssayError) {
    guard !texts.isEmpty else { return }
    var members: [(name: String, value: SettingValue)] = []
    for text in texts {
      guard let mark = text.firstIndex(of: "="), mark > text.startIndex else {
        throw AssayError(
          .usage, "\(key.flag) \(text) is not NAME=VALUE, as in \(example).",
          details: ["option": key.flag])
      }
      let name = String(text[..<mark])
      guard !members.contains(where: { $0.name == name }) else {
        throw AssayError(
          .usage, "\(key.flag) gives \(name) twice.", details: ["option": key.flag])
      }
      members.append((name, SettingValue(String(text[text.index(after: mark)...]), flag: key.flag)))
    }
    values[key] = SettingValue(.named(members), at: .flag(key.flag))
  }
}
