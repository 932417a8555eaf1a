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
