import AssayCore
import Testing

@Suite struct `Near names` {
  private static let metrics = ["roc_auc", "precision", "recall", "f1", "log_loss", "average_precision", "mcc"]

  @Test(arguments: [
    // A letter left out, added, changed, or two that changed places.
    ("precison", ["precision"]), ("reccall", ["recall"]), ("recoll", ["recall"]), ("recal", ["recall"]),
    ("rceall", ["recall"]), ("F1", ["f1"]), ("f2", ["f1"]),
    // Case and marks do not count.
    ("ROC-AUC", ["roc_auc"]), ("logloss", ["log_loss"]), ("log.loss", ["log_loss"]),
    // A shared beginning is enough.
    ("average", ["average_precision"]), ("pre", ["precision"]),
    // Nothing is near.
    ("temperature", []), ("x", []), ("", []),
  ] as [(String, [String])])
  func `are found where a hand slipped`(name: String, near: [String]) {
    #expect(nearNames(to: name, in: Self.metrics) == near)
  }

  @Test func `stand with the nearest first, and equals by name`() {
    #expect(nearNames(to: "map", in: ["map_75", "mar", "map_50", "map"]) == ["map", "mar", "map_50"])
    #expect(nearNames(to: "ab", in: ["ad", "ac"]) == ["ac", "ad"])
  }

  @Test func `are no more than asked for`() {
    let names = (0..<9).map { "score_\($0)" }
    #expect(nearNames(to: "score", in: names).count == 3)
    #expect(nearNames(to: "score", in: names, limit: 1) == ["score_0"])
    #expect(nearNames(to: "score", in: names, limit: 0) == [])
  }

  @Test(arguments: [
    ("lable", ["label"], " Did you mean \"label\"?"),
    ("scor", ["score", "scores", "id"], " Did you mean \"score\" or \"scores\"?"), ("zzz", ["label"], ""), ("a", [], ""),
  ] as [(String, [String], String)])
  func `end a message`(name: String, candidates: [String], text: String) {
    #expect(suggestion(for: name, in: candidates) == text)
  }
}
