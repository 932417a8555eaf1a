import AssayJSON
import Foundation
import Testing

@Suite(.needsReader) struct `What rows cannot say` {
  private static let perfect =
    "label,score\n" + (0..<8).map { "\($0 % 2),\($0 % 2 == 1 ? 0.9 : 0.1)\n" }.joined()

  @Test func `is no interval of no width, nor a pass`() throws {
    let folder = try Workplace(["perfect.csv": Self.perfect])
    let ending = try folder.assay(
      "run", "-e", "tabular.binary", "--sample", "perfect.csv", "--bind", "target=label", "--ci", "0.95",
      "--threshold", "roc_auc >= 0.99", "--threshold", "accuracy >= 0.6", "--format", "json")
    #expect(ending.code == 4)
    let entry = try ending.json()["evaluators"]?.arrayValue?.first
    for name in ["roc_auc", "f1"] {
      let metric = entry?["metrics"]?[name]
      #expect(metric?["value"]?.doubleValue == 1 && metric?["ci"]?.objectValue == nil)
      #expect(metric?["ci_reason"]?.stringValue?.contains("nothing varies in these rows") == true, "\(name)")
    }
    // Wilson's knows what eight rows are worth.
    let low = entry?["metrics"]?["accuracy"]?["ci"]?["low"]?.doubleValue ?? 0
    #expect(abs(low - 0.6755924) < 1e-6)
    let verdicts = entry?["thresholds"]?.arrayValue?.map { $0["verdict"]?.stringValue }
    #expect(verdicts == ["inconclusive", "pass"])
  }

  @Test func `is how far the largest error could be off`() throws {
    let rows = "y,p\n" + (0..<40).map { "\($0),\(Double($0) + 0.1 * Double($0 % 7))\n" }.joined()
    let ending = try Workplace(["rows.csv": rows]).assay(
      "run", "-e", "tabular.regression", "--sample", "rows.csv", "--bind", "target=y", "--bind", "prediction=p",
      "--ci", "0.95", "--format", "json")
    let metrics = try ending.json()["evaluators"]?.arrayValue?.first?["metrics"]
    #expect(metrics?["mae"]?["ci"]?.objectValue != nil)
    #expect(metrics?["max_error"]?["ci"]?.objectValue == nil)
    #expect(metrics?["max_error"]?["ci_reason"]?.stringValue == "a sample says nothing of what lies beyond its ends")
  }

  @Test func `is said where errors know nothing of clusters`() throws {
    let games = "a,b,winner,prompt\nx,y,x,1\ny,z,y,1\nz,x,z,2\nx,z,x,2\n"
    let ending = try Workplace(["games.csv": games]).assay(
      "run", "-e", "pairwise.bradley_terry", "--sample", "games.csv", "--cluster", "prompt", "--ci", "0.95")
    #expect(ending.code == 0)
    #expect(ending.output.contains("pairwise.bradley_terry has no replicates over clusters"))
  }
}

@Suite(.needsReader) struct `Stored verdicts of two models` {
  @Test func `are compared verdict by verdict`() throws {
    let folder = try Workplace([
      "a.csv": "id,preference\n1,1\n2,1\n3,2\n4,1\n5,2\n6,1\n",
      "b.csv": "id,preference\n1,2\n2,1\n3,2\n4,2\n5,2\n6,1\n",
    ])
    let ending = try folder.assay(
      "compare", "--a", "a.csv", "--b", "b.csv", "--join-on", "id", "-e", "pairwise.win_rate", "--format", "json")
    let metrics = try ending.json()["evaluators"]?.arrayValue?.first?["metrics"]
    let difference = metrics?["win_rate"]?["differences"]?.arrayValue?.first
    #expect(abs((difference?["delta"]?.doubleValue ?? 0) - 2.0 / 6) < 1e-15)
    #expect(difference?["test"]?["method"]?.stringValue == "mcnemar_exact")
    #expect(abs((difference?["test"]?["p_value"]?.doubleValue ?? 0) - 0.5) < 1e-12)
    #expect(difference?["ci"]?["method"]?.stringValue == "newcombe_paired")
  }

  @Test func `are refused outside of the coding, on whichever side`() throws {
    let folder = try Workplace(["a.csv": "id,preference\n1,1\n", "b.csv": "id,preference\n1,3\n"])
    let ending = try folder.assay(
      "compare", "--a", "a.csv", "--b", "b.csv", "--join-on", "id", "-e", "pairwise.win_rate")
    #expect(ending.code == 2 && ending.error.contains("The preference 3.0 is outside of the coding"))
  }
}

@Suite(.needsReader) struct `A comparison of few or equal items` {
  private static func rows(_ count: Int, _ line: (Int) -> String) -> String {
    (0..<count).map { line($0) + "\n" }.joined()
  }

  private func compare(
    _ a: String, _ b: String, _ arguments: [String], code: Int32 = 0
  ) throws -> JSONValue {
    let place = try Workplace(["a.csv": a, "b.csv": b])
    let ending = try place.start(
      ["compare", "--a", "a.csv", "--b", "b.csv", "--format", "json"] + arguments).wait()
    #expect(ending.code == code, "\(ending.error)")
    return try ending.json()["evaluators"]?.arrayValue?.first ?? .null
  }

  private func difference(_ evaluator: JSONValue, _ metric: String) -> JSONValue? {
    evaluator["metrics"]?[metric]?["differences"]?.arrayValue?.first
  }

  @Test func `gives no proof of equality from what does not vary`() throws {
    let perfect = "label,score\n" + Self.rows(8) { "\($0 % 2),\($0 % 2 == 1 ? 0.9 : 0.1)" }
    let found = try compare(
      perfect, perfect,
      ["-e", "tabular.binary", "--bind", "target=label", "--threshold", "delta(roc_auc) >= -0.001",
        "--threshold", "delta(f1) >= -0.001", "--threshold", "delta(accuracy) >= -0.5"], code: 4)
    #expect(difference(found, "roc_auc")?["ci"]?.objectValue == nil)
    #expect(difference(found, "f1")?["ci"]?.objectValue == nil)
    #expect(difference(found, "accuracy")?["ci"]?["method"]?.stringValue == "newcombe_paired")
    let verdicts = found["thresholds"]?.arrayValue?.map { $0["verdict"]?.stringValue }
    #expect(verdicts == ["inconclusive", "inconclusive", "pass"])
  }

  @Test func `takes equal sides as equal where their items differ`() throws {
    let rows = "y,p\n" + Self.rows(30) { "\($0),\(Double($0) + Double($0 % 7) / 10)" }
    let found = try compare(
      rows, rows, ["-e", "tabular.regression", "--bind", "target=y", "--bind", "prediction=p",
        "--threshold", "delta(mae) <= 0.01", "--threshold", "delta(rmse) <= 0.01"])
    #expect(difference(found, "mae")?["ci"]?["high"]?.doubleValue == 0)
    #expect(difference(found, "rmse")?["ci"]?["high"]?.doubleValue == 0)
    #expect(difference(found, "max_error")?["ci"]?.objectValue == nil)
    #expect(difference(found, "max_error")?["test"]?.objectValue == nil)
  }

  @Test func `keeps clusters in step where an item has no score`() throws {
    let head = "id,g,x\n"
    func side(_ shift: Int) -> [String] { (0..<40).map { "\($0),\($0 / 4),\(($0 * 7 + shift * $0 / 4) % 23)" } }
    let (a, b) = (side(0), side(5))
    let broken = b.enumerated().map { $0 < 2 ? "\($0),0,-1" : $1 }
    let arguments = [
      "--join-on", "id", "--library", "libm.so.6", "--call", "double sqrt(double x)", "--result", "undefined=nan",
      "--cluster", "g", "--min-coverage", "0.5",
    ]
    let whole = try compare(
      head + a.joined(separator: "\n") + "\n", head + broken.joined(separator: "\n") + "\n", arguments)
    let rest = try compare(
      head + a.dropFirst(2).joined(separator: "\n") + "\n", head + b.dropFirst(2).joined(separator: "\n") + "\n",
      arguments)
    let (found, expected) = (difference(whole, "mean"), difference(rest, "mean"))
    #expect(expected?["ci"]?["method"]?.stringValue == "paired_t_clustered")
    #expect(found?["ci"] == expected?["ci"] && found?["test"] == expected?["test"])
  }

  @Test func `does not call one of two opposite biases the worse`() throws {
    func side(_ bias: Double) -> String {
      "y,p\n" + Self.rows(300) { "\($0),\(Double($0) + bias + (Double($0 * 37 % 100) - 49.5) / 50)" }
    }
    let found = try compare(
      side(-0.5), side(0.501), ["-e", "tabular.regression", "--bind", "target=y", "--bind", "prediction=p"])
    let bias = difference(found, "mean_error")
    #expect((bias?["delta"]?.doubleValue ?? 0) > 0.9 && (bias?["ci"]?["low"]?.doubleValue ?? 0) > 0.8)
    #expect(bias?["test"]?["significant"]?.boolValue == false)
    #expect((bias?["test"]?["p_value"]?.doubleValue ?? 0) > 0.5)
  }

  @Test func `finds a bootstrapped difference among many tests`() throws {
    func side(_ weight: Double) -> String {
      "label,score\n" + Self.rows(300) { row in
        let noise = Double(row * 61 % 97) / 97
        return "\(row % 2),\(weight * Double(row % 2) + (1 - weight) * noise)"
      }
    }
    let found = try compare(side(0), side(0.9), ["-e", "tabular.binary", "--bind", "target=label"])
    for metric in ["f1", "mcc", "average_precision"] {
      let test = difference(found, metric)?["test"]
      #expect(test?["method"]?.stringValue == "poisson_bootstrap")
      #expect((test?["p_value"]?.doubleValue ?? 1) < 1e-6, "\(metric)")
      #expect(test?["significant"]?.boolValue == true)
    }
  }

  @Test func `says that kept rows know nothing of clusters`() throws {
    let folder = try Workplace(["rows.csv": "x\n1\n2\n"])
    for name in ["old", "new"] {
      _ = try folder.assay(
        "run", "--library", "libm.so.6", "--call", "double fabs(double x)", "--sample", "rows.csv", "-o",
        "\(name).json", "--rows", "\(name).jsonl", "--quiet")
    }
    let ending = try folder.assay("compare", "old.json", "new.json", "--cluster", "x")
    #expect(ending.code == 2 && ending.error.contains("do not say which of them belong together"))
    let median = try folder.assay("compare", "old.json", "new.json", "--format", "json").json()
    let test = median["evaluators"]?.arrayValue?.first?["metrics"]?["median"]?["differences"]?.arrayValue?.first?["test"]
    #expect(test?["method"]?.stringValue?.hasPrefix("sign_flip") != true)
  }
}
