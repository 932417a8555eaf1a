// A program of one's own that evaluates predictions which it holds in memory.

import AssayRuntime

let predictions = RecordBatch([
  "score": Column([0.9, 0.8, 0.7, 0.4, 0.3, 0.2]),
  "target": Column([1, 1, 0, 1, 0, 0] as [Int64]),
])

var request = RunRequest(
  evaluators: [EvaluatorRequest("tabular.binary")], sample: DataSource(predictions))
request.thresholds = [try ThresholdExpression(parsing: "roc_auc >= 0.8")]
request.intervalLevel = .standard

let result = try await Assay().run(request)
let auc = result.evaluators[0].metric("roc_auc")
print("roc_auc:", auc?.value ?? .nan)
print("verdict:", result.verdict?.rawValue ?? "none", "exit code:", result.exitCode.rawValue)
