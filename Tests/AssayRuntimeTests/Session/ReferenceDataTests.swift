import AssayCore
import AssayJSON
import AssayRuntime
import Glibc
import Testing

/// The folder of predictions that were scored with scikit-learn.
private let dataFolder: String = {
  if let given = unsafe getenv("ASSAY_SHARED_DATA") { return unsafe String(cString: given) }
  let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
  return parts.dropLast(4).joined(separator: "/") + "/../shared/data"
}()

private func exists(_ path: String) -> Bool { unsafe access(path, R_OK) == 0 }

private func readableExtensions() -> [String] {
  ["jsonl"] + Set(testRuntime().catalog.plugins.flatMap { $0.readers.flatMap(\.extensions) }).sorted().filter { ["csv", "parquet"].contains($0) }
}

private func isInstalled(_ evaluator: String) -> Bool {
  testRuntime().catalog.plugins.contains { $0.evaluators.contains { $0.name == evaluator } }
}

@Suite(.enabled(if: exists(dataFolder + "/tabular/expected.json"), "the reference data are not here"))
struct `Predictions that scikit-learn scored` {
  private func expected(_ name: String) throws -> JSONValue {
    var text = ""
    let file = unsafe fopen(dataFolder + "/tabular/expected.json", "r")
    defer { unsafe _ = fclose(file) }
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    let count = unsafe fread(&buffer, 1, buffer.count, file)
    text = String(decoding: buffer[..<count], as: UTF8.self)
    return try #require(try JSONValue(parsing: text)[name])
  }

  private func check(_ result: EvaluatorResult, _ expected: JSONValue) throws {
    var compared = 0
    for (name, value) in try #require(expected.objectValue) {
      guard let value = value.doubleValue, let metric = result.metric(name) else { continue }
      let found = try #require(metric.value)
      #expect(abs(found - value) <= 1e-12 * max(abs(value), 1e-3), "\(name): \(found), not \(value)")
      compared += 1
    }
    #expect(compared >= 8)
  }

  @Test(arguments: readableExtensions(), [true, false])
  func `have its binary metrics`(ending: String, isWeighted: Bool) async throws {
    for model in ["logistic", "forest"] {
      let name = "breast_cancer_\(model)"
      var request = RunRequest(
        evaluators: [EvaluatorRequest("tabular.binary")],
        sample: DataSource("\(dataFolder)/tabular/\(name).\(ending)"))
      request.bindings = [try ColumnBinding(parsing: "target=label")]
      if isWeighted { request.bindings.append(try ColumnBinding(parsing: "weight=weight")) }
      let result = try await testRuntime().run(request)
      try check(result.evaluators[0], try #require(expected(name)[isWeighted ? "weighted" : "unweighted"]))
      #expect(result.sources[0].sha256?.count == 64)
    }
  }

  @Test(.enabled(if: isInstalled("tabular.regression")), arguments: readableExtensions())
  func `have its regression metrics`(ending: String) async throws {
    for name in ["diabetes_ridge", "diabetes_boosting"] {
      let request = RunRequest(
        evaluators: [EvaluatorRequest("tabular.regression")],
        sample: DataSource("\(dataFolder)/tabular/\(name).\(ending)"))
      try check(try await testRuntime().run(request).evaluators[0], expected(name))
    }
  }

  @Test func `join with another model's labels, by slices, with intervals`() async throws {
    var request = RunRequest(
      evaluators: [EvaluatorRequest("tabular.binary")],
      sample: DataSource("\(dataFolder)/tabular/breast_cancer_logistic.jsonl"),
      groundTruth: DataSource("\(dataFolder)/tabular/breast_cancer_forest.jsonl"), joinKey: "id")
    request.bindings = [
      try ColumnBinding(parsing: "sample.score=score"),
      try ColumnBinding(parsing: "ground_truth.target=label"),
    ]
    request.slices = [["sample.site"]]
    request.intervalLevel = .standard
    request.thresholds = [try ThresholdExpression(parsing: "min(roc_auc by site) >= 0.9")]
    let result = try await testRuntime().run(request)
    let evaluator = result.evaluators[0]
    #expect(evaluator.counts.total == 285 && evaluator.counts.missing == 0)
    #expect(evaluator.slices.allSatisfy { $0.by.map(\.column) == ["site"] })
    #expect(evaluator.slices.reduce(0) { $0 + $1.rows } == 285)
    #expect(result.verdict == .pass)
  }
}
