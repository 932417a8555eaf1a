import AssayJSON
import Foundation
import Testing

@Suite(.needsReader) struct `assay compare` {
  private static let old = """
    id,label,score
    1,1,0.9
    2,0,0.3
    3,1,0.4
    4,0,0.6
    5,1,0.7
    6,0,0.2

    """
  private static let new = old.replacing("3,1,0.4", with: "3,1,0.8").replacing("4,0,0.6", with: "4,0,0.1")

  private func folder() throws -> Workplace { try Workplace(["old.csv": Self.old, "new.csv": Self.new]) }

  @Test(.needsSharedData) func `answers the command of the documentation`() throws {
    let data = try #require(Built.sharedData) + "/tabular"
    let ending = try folder().assay(
      "compare", "--a", data + "/breast_cancer_logistic.csv", "--b", data + "/breast_cancer_forest.csv",
      "--join-on", "id", "-e", "tabular.binary", "--bind", "target=label", "--bind", "score=score", "--format", "json")
    #expect(ending.code == 0)
    let result = try ending.json()
    let metrics = result["evaluators"]?.arrayValue?.first?["metrics"]
    let area = metrics?["roc_auc"]?["differences"]?.arrayValue?.first
    // DeLong's test and McNemar's by numpy and scipy.
    #expect(abs((area?["delta"]?.doubleValue ?? 0) + 0.001350308641975162) < 1e-12)
    #expect(abs((area?["test"]?["p_value"]?.doubleValue ?? 0) - 0.5772545610428188) < 1e-9)
    #expect(abs((area?["ci"]?["low"]?.doubleValue ?? 0) + 0.006098351440222765) < 1e-9)
    #expect(area?["improved"]?.boolValue == false)
    let accuracy = metrics?["accuracy"]?["differences"]?.arrayValue?.first?["test"]
    #expect(abs((accuracy?["p_value"]?.doubleValue ?? 0) - 0.14599609375) < 1e-12)
    #expect(accuracy?["pairs"]?["only_side"]?.integerValue == 3)
    #expect(metrics?.objectValue?.count == 17)
    let schema = try JSONSchema(
      JSONValue(parsing: String(contentsOfFile: Built.root + "/Registry/schema/comparison.schema.json", encoding: .utf8)),
      at: "comparison", isClosed: false)
    #expect(throws: Never.self) { try schema.validate(result, at: "comparison") }
  }

  @Test(arguments: [
    ("delta(accuracy) >= -0.5 vs baseline", Int32(0), "PASS"), ("delta(accuracy) >= 0.9", 1, "FAIL"),
    ("delta(accuracy) >= 0.1", 4, "INCONCLUSIVE"),
  ])
  func `gates`(threshold: String, code: Int32, word: String) throws {
    let ending = try folder().assay(
      "compare", "--a", "old.csv", "--b", "new.csv", "--join-on", "id", "-e", "tabular.binary",
      "--bind", "target=label", "--threshold", threshold)
    #expect(ending.code == code && ending.output.contains(word), "\(ending.output)\(ending.error)")
  }

  @Test func `takes what is bound, and parameters, for one side`() throws {
    let folder = try Workplace(["both.csv": "label,p,q\n1,0.9,0.4\n0,0.3,0.2\n1,0.6,0.7\n0,0.4,0.3\n"])
    let ending = try folder.assay(
      "compare", "--a", "both.csv", "--b", "both.csv", "-e", "tabular.binary", "--bind", "target=label",
      "--bind", "a.score=p", "--bind", "b.score=q", "--param", "b.threshold=0.35", "--only", "accuracy",
      "--allow-different", "--format", "json")
    #expect(ending.code == 0, "\(ending.error)")
    let result = try ending.json()
    let settings = result["configuration"]?.arrayValue ?? []
    #expect(settings.compactMap { $0["setting"]?.stringValue } == ["bind.score", "param.threshold"])
    #expect(settings.first?["values"]?["b"]?.stringValue == "sample.q")
    let values = result["evaluators"]?.arrayValue?.first?["metrics"]?["accuracy"]?["values"]
    #expect(values?["a"]?["value"]?.doubleValue == 1 && values?["b"]?["value"]?.doubleValue == 1)
  }

  @Test func `writes its reports`() throws {
    let folder = try folder()
    let ending = try folder.assay(
      "compare", "--side", "x=old.csv", "--side", "y=new.csv", "--side", "z=old.csv", "--baseline", "y",
      "--join-on", "id", "-e", "tabular.binary", "--bind", "target=label", "--sort", "accuracy",
      "-o", "c.html", "-o", "c.md", "-o", "c.csv", "-o", "c.json", "--format", "yaml")
    #expect(ending.code == 0 && ending.output.contains("baseline: \"y\""), "\(ending.error)")
    #expect(try folder.read("c.html").contains("Items won"))
    #expect(try folder.read("c.md").contains("| rank | side |"))
    #expect(try folder.read("c.csv").split(separator: "\n").count == 1 + 2 * 17)
    #expect(try JSONValue(parsing: folder.read("c.json"))["baseline"]?.stringValue == "y")
  }

  @Test func `compares runs that were kept`() throws {
    let folder = try folder()
    for side in ["old", "new"] {
      let run = try folder.assay(
        "run", "-e", "tabular.binary", "--sample", "\(side).csv", "--bind", "target=label", "--only", "accuracy",
        "-o", "\(side).json", "--rows", "\(side).jsonl")
      try #require(run.code == 0, "\(run.error)")
    }
    let ending = try folder.assay("compare", "old.json", "new.json", "--format", "json")
    #expect(ending.code == 0, "\(ending.error)")
    let difference = try ending.json()["evaluators"]?.arrayValue?.first?["metrics"]?["accuracy"]?["differences"]?.arrayValue?.first
    #expect(difference?["side"]?.stringValue == "new" && difference?["baseline"]?.stringValue == "old")
    #expect(difference?["test"]?["method"]?.stringValue == "mcnemar_exact")
    try folder.write("{}\n", to: "new.jsonl")
    let broken = try folder.assay("compare", "old.json", "new.json")
    #expect(broken.code == 2 && broken.error.contains("new.jsonl, line 1: This is not a row of a run"))
    let both = try folder.assay("compare", "old.json", "new.json", "--a", "old.csv")
    #expect(both.code == 2 && both.error.contains("Compare either runs or data"))
  }

  @Test(arguments: [
    ([], "There is nothing to compare"), (["--a", "old.csv"], "needs two sides"),
    (["--side", "x"], "not NAME=FILE"), (["--a", "old.csv", "--b", "new.csv", "--adjust", "hom"], "Did you mean \"holm\""),
    (["--a", "old.csv", "--b", "new.csv", "--power", "2"], "--power"),
    (["--a", "old.csv", "--b", "new.csv", "-o", "x.junit.xml"], "A comparison is not written as"),
    (["--a", "old.csv", "--b", "new.csv", "--bind", "b.score"], "--bind b.score is not NAME=VALUE"),
    (["--a", "old.csv", "--b", "new.csv", "--baseline", "c"], "No side is called \"c\""),
    (["--a", "old.csv", "--b", "none.csv"], "There is no file \"none.csv\""),
  ])
  func `says what is wrong`(flags: [String], words: String) throws {
    let folder = try folder()
    let ending = try folder.start(
      ["compare", "-e", "tabular.binary", "--bind", "target=label"] + flags).wait()
    #expect(ending.code == 2 && ending.output.isEmpty)
    #expect(ending.error.contains(words), "\(ending.error)")
  }
}
