import AssayCore
import AssayJSON
import AssayStore
import Testing

@testable import AssayRuntime

@Suite struct `Results from elsewhere` {
  private let bench: RunBench

  init() throws { bench = try RunBench() }

  private func rows(_ rows: JSONObject...) -> RunImport { RunImport(.rows(rows.map { .object($0) })) }

  @Test func `are another request where anything in them differs`() throws {
    func keyed(_ change: (inout RunImport) -> Void = { _ in }) throws -> StoredRun {
      var given = rows(["score": 1, "key": "a"])
      change(&given)
      given.creation.idempotencyKey = "k"
      return try bench.registry.importRun(given)
    }
    let run = try keyed()
    #expect(try keyed().id == run.id)
    #expect(try keyed { $0.content = .rows([["key": "a", "score": 1.0]]) }.id == run.id)
    let others: [(inout RunImport) -> Void] = [
      { $0.content = .rows([["score": 0, "key": "a"]]) }, { $0.content = .document(["metrics": ["mean": 1]]) },
      { $0.model = "m" }, { $0.thresholds = ["mean >= 1"] }, { $0.metadata = ["a": 1] },
      { $0.environment = "staging" },
    ]
    for change in others { #expect(failure { try keyed(change) }?.code == .conflict) }
    #expect(try bench.registry.store.runs().total == 1)
  }

  @Test func `cost what their rows cost, and nothing is known where a price is missing`() throws {
    #expect(try bench.registry.importRun(RunImport(.document(["metrics": ["mean": 0.5]]))).spend == nil)
    #expect(try bench.registry.importRun(rows(["score": 1, "cost": 0.25], ["score": 0])).spend == nil)
    #expect(try bench.registry.importRun(rows(["score": 1, "cost": 0.25], ["score": 0, "cost": 0.5])).spend == 0.75)
  }

  @Test func `keep all that is known of a row`() throws {
    let full: JSONObject = [
      "row": 17, "key": "k", "split": "test", "model": "m", "output": "yes", "expected": ["a": 1], "score": 0.5,
      "sub_scores": ["style": 1, "none": .null], "outcome": "failed", "explanation": "short", "latency": 0.5,
      "input_tokens": 3, "output_tokens": 4.0, "cost": 0, "detail": ["own": true], "evaluator": "human",
    ]
    let run = try bench.registry.importRun(rows(full, ["outcome": "errored", "cause": "judge", "message": "none", "key": .null]))
    let kept = try bench.rows(run)
    #expect(kept.map(\.row) == [1, 17])
    #expect(kept[0].key == nil && kept[0].cause == .judge && kept[0].explanation == "none" && kept[0].outcome == .errored)
    #expect(kept[1].outcome == .failed && kept[1].expected == #"{"a":1}"# && kept[1].outputTokens == 4)
    #expect(kept[1].subScores?.count == 2 && kept[1].detail == ["own": true] && kept[1].latency == 0.5)
    #expect(run.status == .completed && run.doneRows == 2 && run.kind == .external)
  }

  @Test(arguments: [
    (["score": 1, "cause": "nonsense"], "cause"), (["score": 1, "cause": "judge"], "cause"),
    (["score": 1, "sub_scores": 5], "sub_scores"), (["score": 1, "sub_scores": ["style": "high"]], "sub_scores"),
    (["score": 1, "input_tokens": 1.5], "input_tokens"), (["score": 1, "output_tokens": -1], "output_tokens"),
    (["score": 1, "detail": "x"], "detail"), (["score": 1, "latency": -3], "latency"),
    (["score": 1, "cost": "much"], "cost"), (["score": "high"], "score"), (["score": 1, "row": -1], "row"),
    (["score": 1, "row": 0.5], "row"), (["score": 1, "row": 0], "row"), (["score": 1, "evaluator": "b"], "evaluator"),
    (["outcome": "passed"], "outcome"), (["outcome": "bad"], "outcome"), (["skore": 1], "skore"),
  ] as [(JSONObject, String)])
  func `are refused with the field that does not fit`(row: JSONObject, field: String) throws {
    let refusal = failure { try bench.registry.importRun(rows(["score": 1, "row": 0, "evaluator": "a"], row)) }
    #expect(refusal?.code == .invalidField && refusal?.details["field"] == field && refusal?.details["row"] == "2")
    #expect(try bench.registry.store.runs().total == 0)
  }

  @Test func `cannot be resumed`() throws {
    let run = try bench.registry.importRun(rows(["score": 1]))
    #expect(failure { try bench.registry.queueRun(run.id) }?.code == .conflict)
  }
}
