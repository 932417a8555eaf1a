import AssayJSON
import Foundation
import Glibc
import Testing

@Suite(.enabled(if: Built.hasTabular)) struct `The commands of runs` {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    let lines = (0..<60).map { row in
      let label = row % 3 == 0 ? 1 : 0
      let score = Double((row * 37) % 101) / 250 + (label == 1 ? 0.55 : 0.05)
      return #"{"id": "k\#(row)", "label": \#(label), "score": \#(score), "site": "\#(row % 2 == 0 ? "a" : "b")"}"#
    }
    try place.write(lines.joined(separator: "\n") + "\n", to: "rows.jsonl")
  }

  private func assay(_ arguments: String...) throws -> Ending { try place.start(arguments).wait() }

  private func makeGate(_ threshold: String = "0.9") throws {
    let made = try assay(
      "evaluators", "create", "--name", "gate", "--type", "plugin", "--evaluator", "tabular.binary", "--container",
      "churn", "--bind", "target=label", "--bind", "score=score", "--pass-threshold", threshold)
    try #require(made.code == 0, "\(made.error)")
  }

  private func error(_ ending: Ending) throws -> JSONValue {
    let text = ending.error.split(separator: "\n").last { $0.hasPrefix("{") }
    return try JSONValue(parsing: String(try #require(text)))["error"] ?? .null
  }

  @Test func `make, show, list, set and delete a run`() throws {
    try makeGate()
    let made = try assay(
      "runs", "create", "--container", "churn", "--evaluator", "gate", "--sample", "file:rows.jsonl", "--wait",
      "--format", "json", "--id", "first", "--metadata", "team=risk")
    #expect(made.code == 0, "\(made.error)")
    let run = try made.json()
    #expect(run["object"] == "run" && run["id"] == "first" && run["status"] == "completed")
    #expect(run["verdict"] == "pass" && run["exit_code"]?.integerValue == 0)
    #expect(run["result"]?["evaluators"]?.arrayValue?.first?["evaluator"] == "gate")
    #expect(run["evaluators"]?.arrayValue?.first?["version"]?.integerValue == 1)
    #expect(run["config"]?["sample"]?["file"] == "rows.jsonl" && run["metadata"]?["team"] == "risk")
    #expect(run["sources"]?["sample"]?["sha256"]?.stringValue?.count == 64)

    let set = try assay("runs", "set-metric", "first", "revenue", "-12.5", "--format", "json")
    #expect(set.code == 0, "\(set.error)")
    #expect(try set.json()["metrics"]?["revenue"]?["source"] == "caller")
    let list = try assay("runs", "list", "--metric", "revenue", "--evaluator", "gate", "--format", "json").json()
    #expect(list["object"] == "list" && list["total"]?.integerValue == 1)
    #expect(list["data"]?.arrayValue?.first?["metric"]?["value"]?.doubleValue == -12.5)
    #expect(try assay("runs", "list", "--status", "failed", "--format", "json").json()["total"]?.integerValue == 0)
    let table = try assay("runs", "list")
    #expect(table.code == 0 && table.output.contains("first") && table.output.contains("gate"))
    let shown = try assay("runs", "get", "first", "-o", "report.md")
    #expect(shown.code == 0 && shown.output.contains("first · completed") && place.has("report.md"))

    let deleted = try assay("runs", "delete", "first", "--format", "json")
    #expect(try deleted.json() == ["object": "run", "id": "first", "deleted": true])
    #expect(try assay("runs", "get", "first").code == 2)
  }

  @Test func `exit as the run does`() throws {
    try makeGate("0.999999")
    let failed = try assay("runs", "create", "-e", "gate", "--sample", "rows.jsonl", "--wait", "--format", "json")
    #expect([0, 1].contains(failed.code))
    #expect(try failed.json()["exit_code"]?.integerValue == Int64(failed.code))
    let missed = try assay(
      "runs", "create", "-e", "gate", "--sample", "rows.jsonl", "--threshold", "log_loss <= 0.0001", "--wait")
    #expect(missed.code == 1 && missed.output.contains("log_loss"))
  }

  @Test func `have a run done by a process of its own`() throws {
    let made = try assay(
      "runs", "create", "-e", "tabular.binary", "--bind", "target=label", "--sample", "rows.jsonl", "--id", "apart",
      "--format", "json")
    #expect(made.code == 0, "\(made.error)")
    #expect(["pending", "running", "completed"].contains(try made.json()["status"]?.stringValue))
    let watched = try assay("runs", "watch", "apart", "--format", "json")
    #expect(watched.code == 0, "\(watched.error)")
    let last = try JSONValue(parsing: String(try #require(watched.output.split(separator: "\n").last)))
    #expect(last["status"] == "completed" && last["result"]?["evaluators"]?.arrayValue?.count == 1)
    let process = try #require(last["process_id"]?.integerValue)
    #expect(process != Int64(getpid()))
    #expect(try place.read(".assay/logs/apart.log").contains("apart is completed"))
    let resumed = try assay("runs", "resume", "apart", "--format", "json")
    #expect(resumed.code == 2)
    #expect(try error(resumed)["code"] == "registry.conflict")
  }

  /// Whether a process has ended, collected or not.
  private static func isGone(_ process: Int64) -> Bool {
    let status = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ") Z"
    return status.contains(") Z")
  }

  @Test func `cancel a run of another process, which can be resumed`() throws {
    try place.buildHeld()
    try place.write("", to: "hold")
    let begun = try assay(
      "runs", "create", "--library", "./libheld.so", "--call", "double held(double x)", "--bind", "x=score",
      "--sample", "rows.jsonl", "--id", "slow", "--format", "json")
    #expect(begun.code == 0, "\(begun.error)")
    var process: Int64?
    for _ in 0..<200 where process == nil {
      usleep(50_000)
      let run = try assay("runs", "get", "slow", "--format", "json").json()
      if run["status"] == "running" { process = run["process_id"]?.integerValue }
    }
    let number = try #require(process)
    let refused = try assay("runs", "delete", "slow", "--format", "json")
    #expect(refused.code == 2)
    #expect(try error(refused)["code"] == "registry.conflict")
    let held = try assay("runs", "resume", "slow", "--wait", "--format", "json")
    #expect(try error(held)["code"] == "registry.conflict")
    #expect(try assay("runs", "cancel", "slow", "--format", "json").json()["status"] == "cancelled")
    try FileManager.default.removeItem(atPath: place.path + "/hold")
    var isGone = false
    for _ in 0..<600 where !isGone {
      usleep(50_000)
      isGone = Self.isGone(number)
    }
    #expect(isGone)
    // What is no longer a process's own, it does not write.
    #expect(try assay("runs", "get", "slow", "--rows", "-").output.isEmpty)
    #expect(try assay("runs", "get", "slow", "--format", "json").json()["status"] == "cancelled")
    let resumed = try assay("runs", "resume", "slow", "--wait", "--format", "json")
    #expect(resumed.code == 0, "\(resumed.error)")
    #expect(try assay("runs", "get", "slow", "--rows", "-").output.split(separator: "\n").count == 60)
  }

  @Test func `judge old scores anew without computing anything`() throws {
    let library = [
      "--library", "libm.so.6", "--call", "double fabs(double x)", "--result", "return=score,direction=higher_is_better",
      "--bind", "x=score", "--slice", "site",
    ]
    let made = try place.start(
      ["runs", "create", "--sample", "rows.jsonl", "--pass-threshold", "0.1", "--id", "old", "--wait", "--format", "json"]
        + library
    ).wait()
    #expect([0, 1].contains(made.code), "\(made.error)")
    let fresh = try place.start(
      ["runs", "create", "--sample", "rows.jsonl", "--pass-threshold", "0.4", "--id", "fresh", "--wait", "--format", "json"]
        + library
    ).wait()
    try FileManager.default.removeItem(atPath: place.path + "/rows.jsonl")
    let again = try assay(
      "runs", "rescore", "old", "--pass-threshold", "0.4", "--id", "new", "--format", "json")
    #expect(again.code == 1, "\(again.error)")
    let (old, new) = (try fresh.json(), try again.json())
    #expect(new["status"] == "completed" && new["config"]?["rescored_from"] == "old")
    #expect(new["result"]?["evaluators"] == old["result"]?["evaluators"])
    #expect(
      try assay("runs", "get", "new", "--rows", "-").output == (try assay("runs", "get", "fresh", "--rows", "-").output))
    // What has to be computed needs the source.
    let other = try assay("runs", "rescore", "old", "-e", "tabular.binary", "--format", "json")
    #expect(other.code == 2)
  }

  @Test func `evaluate what errored again, and nothing else`() throws {
    try place.build(
      "flaky",
      """
      #include <errno.h>
      #include <fcntl.h>
      #include <unistd.h>
      double flaky(double x) {
        int file = open("calls", O_WRONLY | O_CREAT | O_APPEND, 0644);
        write(file, ".", 1);
        close(file);
        if (x > 0.7 && access("fixed", F_OK) != 0) errno = EIO;
        return x;
      }
      """)
    let made = try assay(
      "runs", "create", "--library", "./libflaky.so", "--call", "double flaky(double x)", "--result",
      "return=score,errno=true", "--bind", "x=score", "--sample", "rows.jsonl", "--id", "r", "--wait", "--format", "json")
    #expect(made.code == 3, "\(made.error)")
    let errored = try assay("runs", "get", "r", "--rows", "-", "--outcome", "errored").output.split(separator: "\n").count
    #expect(errored > 0)
    let before = try place.read("calls").utf8.count
    try place.write("", to: "fixed")
    let again = try assay("runs", "retry-failed", "r", "--wait", "--format", "json")
    #expect(again.code == 0, "\(again.error)")
    #expect(try place.read("calls").utf8.count - before == errored)
    #expect(try assay("runs", "get", "r", "--rows", "-", "--outcome", "errored").output.isEmpty)
    let nothing = try assay("runs", "retry-failed", "r", "--format", "json")
    #expect(nothing.code == 2)
    #expect(try error(nothing)["code"] == "registry.conflict")
  }

  @Test func `keep results that were made elsewhere`() throws {
    try place.write(
      """
      {"key": "a", "score": 0.9, "output": "yes", "cost": 0.25, "explanation": "fine"}
      {"key": "b", "score": 0.2, "sub_scores": {"style": 1}, "cost": 0.5}
      {"key": "c", "outcome": "errored", "explanation": "timeout", "cost": 0.25}

      """, to: "scores.jsonl")
    let made = try assay(
      "runs", "import", "scores.jsonl", "--evaluator", "human", "--id", "theirs", "--format", "json")
    #expect(made.code == 2)
    let created = try assay("evaluators", "create", "--name", "human", "--type", "external", "--pass-threshold", "0.5")
    #expect(created.code == 0, "\(created.error)")
    let run = try assay(
      "runs", "import", "scores.jsonl", "--evaluator", "human", "--id", "theirs", "--threshold", "pass_rate >= 0.4",
      "--format", "json")
    #expect(run.code == 0, "\(run.error)")
    let shown = try run.json()
    #expect(shown["type"] == "external" && shown["status"] == "completed" && shown["spend"]?.doubleValue == 1)
    let entry = shown["result"]?["evaluators"]?.arrayValue?.first
    #expect(entry?["counts"]?["passed"]?.integerValue == 1 && entry?["counts"]?["errored"]?.integerValue == 1)
    #expect(entry?["metrics"]?["pass_rate"]?["value"]?.doubleValue == 0.5)
    #expect(shown["verdict"] == "inconclusive")
    try place.write(#"{"metrics": {"accuracy": 0.9}}"#, to: "metrics.json")
    let metrics = try assay(
      "runs", "import", "metrics.json", "--threshold", "accuracy >= 0.8", "--format", "json")
    #expect(try metrics.json()["verdict"] == "pass", "\(metrics.error)")
    let bad = try assay("runs", "import", "rows.jsonl", "--format", "json")
    #expect(bad.code == 2)
    #expect(try error(bad)["details"]?["field"] == "label")
    let resumed = try assay("runs", "rescore", "theirs", "--format", "json")
    #expect(try error(resumed)["code"] == "registry.conflict")
  }

  @Test(arguments: [
    (["runs", "create", "-e", "gate"], "registry.invalid"),
    (["runs", "create", "--sample", "rows.jsonl"], "registry.invalid"),
    (["runs", "create", "-e", "nobody", "--sample", "rows.jsonl"], "registry.not-found"),
    (["runs", "get", "none", "--outcome", "failed"], "usage.invalid"),
    (["runs", "create", "-e", "tabular.binary", "--sample", "dataset:none"], "registry.not-found"),
    (["runs", "create", "-e", "tabular.binary", "--sample", "rows.jsonl", "--container", "none"], "registry.not-found"),
    (["runs", "create", "-e", "tabular.binary", "--sample", "rows.jsonl", "--sample-range", "5:5"], "registry.invalid"),
    (["runs", "create", "-e", "tabular.binary", "--sample", "rows.jsonl", "--sample-range", "9:5"], "registry.invalid"),
    (["runs", "create", "-e", "tabular.binary", "--sample", "generate:a", "--ground-truth", "generate:b"], "registry.invalid"),
    (["runs", "create", "-e", "tabular.binary", "--sample", "rows.jsonl", "--overwrite"], "usage.invalid"),
    (["runs", "get", "none"], "registry.not-found"),
    (["runs", "watch", "none"], "registry.not-found"),
    (["runs", "resume", "none"], "registry.not-found"),
    (["runs", "list", "--status", "done"], "usage.invalid"),
    (["runs", "list", "--container", "none"], "registry.not-found"),
    (["runs", "list", "--dataset", "none"], "registry.not-found"),
    (["runs", "get", "none", "--rows", "-", "--outcome", "bogus"], "usage.invalid"),
    (["runs", "get", "none", "--outcome", "failed"], "usage.invalid"),
    (["runs", "watch", "none", "--revision", "0"], "usage.invalid"),
    (["runs", "set-metric", "none", "a", "b"], "usage.invalid"),
  ])
  func `name what is wrong`(arguments: [String], code: String) throws {
    let ending = try place.start(arguments + ["--format", "json"]).wait()
    #expect(ending.code == 2 && ending.output.isEmpty)
    #expect(try error(ending)["code"]?.stringValue == code, "\(ending.error)")
  }
}
