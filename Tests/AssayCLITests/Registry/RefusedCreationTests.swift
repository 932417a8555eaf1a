import AssayJSON
import Foundation
import Testing

@Suite(.enabled(if: Built.hasTabular, "the tabular plugin is not built")) struct `A fresh folder` {
  private static let files = [
    "bad-split.jsonl": "{\"id\": 1, \"split\": \"test\"}\n{\"id\": 2, \"split\": \"dev\"}\n", "empty.jsonl": "{}\n",
    "cut.jsonl": "{\"id\": 1}\n{\"id\": \n", "plain.jsonl": "{\"id\": 1}\n", "nothing.yaml": "--- \n",
    "questions.json": "[{\"question\": \"q\", \"answer\": \"a\"}, {\"question\": \"q\"}]\n",
    "bad-score.jsonl": "{\"score\": 0.5}\n{\"score\": \"high\"}\n",
  ]

  /// Requests that are refused, some late: after rows were read or files were written.
  private static let refused: [[String]] = [
    ["datasets", "create", "--name", "d", "--file", "bad-split.jsonl"],
    ["datasets", "create", "--name", "d", "--file", "cut.jsonl", "--shares", "train=1"],
    ["datasets", "create", "--name", "d", "--file", "none.jsonl"],
    ["datasets", "create", "--name", "d", "--file", "plain.jsonl", "--split-column", "fold"],
    ["datasets", "create", "--name", "d.x", "--file", "plain.jsonl"],
    ["datasets", "create", "--name", "d", "--container", "nowhere"],
    ["datasets", "create", "--name", "d", "--file", "plain.jsonl", "--shares", "train=0.5"],
    ["datasets", "create", "--name", "d", "--file", "-", "--shares", "train=1"],
    ["datasets", "create", "--name", "d", "--file", "plain.jsonl", "--reader", "yollo"],
    ["datasets", "create", "--name", "d", "--file", "."],
    ["benchmarks", "upload", "questions.json", "--name", "b", "--evaluator", "nobody"],
    ["benchmarks", "upload", "plain.jsonl", "--name", "b"], ["benchmarks", "create", "--name", "b", "--dataset", "none"],
    ["evaluators", "create", "--name", "e"], ["evaluators", "create", "-f", "nothing.yaml"],
    ["evaluators", "create", "--name", "e", "--type", "plugin", "--evaluator", "tabular.binray"],
    ["evaluators", "apply", "-f", "nothing.yaml"], ["containers", "create"], ["containers", "create", "--label", "a/b"],
    ["models", "create", "--name", "m", "--state", "finished"],
    ["models", "predictions", "add", "m", "--dataset", "d", "--file", "plain.jsonl"],
    ["runs", "create", "-e", "tabular.binary", "--sample", "plain.jsonl"],
    ["runs", "create", "-e", "tabular.binary", "--sample", "-", "--wait"],
    ["runs", "create", "-e", "nobody", "--sample", "plain.jsonl"],
    ["runs", "import", "bad-score.jsonl"], ["runs", "import", "none.jsonl"], ["runs", "resume", "none"],
    ["containers", "logs", "append", "none", "--output", "x"],
    ["containers", "logs", "import", "none", "plain.jsonl"], ["evaluators", "delete", "none"],
  ]

  @Test(arguments: refused)
  func `stays as it is where a request is refused`(arguments: [String]) throws {
    let place = try Workplace(Self.files)
    let ending = try place.start(arguments + ["--format", "json"], input: "{\"id\": \n").wait()
    #expect(ending.code == 2 && ending.output.isEmpty, "\(ending.output)\(ending.error)")
    #expect(try JSONValue(parsing: ending.error)["error"]?["code"]?.stringValue?.isEmpty == false)
    #expect(place.names == Self.files.keys.sorted(), "\(ending.error)")
  }

  @Test func `gets a registry with a data set in it, or beside what is there`() throws {
    let place = try Workplace(Self.files)
    try place.write("mine", to: ".assay/notes.txt")
    let made = try place.assay("datasets", "create", "--name", "d", "--file", "plain.jsonl", "--format", "json")
    #expect(made.code == 0 && made.error == "assay: Made the registry \(place.path)/.assay.\n", "\(made.error)")
    #expect(try place.read(".assay/notes.txt") == "mine")
    #expect(try place.assay("datasets", "get", "d").code == 0)
    #expect(place.names == ([".assay"] + Self.files.keys).sorted())
    let far = try place.assay(
      "datasets", "create", "--name", "d", "--file", "plain.jsonl", "--store", "deep/er/store", "--format", "json")
    #expect(far.code == 0 && place.has("deep/er/store/assay.sqlite"), "\(far.error)")
    let rows = try FileManager.default.contentsOfDirectory(atPath: place.path + "/deep/er/store/datasets")
    #expect(rows.count == 1)
  }
}
