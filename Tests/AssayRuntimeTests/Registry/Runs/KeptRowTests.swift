import AssayCore
import AssayJSON
import AssayStore
import Foundation
import Testing

@testable import AssayRuntime

@Suite struct `The rows that a run keeps` {
  private let bench: RunBench

  init() throws { bench = try RunBench() }

  /// A function of two lists, which has no score where they are of different lengths.
  private func cosine() throws -> JSONObject {
    let source = try bench.write(
      """
      #include <math.h>
      #include <stddef.h>
      double cosine(const double *output, const double *expected, size_t n, size_t m) {
        double ab = 0, aa = 0, bb = 0;
        if (n != m) return NAN;
        for (size_t i = 0; i < n; i++) {
          ab += output[i] * expected[i];
          aa += output[i] * output[i];
          bb += expected[i] * expected[i];
        }
        return ab / sqrt(aa * bb);
      }
      """, to: "cosine.c")
    let library = bench.folder + "/libcosine.so"
    #expect(system("cc -shared -fPIC -o '\(library)' '\(source)' -lm") == 0)
    let lines = (0..<6).map { row in
      let short = row == 4 ? "[1.5]" : "[1.5, 2.5]"
      return #"{"output": \#(short), "expected": [\#(row).5, 0.25], "id": "i\#(row)"}"#
    }
    let file = try bench.write(lines.joined(separator: "\n") + "\n", to: "vectors.jsonl")
    return [
      "evaluators": [
        [
          "library": .string(library),
          "call": "double cosine(const double *output, const double *expected, size_t n, size_t m)",
          "arguments": [
            "output": "output.ptr", "expected": "expected.ptr", "n": "output.len", "m": "expected.len",
          ],
        ]
      ],
      "sample": .string(file), "min_coverage": 0.0,
    ]
  }

  @Test func `have lists as JSON, and are copied with them`() async throws {
    let run = try await bench.run(try cosine())
    #expect(run.status == .completed, "\(run.error.text())")
    let rows = try bench.rows(run)
    #expect(rows.map(\.output) == (0..<6).map { $0 == 4 ? "[1.5]" : "[1.5,2.5]" })
    #expect(rows.map(\.expected) == (0..<6).map { "[\($0).5,0.25]" })
    #expect(rows.map(\.outcome) == (0..<6).map { $0 == 4 ? .unscored : .scored })
    #expect(rows[0].json["output"] == "[1.5,2.5]")
    var bar = RunRescoring()
    bar.passThreshold = 0.9
    let again = try await bench.registry.rescore(run.id, bar)
    #expect(again.status == .completed)
    let judged = try bench.rows(again)
    #expect(judged.map(\.output) == rows.map(\.output) && judged.map(\.expected) == rows.map(\.expected))
  }

  private func comparison() throws -> JSONObject {
    let lines = Judged.questions.indices.map { row in
      let answers = #""a_output": "\#(Judged.a[row])", "b_output": "\#(Judged.b[row])""#
      return #"{"question": "\#(Judged.questions[row])", \#(answers)}"#
    }
    return [
      "evaluators": [
        [
          "library": .string(try Judged.library.get()),
          "call": "double prefer(const char *input, const char *a_output, const char *b_output)",
          "bindings": ["input": "question"],
        ]
      ],
      "sample": .string(try bench.write(lines.joined(separator: "\n") + "\n", to: "pairs.jsonl")),
      "min_coverage": 0.0,
    ]
  }

  @Test func `of pairs have both answers, both orders' scores and the verdict`() async throws {
    let run = try await bench.run(try comparison())
    #expect(run.status == .completed, "\(run.error.text())")
    let rows = try bench.rows(run)
    #expect(rows.map { $0.detail?["verdict"]?.stringValue } == [
      "a", "b", "b", "inconsistent", "tie", "inconsistent", "a", "b", "inconsistent", "inconsistent", nil,
    ])
    #expect(rows[0].output == #"{"a.output":"5","b.output":"1"}"# && rows[0].expected == nil)
    #expect(rows[0].detail == ["a_first": 4.0, "b_first": -4.0, "verdict": "a"])
    #expect(rows[3].detail == ["a_first": 0.5, "b_first": 0.5, "verdict": "inconsistent"])
    #expect(rows[10].detail == ["a_first": nil] && rows[10].outcome == .unscored)
    let again = try await bench.registry.rescore(run.id, RunRescoring())
    #expect(again.status == .completed)
    #expect(try bench.rows(again) == rows)
  }

  @Test func `of pairs are the same after an interruption`() async throws {
    let whole = try bench.rows(try await bench.run(try comparison()))
    let run = try await bench.create(try comparison())
    let store = bench.registry.store
    let lease = try store.begin(run: run.number).lease
    try RunJournal(store, lease: lease).record(Array(whole[..<4]), ofEvaluator: 0)
    try store.end(lease, RunEnding(.failed))
    let waiting = try store.queueRun(run.id)
    #expect(try await bench.registry.executeRun(waiting).status == .completed)
    #expect(try bench.rows(run) == whole)
  }
}
