import AssayJSON
import Foundation
import Testing

@Suite struct `assay run` {
  private static let binary = ["-e", "tabular.binary", "--bind", "target=label"]

  @Test(.needsReader, arguments: [
    (["--threshold", "roc_auc >= 0.5"], 0), (["--threshold", "roc_auc >= 0.99"], 1),
    (["--threshold", "roc_auc >= 0.99", "--gate-exit-code", "17"], 17), ([], 0),
    (["--pass-threshold", "0.99"], 1), (["--threshold", "0.5"], 0),
  ] as [([String], Int32)])
  func `ends with the code of its verdict`(_ arguments: [String], _ code: Int32) throws {
    let place = try Workplace(["data.csv": Rows.csv])
    let ending = try place.assay(
      "run", "--sample", "data.csv", "--format", "json", also: Self.binary + arguments)
    #expect(ending.code == code, "\(ending.error)")
    #expect(try ending.json()["exit_code"]?.integerValue == Int64(code))
  }

  @Test func `reads JSON lines from standard input`() throws {
    let place = try Workplace()
    let ending = try place.assay(
      "run", "-e", "tabular.binary", "--bind", "target=label", "--sample", "-", "--format", "json",
      input: Rows.jsonl)
    #expect(ending.code == 0, "\(ending.error)")
    let entry = try ending.json()["evaluators"]?.arrayValue?.first
    #expect(entry?["metrics"]?["roc_auc"]?["value"]?.doubleValue == 0.75)
  }

  @Test(.needsReader) func `calls a function of a library that knows nothing of Assay`() throws {
    let place = try Workplace(["data.csv": "x\n-1\n2\n-6\n"])
    let ending = try place.assay(
      "run", "--library", "libm.so.6", "--call", "double fabs(double x)", "--sample", "data.csv",
      "--format", "json", "--threshold", "max <= 6", "--rows", "rows.jsonl")
    #expect(ending.code == 0, "\(ending.error)")
    let metrics = try ending.json()["evaluators"]?.arrayValue?.first?["metrics"]
    #expect(metrics?["mean"]?["value"]?.doubleValue == 3)
    let rows = try place.read("rows.jsonl").split(separator: "\n").map { try JSONValue(parsing: String($0)) }
    #expect(rows.map { $0["score"]?.doubleValue } == [1, 2, 6])
    #expect(rows.map { $0["row"]?.integerValue } == [0, 1, 2])
    #expect(place.names == ["data.csv", "rows.jsonl"])
  }

  @Test(.needsReader) func `writes every kind of report`() throws {
    let place = try Workplace(["data.csv": Rows.csv])
    let ending = try place.assay(
      "run", "--sample", "data.csv", "-o", "r.json", "-o", "r.junit.xml", "-o", "r.md", "-o", "r.html",
      "-o", "r.csv", "-o", "all/", also: Self.binary)
    #expect(ending.code == 0, "\(ending.error)")
    #expect(place.names == ["all", "data.csv", "r.csv", "r.html", "r.json", "r.junit.xml", "r.md"])
    #expect(place.has("all/metrics.csv"))
    #expect(try JSONValue(parsing: place.read("r.json"))["verdict"]?.isNull == true)

    let rendered = try place.assay("report", "r.json", "-o", "again.csv")
    #expect(rendered.code == 0)
    #expect(rendered.output == "")
    #expect(try place.read("again.csv") == place.read("r.csv"))
    let table = try place.assay("report", "r.json")
    #expect(table.output == ending.output)
  }

  @Test func `shows images in a page that is made later`() throws {
    let snapshot = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../AssayReportTests/Snapshots/detection.json")
    let place = try Workplace(["result.json": try String(contentsOf: snapshot, encoding: .utf8)])
    let plain = try place.assay("report", "result.json", "-o", "plain.html")
    #expect(plain.code == 0, "\(plain.error)")
    let shown = try place.assay("report", "result.json", "-o", "shown.html", "--images", ".")
    #expect(shown.code == 0, "\(shown.error)")
    #expect(try !place.read("plain.html").contains("left out"))
    #expect(try place.read("shown.html").contains("images left out, not in"))
    let missing = try place.assay("report", "result.json", "-o", "no.html", "--images", "val2017")
    #expect(missing.code == 2)
    #expect(missing.error.contains("val2017"))
    #expect(!place.has("no.html"))
  }

  @Test(.needsReader) func `prints YAML that says the same`() throws {
    let place = try Workplace(["data.csv": Rows.csv])
    let ending = try place.assay("run", "--sample", "data.csv", "--format", "yaml", also: Self.binary)
    #expect(ending.output.hasPrefix("assay: \"1\"\n"))
    #expect(ending.output.contains("\nexit_code: 0\n"))
  }

  @Test(.needsReader) func `compares with a baseline`() throws {
    let place = try Workplace(["data.csv": Rows.csv])
    _ = try place.assay("run", "--sample", "data.csv", "-o", "last.json", also: Self.binary)
    let same = try place.assay(
      "run", "--sample", "data.csv", "--baseline", "last.json", "--threshold", "delta(roc_auc) >= 0",
      also: Self.binary)
    #expect(same.code == 0, "\(same.error)")
    let other = try place.assay(
      "run", "--sample", "data.csv", "--baseline", "last.json", "--threshold", "delta(roc_auc) >= 0",
      "--param", "threshold=0.3", also: Self.binary)
    #expect(other.code == 2)
    #expect(other.error.contains("--ignore-fingerprints"))
    let insisting = try place.assay(
      "run", "--sample", "data.csv", "--baseline", "last.json", "--threshold", "delta(roc_auc) >= 0",
      "--param", "threshold=0.3", "--ignore-fingerprints", also: Self.binary)
    #expect(insisting.code == 0, "\(insisting.error)")
  }

  @Test(.needsReader) func `says nothing but the result when it is quiet`() throws {
    let place = try Workplace(["data.csv": Rows.csv])
    let ending = try place.assay(
      "run", "--sample", "data.csv", "--quiet", also: Self.binary + ["--threshold", "roc_auc >= 1"])
    #expect(ending.code == 1)
    #expect(ending.error == "")
    #expect(!ending.output.isEmpty)
    #expect(!ending.output.contains("\u{1B}"))
  }

  @Test(.needsReader) func `tells GitHub Actions, and keeps standard output clean`() throws {
    let place = try Workplace(["data.csv": Rows.csv])
    let ending = try place.assay(
      "run", "-e", "tabular.binary", "--bind", "target=label", "--sample", "data.csv",
      "--threshold", "roc_auc >= 1", "--format", "json",
      environment: ["GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": place.path + "/summary.md"])
    #expect(ending.code == 1)
    #expect(ending.error.contains("::error title="))
    #expect(try ending.json()["verdict"]?.stringValue == "fail")
    #expect(try place.read("summary.md").contains("roc_auc"))
  }

  @Test(.needsReader) func `is stopped by an interrupt, and leaves no file`() throws {
    let place = try Workplace(["data.csv": Rows.csv])
    // A function that takes its time, over enough rows to be caught at work.
    try place.write("seconds\n" + String(repeating: "1\n", count: 40), to: "slow.csv")
    let running = try place.start([
      "run", "--library", "libc.so.6", "--call", "unsigned sleep(unsigned seconds)", "--sample",
      "slow.csv", "--rows", "rows.jsonl", "-o", "r.json", "-j", "1",
    ])
    Thread.sleep(forTimeInterval: 1)
    #expect(running.process.isRunning)
    running.process.interrupt()
    Thread.sleep(forTimeInterval: 0.5)
    // The function does not ask whether it should stop; the second signal does not wait for it.
    running.process.interrupt()
    let ending = try running.wait()
    #expect(ending.code == 130)
    #expect(ending.output == "")
    #expect(place.names == ["data.csv", "slow.csv"])
  }

  @Test(.needsSharedData) func `gives scikit-learn's ROC AUC for CSV, JSON lines and Parquet`() throws {
    let data = try #require(Built.sharedData) + "/tabular"
    let place = try Workplace()
    let expected = try JSONValue(
      parsing: String(contentsOfFile: data + "/expected.json", encoding: .utf8))
    let value = try #require(
      expected["breast_cancer_logistic"]?["unweighted"]?["roc_auc"]?.doubleValue)
    for ending in ["csv", "jsonl", "parquet"] {
      let run = try place.assay(
        "run", "-e", "tabular.binary", "--sample", "\(data)/breast_cancer_logistic.\(ending)",
        "--bind", "target=label", "--bind", "score=score", "--threshold", "roc_auc >= 0.99",
        "--format", "json")
      #expect(run.code == 0, "\(run.error)")
      let found = try run.json()["evaluators"]?.arrayValue?.first?["metrics"]?["roc_auc"]?["value"]?.doubleValue
      #expect(abs(try #require(found) - value) <= 1e-12 * value)
    }
  }

  @Test(.needsSharedData) func `joins Parquet with JSON lines, slices and gives intervals`() throws {
    let data = try #require(Built.sharedData) + "/tabular"
    let place = try Workplace()
    let run = try place.assay(
      "run", "-e", "tabular.binary", "--sample", "\(data)/breast_cancer_logistic.parquet",
      "--ground-truth", "\(data)/breast_cancer_forest.jsonl", "--join-on", "id", "--bind",
      "sample.score=score", "--bind", "ground_truth.target=label", "--slice", "sample.site", "--ci",
      "0.95", "--only", "roc_auc", "--format", "json")
    #expect(run.code == 0, "\(run.error)")
    let entry = try run.json()["evaluators"]?.arrayValue?.first
    #expect(entry?["slices"]?.arrayValue?.count == 3)
    #expect(entry?["metrics"]?["roc_auc"]?["ci"]?["level"]?.doubleValue == 0.95)
  }
}
