import AssayJSON
import Foundation
import Testing

@Suite(.enabled(if: Built.hasTabular)) struct `A run with --save` {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    let lines = (0..<60).map { row in
      let label = row % 3 == 0 ? 1 : 0
      let score = Double((row * 37) % 101) / 250 + (label == 1 ? 0.4 : 0.05)
      let split = ["train", "validation", "test"][row / 20]
      return #"{"id": "k\#(row)", "label": \#(label), "score": \#(score), "site": "\#(row % 2 == 0 ? "a" : "b")", "split": "\#(split)"}"#
    }
    try place.write(lines.joined(separator: "\n") + "\n", to: "rows.jsonl")
  }

  private let gate = [
    "-e", "tabular.binary", "--bind", "target=label", "--threshold", "roc_auc >= 0.7", "--slice", "site", "--ci", "0.9",
    "--format", "json",
  ]

  private func run(_ arguments: [String], input: String? = nil) throws -> Ending {
    try place.start(["run"] + arguments, input: input).wait()
  }

  /// A result without what differs from one run to the next.
  private func facts(_ result: JSONValue) throws -> JSONObject {
    var object = try #require(result.objectValue)
    object["run"] = nil
    return object
  }

  @Test func `says what it says without it, and is kept with every row`() throws {
    let plain = try run(gate + ["--sample", "rows.jsonl", "--rows", "plain.jsonl", "-o", "plain.json"])
    #expect(plain.code == 0 && !place.has(".assay"), "\(plain.error)")
    let saved = try run(gate + ["--sample", "rows.jsonl", "--save", "--rows", "saved.jsonl", "-o", "saved.json"])
    #expect(saved.code == 0, "\(saved.error)")
    #expect(saved.error.contains("Made the registry .assay"))
    var expected = try facts(plain.json())
    // It names the file beside the result.
    expected["states"] = nil
    var found = try facts(saved.json())
    found["states"] = nil
    #expect(found == expected)
    #expect(place.has("saved.json") && place.has("plain.states") == place.has("saved.states"))

    let id = try #require(saved.json()["run"]?["id"]?.stringValue)
    let kept = try place.assay("runs", "get", id, "--format", "json", "--rows", "kept.jsonl").json()
    #expect(kept["status"] == "completed" && kept["exit_code"]?.integerValue == 0)
    #expect(try facts(#require(kept["result"])) == found)
    #expect(kept["evaluators"]?.arrayValue?.first?["fingerprint"]?.stringValue?.hasPrefix("sha256:") == true)
    #expect(kept["sources"]?["sample"]?["sha256"]?.stringValue?.count == 64)
    #expect(kept["config"]?["slices"] == [["site"]] && kept["config"]?["ci"]?.doubleValue == 0.9)
    #expect(try place.read("kept.jsonl").split(separator: "\n").count == 60)
  }

  @Test func `says the id to people, and exits as the run does`() throws {
    let failed = try place.assay(
      "run", "-e", "tabular.binary", "--bind", "target=label", "--sample", "rows.jsonl", "--threshold",
      "log_loss <= 0.0001", "--save")
    #expect(failed.code == 1 && failed.output.contains("log_loss"), "\(failed.error)")
    let id = try #require(failed.error.firstMatch(of: /Kept the run (run_\w+)\./)?.1)
    let kept = try place.assay("runs", "get", String(id), "--format", "json").json()
    #expect(kept["verdict"] == "fail" && kept["exit_code"]?.integerValue == 1)
    let quiet = try place.assay(
      "run", "-e", "tabular.binary", "--bind", "target=label", "--sample", "rows.jsonl", "--save", "--quiet")
    #expect(quiet.code == 0 && quiet.error.isEmpty)
    #expect(try place.assay("runs", "list", "--format", "json").json()["total"]?.integerValue == 2)
  }

  @Test func `is asked for by a configuration, too`() throws {
    try place.write(
      "evaluator: tabular.binary\nsample: rows.jsonl\nbind: {target: label}\nsave: true\nquiet: true\n",
      to: "assay.yaml")
    #expect(try place.assay("run", "assay.yaml").code == 0)
    #expect(try place.assay("runs", "list", "--format", "json").json()["total"]?.integerValue == 1)
  }

  @Test func `keeps functions, and evaluators of the registry with their version`() throws {
    let function = try place.assay(
      "run", "--library", "libm.so.6", "--call", "double fabs(double x)", "--bind", "x=score", "--pass-threshold", "2",
      "--result", "direction=lower_is_better", "--sample", "rows.jsonl", "--save", "--format", "json")
    #expect(function.code == 0, "\(function.error)")
    _ = try place.assay(
      "evaluators", "create", "--name", "gate", "--type", "plugin", "--evaluator", "tabular.binary", "--bind",
      "target=label")
    let named = try place.assay("run", "-e", "gate", "--sample", "rows.jsonl", "--save", "--format", "json")
    let id = try #require(named.json()["run"]?["id"]?.stringValue, "\(named.error)")
    let kept = try place.assay("runs", "get", id, "--format", "json").json()
    #expect(kept["evaluators"]?.arrayValue?.first?["version"]?.integerValue == 1)
    let again = try place.assay("runs", "rescore", id, "--threshold", "accuracy >= 0.1", "--wait", "--format", "json")
    #expect(again.code == 0, "\(again.error)")
  }

  @Test func `keeps the answers of two models as sides a and b`() throws {
    try place.write("{\"output\": 3}\n{\"output\": 1}\n{\"output\": 5}\n", to: "a.jsonl")
    try place.write("{\"output\": 1}\n{\"output\": 2}\n{\"output\": 4}\n", to: "b.jsonl")
    let pair = [
      "--library", "libm.so.6", "--call", "double atan2(double a_output, double b_output)", "--result",
      "range=0|1.5707963267948966,direction=higher_is_better", "--a", "a.jsonl", "--b", "b.jsonl", "--format", "json",
    ]
    let plain = try run(pair)
    #expect(plain.code == 0, "\(plain.error)")
    let saved = try run(pair + ["--save"])
    #expect(saved.code == 0, "\(saved.error)")
    #expect(try facts(saved.json()) == facts(plain.json()))
    let id = try #require(saved.json()["run"]?["id"]?.stringValue)
    let kept = try place.assay("runs", "get", id, "--format", "json").json()
    #expect(kept["sources"]?["b"]?["sha256"]?.stringValue?.count == 64 && kept["config"]?["a"]?["file"] == "a.jsonl")
    let made = try place.start(["runs", "create", "--wait"] + pair).wait()
    #expect(made.code == 0, "\(made.error)")
    #expect(try made.json()["result"]?["evaluators"] == plain.json()["evaluators"])
    let again = try place.assay("runs", "rescore", id, "--wait", "--format", "json")
    #expect(again.code == 0, "\(again.error)")
    #expect(try again.json()["result"]?["evaluators"] == plain.json()["evaluators"])
  }

  @Test func `can be done again from another folder`() throws {
    try place.write("double twice(double x) { return 2 * x; }\n", to: "twice.c")
    let compiler = Process()
    compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    compiler.arguments = ["cc", "-shared", "-fPIC", "-o", "\(place.path)/libtwice.so", "\(place.path)/twice.c"]
    try compiler.run()
    compiler.waitUntilExit()
    try #require(compiler.terminationStatus == 0)
    let saved = try run([
      "--library", "./libtwice.so", "--call", "double twice(double x)", "--bind", "x=score", "--sample", "rows.jsonl",
      "--save", "--format", "json",
    ])
    let id = try #require(saved.json()["run"]?["id"]?.stringValue, "\(saved.error)")
    try place.write("", to: "sub/keep")
    let again = try place.start(
      ["runs", "rescore", id, "--threshold", "mean >= 0", "--wait", "--format", "json"],
      limits: "cd '\(place.path)/sub'"
    ).wait()
    #expect(again.code == 0, "\(again.error)")
  }

  @Test func `copies standard input into the registry`() throws {
    let rows = try place.read("rows.jsonl")
    let saved = try run(gate + ["--sample", "-", "--save"], input: rows)
    #expect(saved.code == 0, "\(saved.error)")
    let id = try #require(saved.json()["run"]?["id"]?.stringValue)
    let kept = try place.assay("runs", "get", id, "--format", "json").json()
    let path = try #require(kept["sources"]?["sample"]?["path"]?.stringValue)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == rows)
  }

  @Test(arguments: [
    (["-e", "tabular.binary", "--sample", "none.jsonl"], nil), (["-e", "nobody", "--sample", "rows.jsonl"], nil),
    (["-e", "tabular.binary", "--sample", "rows.jsonl", "--bind", "target=missing"], nil),
    (["-e", "tabular.binary", "--sample", "rows.jsonl", "--bind", "target=label", "--threshold", "nothing > 1"], nil),
    (["-e", "tabular.binary", "--sample", "dataset:none"], nil),
    (["-e", "tabular.binary", "--sample", "-"], "{\"other\": 1}\n"),
  ] as [([String], String?)])
  func `that cannot be made makes nothing`(arguments: [String], input: String?) throws {
    let refused = try run(arguments + ["--save"], input: input)
    #expect(refused.code == 2 && refused.output.isEmpty)
    #expect(place.names == ["rows.jsonl"], "\(refused.error)")
  }

  @Test func `that breaks on its way is kept as failed`() throws {
    try place.write(try place.read("rows.jsonl") + "{\"label\": null, \"score\": 0.5}\n", to: "bad.jsonl")
    let broken = try run(gate + ["--sample", "bad.jsonl", "--save"])
    #expect(broken.code == 2 && broken.output.isEmpty)
    let error = try JSONValue(parsing: String(try #require(broken.error.split(separator: "\n").last)))["error"]
    let id = try #require(error?["details"]?["run"]?.stringValue)
    let kept = try place.assay("runs", "get", id, "--format", "json").json()
    #expect(kept["status"] == "failed" && kept["error"]?["code"] == error?["code"])
  }
}
