import AssayJSON
import Foundation
import Testing

/// Runs of the registry as sides of comparisons, and of runs of pairs.
@Suite(.enabled(if: Built.hasTabular)) struct `assay compare, of runs` {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    for (name, wrong) in [("old", 3), ("new", 9)] {
      let lines = (0..<40).map { row in
        let label = row % 3 == 0 ? 1 : 0
        let said = row % wrong == 1 ? 1 - label : label
        return #"{"id": "k\#(row)", "label": \#(label), "score": \#(Double(said) * 0.6 + 0.2), "answer": "\#(String(repeating: "x", count: 1 + row % wrong))"}"#
      }
      try place.write(lines.joined(separator: "\n") + "\n", to: "\(name).jsonl")
    }
  }

  private func assay(_ arguments: String...) throws -> Ending { try place.start(arguments).wait() }

  private func makeRuns(_ names: String..., evaluator: String = "tabular.binary") throws {
    for name in names {
      let made = try assay(
        "runs", "create", "-e", evaluator, "--sample", "\(name).jsonl", "--id", name, "--wait", "--bind", "target=label",
        "--join-on", "id", "--quiet")
      try #require(made.code == 0, "\(made.error)")
    }
  }

  private func difference(_ result: JSONValue, _ metric: String) -> JSONValue? {
    result["evaluators"]?.arrayValue?.first?["metrics"]?[metric]?["differences"]?.arrayValue?.first
  }

  @Test func `says of runs what it says of their files`() throws {
    try makeRuns("old", "new")
    let runs = try assay("compare", "old", "new", "--format", "json")
    #expect(runs.code == 0, "\(runs.error)")
    let files = try assay(
      "compare", "--a", "old.jsonl", "--b", "new.jsonl", "--join-on", "id", "-e", "tabular.binary", "--bind",
      "target=label", "--format", "json")
    #expect(files.code == 0, "\(files.error)")
    let (mine, theirs) = (try runs.json(), try files.json())
    for metric in ["roc_auc", "accuracy", "f1"] {
      let (one, other) = (difference(mine, metric), difference(theirs, metric))
      #expect(one?["delta"] == other?["delta"] && one?["test"] == other?["test"] && one?["ci"] == other?["ci"])
    }
    #expect(mine["evaluators"]?.arrayValue?.first?["basis"] == "sources")
    #expect(mine["sides"]?.arrayValue?.first?["run"] == "old")
    let schema = try JSONSchema(
      JSONValue(parsing: String(contentsOfFile: Built.root + "/Registry/schema/comparison.schema.json", encoding: .utf8)),
      at: "comparison", isClosed: false)
    #expect(throws: Never.self) { try schema.validate(mine, at: "comparison") }
    let gate = try assay("compare", "old", "new", "--threshold", "delta(accuracy) >= 0.9")
    #expect(gate.code == 1 && gate.output.contains("the runs' sources, scored again"))
  }

  @Test func `evaluates what is missing, and finds runs of models`() throws {
    try makeRuns("old", "new")
    let more = try assay(
      "compare", "old", "new", "-e", "tabular.regression", "--evaluate-missing", "--bind", "prediction=score",
      "--format", "json")
    #expect(more.code == 0, "\(more.error)")
    #expect(difference(try more.json(), "mae") != nil)
    #expect(try assay("runs", "list", "--format", "json").json()["total"]?.integerValue == 4)

    try #require(try assay("datasets", "create", "--name", "churn", "--file", "old.jsonl").code == 0)
    for model in ["old", "new"] {
      try #require(try assay("models", "create", "--name", model).code == 0)
      let said = try assay("models", "predictions", "add", model, "--dataset", "churn", "--file", "\(model).jsonl")
      try #require(said.code == 0, "\(said.error)")
    }
    let flags = ["compare", "--model", "old", "--model", "new", "--dataset", "churn", "-e", "tabular.binary"]
    let none = try place.start(flags).wait()
    #expect(none.code == 2 && none.error.contains("There is no completed run of old on churn"))
    let made = try place.start(
      flags + ["--evaluate-missing", "--bind", "ground_truth.target=label", "--bind", "sample.score=score", "--join-on", "id"]
    ).wait()
    #expect(made.code == 0 && made.output.contains("it was made as the run"), "\(made.error)")
    let again = try place.start(flags + ["--format", "json"]).wait()
    #expect(again.code == 0, "\(again.error)")
    let result = try again.json()
    #expect(result["sides"]?.arrayValue?.compactMap { $0["name"]?.stringValue } == ["old", "new"])
    #expect(difference(result, "accuracy")?["test"]?["method"] == "mcnemar_exact")
  }

  @Test(arguments: [
    (["old", "nwe"], "Did you mean \"new\"? Nor is there a file of that name."),
    (["old", "new", "--bind", "x=y"], "--bind is for data"),
    (["old", "new", "--a", "old.jsonl"], "Compare either runs or data"),
    (["old"], "needs two sides"), (["old", "none.json"], "none.json"),
    (["old", "new", "-e", "tabular.regression"], "has no tabular.regression"),
    (["old/v1", "new"], "has no model \"v1\""),
    (["--model", "m"], "belong together"), (["--dataset", "d", "--model", "m"], "There is no data set \"d\""),
    (["--model", "m", "--model", "n", "--dataset", "d", "--dataset", "e"], "not several of both"),
    (["--model", "m", "--dataset", "d", "--evaluate-missing"], "needs the evaluator"),
    (["old", "--model", "m", "--dataset", "d"], "Name either runs or --model"),
    (["--a", "old.jsonl", "--b", "new.jsonl", "--evaluate-missing", "-e", "tabular.binary"], "is for runs of the registry"),
  ])
  func `says what is wrong`(flags: [String], words: String) throws {
    try makeRuns("old", "new")
    let ending = try place.start(["compare"] + flags).wait()
    #expect(ending.code == 2 && ending.output.isEmpty)
    #expect(ending.error.contains(words), "\(ending.error)")
  }

  @Test func `compares independent samples, and slices`() throws {
    try place.write("label,score\n1,0.9\n0,0.3\n1,0.4\n0,0.6\n1,0.8\n", to: "few.csv")
    let flags = ["compare", "--a", "old.jsonl", "--b", "few.csv", "-e", "tabular.binary", "--bind", "target=label"]
    let refused = try place.start(flags).wait()
    #expect(refused.code == 2 && refused.error.contains("--unpaired"), "\(refused.error)")
    let told = try place.start(flags + ["--unpaired", "--only", "accuracy", "--format", "json"]).wait()
    #expect(told.code == 0, "\(told.error)")
    #expect(try told.json()["items"]?["paired"]?.boolValue == false)
    #expect(difference(try told.json(), "accuracy")?["test"]?["method"] == "fisher_exact")
    let sliced = try assay(
      "compare", "--a", "old.jsonl", "--b", "new.jsonl", "-e", "tabular.binary", "--bind", "target=label", "--only",
      "accuracy", "--slice", "label", "-o", "c.json", "-o", "c.html", "-o", "c.csv")
    #expect(sliced.code == 0 && sliced.output.contains("accuracy[label=1]"), "\(sliced.error)")
    let slices = try JSONValue(parsing: place.read("c.json"))["evaluators"]?.arrayValue?.first?["slices"]?.arrayValue
    #expect(slices?.count == 2 && slices?.first?["by"] == ["label": "0"])
    #expect(try place.read("c.html").contains("by slice"))
    #expect(try place.read("c.csv").contains(",label=1,accuracy,"))
  }

  @Test(.needsPreference) func `takes the samples of runs as two models' answers`() throws {
    try makeRuns("old", "new")
    let library = try #require(Preference.library)
    let flags = [
      "-e", "prefer.longer", "--plugin", library, "--join-on", "id", "--bind", "output=answer",
    ]
    let files = try place.start(
      ["run", "--a", "old.jsonl", "--b", "new.jsonl", "--format", "json"] + flags).wait()
    let runs = try place.start(
      ["runs", "create", "--a", "run:old", "--b", "run:new", "--wait", "--format", "json"] + flags).wait()
    #expect(runs.code == 0, "\(runs.error)")
    func rate(_ result: JSONValue?) -> Double? {
      result?["evaluators"]?.arrayValue?.first?["metrics"]?["win_rate"]?["value"]?.doubleValue
    }
    let mine = rate(try runs.json()["result"])
    let theirs = rate(try files.json())
    #expect(mine != nil && mine == theirs)
    for (wrong, words) in [
      (["--a", "run:old"], "answers.jsonl"), (["--a", "run:old", "--b", "run:nwe"], "Did you mean \"new\""),
      (["--a", "run:old", "--b", "run:"], "names no run"),
      (["--a", "run:old", "--b", "run:new", "--sample", "old.jsonl"], "exclude each other"),
      (["--a", "run:old", "--b", "run:new", "--sample-range", "0:3"], "A range needs its side"),
      (["--a", "run:old", "--b", "run:new", "--unmatched", "skip"], "exclude each other"),
    ] {
      let ending = try place.start(["runs", "create", "--wait"] + flags + wrong).wait()
      #expect(ending.code == 2 && ending.error.contains(words), "\(ending.error)")
    }
  }
}

/// An evaluator of pairs that is compiled once, where there is a compiler.
enum Preference {
  static let library: String? = {
    let folder = FileManager.default.temporaryDirectory.path + "/assay-prefer-\(UUID().uuidString)"
    let manifest = """
      {"manifest_version": 1, "plugin": "prefer", "version": "1.0.0", "abi": {"major": 1, "requires_minor": 0},
       "library": "libprefer.so",
       "evaluators": [{"name": "prefer.longer", "mode": "pairwise", "task": "pairwise",
         "call": "double prefer(const char *a_output, const char *b_output)"}]}
      """
    let code = """
      double prefer(const char *a, const char *b) {
        int n = 0, m = 0;
        while (a[n]) n++;
        while (b[m]) m++;
        return (double)(n - m);
      }
      """
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try manifest.write(toFile: folder + "/prefer.assay.json", atomically: true, encoding: .utf8)
      try code.write(toFile: folder + "/prefer.c", atomically: true, encoding: .utf8)
      let compiler = Process()
      compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      compiler.arguments = ["cc", "-shared", "-fPIC", "-o", folder + "/libprefer.so", folder + "/prefer.c"]
      try compiler.run()
      compiler.waitUntilExit()
      return compiler.terminationStatus == 0 ? folder + "/prefer.assay.json" : nil
    } catch { return nil }
  }()
}

extension Trait where Self == ConditionTrait {
  /// For tests that compile a function.
  static var needsPreference: Self { .enabled(if: Preference.library != nil, "there is no C compiler") }
}
