import AssayJSON
import Foundation
import Testing

@Suite struct `assay plugins` {
  private static let source = """
    #include <string.h>
    #include <stddef.h>
    double similarity(const char *output, const char *expected) { return strcmp(output, expected) == 0; }
    double mean(const double *x, size_t n) { double s = 0; for (size_t i = 0; i < n; i++) s += x[i]; return s / n; }

    """

  private func library(_ place: Workplace, _ flags: String...) throws {
    try place.write(Self.source, to: "mine.c")
    let compiler = Process()
    compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    compiler.arguments = ["cc", "-shared", "-fPIC", "-o", place.path + "/libmine.so"] + flags + [place.path + "/mine.c"]
    try compiler.run()
    compiler.waitUntilExit()
    try #require(compiler.terminationStatus == 0)
  }

  @Test func `call prints what a function says`() throws {
    let place = try Workplace()
    let ending = try place.assay("plugins", "call", "libm.so.6", "double fabs(double x)", "x=-3")
    #expect(ending.output == "3\n")
    #expect(ending.error == "")
    #expect(ending.code == 0)
  }

  @Test func `call hands over text, columns and parameters`() throws {
    let place = try Workplace()
    try library(place, "-g")
    let text = try place.assay(
      "plugins", "call", "./libmine.so", "double similarity(const char *output, const char *expected)",
      "output=12", "expected=12")
    #expect(text.output == "1\n", "\(text.error)")
    let column = try place.assay(
      "plugins", "call", "./libmine.so", "double mean(const double *x, size_t n)", "x=[1,2,6]")
    #expect(column.output == "3\n", "\(column.error)")
    let wrong = try place.assay(
      "plugins", "call", "./libmine.so", "double mean(const float *x, size_t n)", "x=[1]")
    #expect(wrong.code == 2)
    #expect(wrong.error.contains("compiled otherwise"))
    let missing = try place.assay("plugins", "call", "libm.so.6", "double fabs(double x)", "y=1")
    #expect(missing.code == 2)
    #expect(missing.error.contains("\"y\""))
  }

  @Test(arguments: [
    ("x=abc", #"x takes a number (float64), and "abc" is text."#),
    (#"x=[1,"a"]"#, #"x takes a number (float64), and 1, "a" is a mix of a whole number and text."#),
    (#"x={"a":1}"#, #"x takes a number (float64), and {"a":1} is an object."#),
  ])
  func `call says in plain words what a value is not`(value: String, message: String) throws {
    let place = try Workplace()
    let ending = try place.assay("plugins", "call", "libm.so.6", "double fabs(double x)", value)
    #expect(ending.code == 2)
    #expect(ending.error.contains(message), "\(ending.error)")
  }

  @Test func `describe, inspect, validate and run go on from a library without a manifest`() throws {
    let place = try Workplace(["answers.jsonl": #"{"output": "a", "expected": "a"}"# + "\n"])
    try library(place, "-g")
    let bare = try place.assay("run", "--plugin", "./libmine.so", "--sample", "answers.jsonl")
    #expect(bare.code == 2)
    #expect(bare.error.contains("assay plugins describe ./libmine.so > ./libmine.assay.json"))
    #expect(bare.error.contains("--call 'double similarity(const char *output, const char *expected)'"))

    let skeleton = try place.assay("plugins", "describe", "./libmine.so")
    #expect(skeleton.code == 0, "\(skeleton.error)")
    try place.write(skeleton.output, to: "libmine.assay.json")
    let sheet = try place.assay("plugins", "inspect", "./libmine.so", "--format", "json")
    let names = try sheet.json()["evaluators"]?.arrayValue?.compactMap { $0["name"]?.stringValue }
    #expect(names == ["mine.mean", "mine.similarity"])
    let valid = try place.assay("plugins", "validate", "./libmine.so", "--format", "json")
    #expect(valid.code == 0, "\(valid.error)")
    #expect(try valid.json()["has_mismatch"]?.boolValue == false)
    let run = try place.assay(
      "run", "--plugin", "./libmine.so", "-e", "mine.similarity", "--sample", "answers.jsonl",
      "--threshold", "mean >= 1")
    #expect(run.code == 0, "\(run.error)")
  }

  @Test func `without debug information says so, and never calls it a match`() throws {
    let place = try Workplace()
    try library(place, "-g")
    let skeleton = try place.assay("plugins", "describe", "./libmine.so").output
    try library(place, "-s")
    let bare = try place.assay("run", "--plugin", "./libmine.so", "--sample", "x.csv", "-e", "x")
    #expect(bare.error.contains("-g"))
    try place.write(skeleton, to: "libmine.assay.json")
    let valid = try place.assay("plugins", "validate", "./libmine.so", "--format", "json")
    #expect(valid.code == 0)
    let answers = try valid.json()["checks"]?.arrayValue?
      .filter { $0["check"]?.stringValue == "debug_information" }
      .compactMap { $0["answer"]?.stringValue }
    #expect(answers == ["unknown", "unknown"])
  }

  @Test(arguments: [
    ("const char *expected)\"", "double expected)\"", "debug_information"),
    ("double similarity(", "double similaritee(", "symbol"),
    ("const char *expected)\"", "const char expected)\"", "parse"),
  ])
  func `validate finds what is not as described`(
    _ old: String, _ new: String, _ rung: String
  ) throws {
    let place = try Workplace()
    try library(place, "-g")
    var manifest = try place.assay("plugins", "describe", "./libmine.so").output
    manifest = manifest.replacingOccurrences(of: old, with: new)
    if rung == "debug_information" {
      manifest = manifest.replacingOccurrences(of: "expected.cstr", with: "expected")
    }
    try place.write(manifest, to: "libmine.assay.json")
    let valid = try place.assay("plugins", "validate", "./libmine.so", "--format", "json")
    #expect(valid.code == 1, "\(valid.error)")
    let wrong = try valid.json()["checks"]?.arrayValue?.filter { $0["answer"]?.stringValue == "mismatch" }
    #expect(wrong?.compactMap { $0["check"]?.stringValue } == [rung])
  }

  @Test func `validate asks for the known answers`() throws {
    let place = try Workplace()
    try library(place, "-g")
    let skeleton = try JSONValue(parsing: place.assay("plugins", "describe", "./libmine.so").output)
    func manifest(score: Double) throws -> String {
      var root = try #require(skeleton.objectValue)
      let entries = try #require(root["evaluators"]?.arrayValue)
      root["evaluators"] = .array(
        entries.compactMap { entry in
          guard entry["name"]?.stringValue == "mine.similarity", var object = entry.objectValue else { return nil }
          object["examples"] = [["in": ["output": "a", "expected": "a"], "score": .number(score)]]
          return .object(object)
        })
      return JSONValue.object(root).text()
    }
    try place.write(manifest(score: 1), to: "libmine.assay.json")
    #expect(try place.assay("plugins", "validate", "./libmine.so").code == 0)
    try place.write(manifest(score: 0.5), to: "libmine.assay.json")
    let wrong = try place.assay("plugins", "validate", "./libmine.so")
    #expect(wrong.code == 1)
    #expect(wrong.output.contains("0.5 is expected"))
  }

  @Test func `describe and validate take the name of a system library`() throws {
    let place = try Workplace()
    let skeleton = try place.assay("plugins", "describe", "libm.so.6")
    #expect(skeleton.code == 0, "\(skeleton.error)")
    let root = try skeleton.json()
    #expect(root["library"] == "libm.so.6")
    #expect(root["plugin"] == "m")

    let valid = try place.assay(
      "plugins", "validate", "libm.so.6", "double fabs(double x)", "double pow(double x, double y)",
      "--format", "json")
    #expect(valid.code == 0, "\(valid.error)")
    let checks = try #require(try valid.json()["checks"]?.arrayValue)
    #expect(Set(checks.compactMap { $0["subject"]?.stringValue }) == ["fabs", "pow"])
    #expect(checks.filter { $0["check"] == "symbol" }.map { $0["answer"] } == ["match", "match"])

    let wrong = try place.assay("plugins", "validate", "libm.so.6", "double fabz(double x)", "double f(")
    #expect(wrong.code == 1)
    #expect(wrong.output.contains("\"fabs\""))
    #expect(wrong.output.contains("parse"))
  }

  @Test func `validate and call of a name that is no plugin say what to write`() throws {
    let place = try Workplace()
    let bare = try place.assay("plugins", "validate", "libm.so.6")
    #expect(bare.code == 2)
    #expect(bare.error.contains("assay plugins validate libm.so.6 'double fabs(double x)'"))
    let nothing = try place.assay("plugins", "describe", "libnothing-of-that-name.so.3")
    #expect(nothing.code == 2)
    #expect(nothing.error.contains("the loader finds no library of that name"))
    try library(place)
    let here = try place.assay(
      "plugins", "call", "libmine.so", "double mean(const double *x, size_t n)", "x=[1]")
    #expect(here.code == 2)
    #expect(here.error.contains("write ./libmine.so"))
    #expect(try place.assay("plugins", "describe", "libmine.so").code == 0)
  }

  @Test(.needsReader) func `validate climbs all the checks for what ships too`() throws {
    let place = try Workplace()
    for (name, subjects) in [
      ("assay.tabular", ["tabular.binary", "tabular.regression"]), ("assay.arrow", ["reader csv", "reader arrow"]),
    ] {
      let ending = try place.assay("plugins", "validate", name, "--format", "json")
      #expect(ending.code == 0, "\(ending.output)")
      let checks = try #require(try ending.json()["checks"]?.arrayValue)
      #expect(checks.contains { $0["check"] == "debug_information" })
      for subject in subjects {
        let own = checks.filter { $0["subject"]?.stringValue == subject }
        #expect(own.contains { $0["check"] == "known_answers" && $0["answer"] == "match" }, "\(subject)")
      }
    }
  }

  @Test(.needsReader) func `list and inspect show what ships`() throws {
    let place = try Workplace()
    let list = try place.assay("plugins", "list")
    #expect(list.output.contains("tabular.binary"))
    #expect(list.output.contains(".parquet"))
    let sheet = try place.assay("plugins", "inspect", "tabular.binary")
    for name in ["target", "roc_auc", "roc_curve", "threshold"] { #expect(sheet.output.contains(name)) }
    let unknown = try place.assay("plugins", "inspect", "tabular.binry")
    #expect(unknown.code == 2)
    #expect(unknown.error.contains("\"tabular.binary\""))
  }

  @Test(.needsReader) func `doctor finds everything that was built`() throws {
    let place = try Workplace()
    let ending = try place.assay("doctor")
    #expect(ending.code == 0, "\(ending.output)")
    let other = try place.assay("doctor", environment: ["ASSAY_PLUGIN_PATH": "/no/such/folder"])
    #expect(other.code == 0)
    #expect(other.output.contains("/no/such/folder"))
  }
}
