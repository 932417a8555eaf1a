import AssayJSON
import Foundation
import Testing

@Suite(.enabled(if: Built.hasTabular)) struct `Sources of the registry` {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    func lines(_ better: Double) -> String {
      (0..<60).map { row in
        let label = row % 3 == 0 ? 1 : 0
        let score = Double((row * 37) % 101) / 250 + (label == 1 ? better : 0.05)
        let split = ["train", "validation", "test"][row / 20]
        return #"{"id": "k\#(row)", "label": \#(label), "score": \#(score), "split": "\#(split)"}"# + "\n"
      }.joined()
    }
    try place.write(lines(0.3), to: "old.jsonl")
    try place.write(lines(0.55), to: "new.jsonl")
    for name in ["old", "new"] {
      let made = try place.assay("datasets", "create", "--name", name, "--file", "\(name).jsonl")
      try #require(made.code == 0, "\(made.error)")
    }
  }

  private let evaluator = ["-e", "tabular.binary", "--bind", "target=label", "--format", "json"]

  private func assay(_ arguments: [String]) throws -> Ending { try place.start(arguments).wait() }

  private func entry(_ ending: Ending) throws -> JSONValue {
    try #require(ending.json()["evaluators"]?.arrayValue?.first, "\(ending.error)")
  }

  @Test func `are evaluated without being kept, each split and all rows`() throws {
    let plain = try entry(assay(["run", "--sample", "new.jsonl"] + evaluator))
    let ending = try assay(["run", "--sample", "dataset:new"] + evaluator)
    let whole = try entry(ending)
    #expect(whole["metrics"] == plain["metrics"])
    #expect(whole["slices"]?.arrayValue?.compactMap { $0["by"]?["split"]?.stringValue } == ["test", "train", "validation"])
    #expect(try ending.json()["sources"]?["sample"]?["uri"] == "dataset:new@1")
    let test = try entry(assay(["run", "--sample", "dataset:new@1/test"] + evaluator))
    #expect(test["counts"]?["total"]?.integerValue == 20)
    #expect(test["metrics"] == whole["slices"]?.arrayValue?.first?["metrics"])
    let apart = try entry(
      assay([
        "run", "--sample", "new.jsonl", "--ground-truth", "dataset:new/valid", "--join-on", "id", "--bind",
        "sample.score=score", "--bind", "ground_truth.target=label", "-e", "tabular.binary", "--format", "json",
      ]))
    #expect(apart["counts"]?["total"]?.integerValue == 20)
    #expect(try place.assay("runs", "list", "--format", "json").json()["total"]?.integerValue == 0)
  }

  @Test func `are compared`() throws {
    let plain = try entry(assay(["compare", "--a", "old.jsonl", "--b", "new.jsonl", "--join-on", "id"] + evaluator))
    let kept = try entry(assay(["compare", "--a", "dataset:old", "--b", "dataset:new@1", "--join-on", "id"] + evaluator))
    #expect(kept["metrics"] == plain["metrics"])
    let test = try assay(
      ["compare", "--a", "dataset:old/test", "--side", "best=dataset:new/test", "--join-on", "id"] + evaluator)
    #expect(test.code == 0, "\(test.error)")
    #expect(try test.json()["items"]?["compared"]?.integerValue == 20, "\(test.output)")
  }

  @Test func `may be the logs of a container, of which no copy stays`() throws {
    try place.write("", to: "tmp/keep")
    try place.write("{\"input\": \"z\", \"output\": \"o\", \"number\": -2}\n", to: "logs.jsonl")
    _ = try place.assay("containers", "create", "--label", "numbers")
    _ = try place.assay("containers", "logs", "import", "numbers", "logs.jsonl")
    let ending = try place.assay(
      "run", "--library", "libm.so.6", "--call", "double fabs(double x)", "--bind", "x=number", "--sample",
      "container:numbers", "--format", "json", environment: ["TMPDIR": place.path + "/tmp"])
    #expect(ending.code == 0, "\(ending.error)")
    #expect(try entry(ending)["metrics"]?["mean"]?["value"]?.doubleValue == 2)
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.path + "/tmp") == ["keep"])
  }

  @Test(arguments: [
    (["--sample", "dataset:nwe"], "registry.not-found", "\"new\""),
    (["--sample", "dataset:new@7"], "registry.not-found", "7"),
    (["--sample", "dataset:new", "--sample-range", "60:"], "registry.invalid", "60"),
    (["--sample", "dataset:new/dev"], "registry.invalid", "train"),
    (["--sample", "container:new"], "registry.not-found", "container"),
    (["--sample", "generate:gpt"], "run.generate-unavailable", "gpt"),
    (["--sample", "dataset:new/test", "--split", "train"], "registry.invalid", "Name one split"),
  ])
  func `that are not there are named`(flags: [String], code: String, words: String) throws {
    for more in [[], ["--save"]] {
      let ending = try assay(["run"] + flags + evaluator + more)
      #expect(ending.code == 2 && ending.output.isEmpty)
      let error = try JSONValue(parsing: String(try #require(ending.error.split(separator: "\n").last)))["error"]
      #expect(error?["code"]?.stringValue == code, "\(ending.error)")
      #expect(error?["message"]?.stringValue?.contains(words) == true, "\(ending.error)")
    }
  }

  @Test func `and files of such a name are told apart`() throws {
    try place.write(try place.read("new.jsonl"), to: "dataset:x.jsonl")
    #expect(try assay(["run", "--sample", "./dataset:x.jsonl"] + evaluator).code == 0)
    #expect(try assay(["run", "--sample", "dataset:x.jsonl"] + evaluator).code == 2)
  }
}
