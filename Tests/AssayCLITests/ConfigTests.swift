import AssayJSON
import Foundation
import Testing

@Suite struct `A configuration` {
  private static let yaml = """
    evaluator: tabular.binary
    sample: predictions.csv
    bind: {target: label}
    threshold: [roc_auc >= 0.99]
    output: report.json
    format: json

    """

  @Test(.needsReader) func `says what flags say, with paths from its own folder`() throws {
    let place = try Workplace(["ci/assay.yaml": Self.yaml, "ci/predictions.csv": Rows.csv])
    let ending = try place.assay("run", "ci/assay.yaml")
    #expect(ending.code == 1, "\(ending.error)")
    #expect(try ending.json()["verdict"]?.stringValue == "fail")
    #expect(place.has("ci/report.json"))
  }

  @Test(.needsReader) func `gives way to flags`() throws {
    let place = try Workplace(["assay.yaml": Self.yaml, "predictions.csv": Rows.csv])
    let ending = try place.assay("run", "assay.yaml", "--threshold", "roc_auc >= 0.1", "-o", "other.md")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(place.names == ["assay.yaml", "other.md", "predictions.csv"])
  }

  @Test(.needsReader) func `describes several evaluators, each with its own parameters`() throws {
    let place = try Workplace([
      "predictions.csv": Rows.csv,
      "assay.yaml": """
        evaluator:
          - name: tabular.binary
            param: {threshold: 0.4}
            pass_threshold: 0.5
          - library: libm.so.6
            call: double fabs(double x)
            bind: {x: score}
        sample: predictions.csv
        bind: {target: label}
        format: json

        """,
    ])
    let ending = try place.assay("run", "assay.yaml")
    #expect(ending.code == 0, "\(ending.error)")
    let names = try ending.json()["evaluators"]?.arrayValue?.compactMap { $0["evaluator"]?.stringValue }
    #expect(names == ["tabular.binary", "fabs"])
  }

  @Test(arguments: [
    ("treshold: 1\n", ["line 1", "\"treshold\"", "\"threshold\""]),
    ("sample: x.csv\nci: 95\n", ["line 2", "ci 95", "0.95"]),
    ("sample: [a, b\n", ["line", "not valid YAML"]),
    ("- a\n- b\n", ["mapping"]),
    ("sample: a\nsample: b\n", ["sample", "twice"]),
    ("sample: x.csv\nevaluator:\n  - nme: a\n", ["nme", "name"]),
    ("sample: x.csv\nevaluator: a\nnulls: drop\n", ["line 3", "error, skip"]),
    ("sample: x.csv\nevaluator: a\nquiet: perhaps\n", ["line 3", "true"]),
    ("sample: x.csv\nevaluator: a\nthreshold: a >> 1\n", ["line 3", "^"]),
    ("sample: x.csv\nevaluator: a\nbind: target\n", ["line 3", "bind"]),
    ("sample: x.csv\nevaluator: a\njobs: [1, 2]\n", ["line 3", "jobs"]),
  ])
  func `that is wrong is refused with the line`(_ yaml: String, _ says: [String]) throws {
    let place = try Workplace(["assay.yaml": yaml])
    let ending = try place.assay("run", "assay.yaml")
    #expect(ending.code == 2)
    #expect(ending.output == "")
    #expect(ending.error.contains("assay.yaml"))
    for text in says { #expect(ending.error.contains(text), "\(ending.error)") }
  }

  @Test func `is written by init, once`() throws {
    let place = try Workplace()
    #expect(try place.assay("init").code == 0)
    let text = try place.read("assay.yaml")
    let again = try place.assay("init")
    #expect(again.code == 2)
    #expect(again.error.contains("assay.yaml exists"))
    #expect(try place.read("assay.yaml") == text)
    // Everything in it is a key that a run knows: what is missing is the data.
    let run = try place.assay("run", "assay.yaml")
    #expect(run.code == 2)
    #expect(run.error.contains("predictions.csv"))
  }

  @Test func `that init writes names every key`() throws {
    let place = try Workplace()
    _ = try place.assay("init")
    let lines = try place.read("assay.yaml").split(separator: "\n")
    for key in try schemaKeys() {
      #expect(lines.contains { $0.hasPrefix("\(key):") || $0.hasPrefix("# \(key):") }, "\(key)")
    }
  }

  @Test func `has a key for every flag, and a schema with the same keys`() throws {
    let place = try Workplace()
    let dump = try JSONValue(parsing: place.assay("run", "--experimental-dump-help").output)
    let arguments = try #require(dump["command"]?["arguments"]?.arrayValue)
    let flags = arguments.compactMap { argument in
      argument["kind"]?.stringValue == "positional" ? nil : argument["preferredName"]?["name"]?.stringValue
    }
    let keys = Set(flags.map { $0.replacingOccurrences(of: "-", with: "_") })
      .subtracting(["help", "version"])
    #expect(try keys == Set(schemaKeys()))

    // The code's own list is in the message about a key that is like none of them.
    try place.write("zzzzzzzz: 1\n", to: "assay.yaml")
    let message = try place.assay("run", "assay.yaml").error
    let list = try #require(message.components(separatedBy: "The keys are ").last)
    let known = list.trimmingCharacters(in: CharacterSet(charactersIn: ".\n")).components(separatedBy: ", ")
    #expect(try Set(known) == Set(schemaKeys()))
  }

  private func schemaKeys() throws -> [String] {
    let text = try String(contentsOfFile: Built.root + "/Registry/schema/config.schema.json", encoding: .utf8)
    return try #require(try JSONValue(parsing: text)["properties"]?.objectValue).keys
  }
}
