import AssayJSON
import Foundation
import Glibc
import Testing

/// A function that is slow, counts its calls, and has no score for some rows.
private enum SlowLibrary {
  static let source = """
    #include <errno.h>
    #include <fcntl.h>
    #include <math.h>
    #include <stdlib.h>
    #include <unistd.h>

    double slow_half(double x) {
      int file = open(getenv("CALLS"), O_WRONLY | O_CREAT | O_APPEND, 0644);
      write(file, ".", 1);
      close(file);
      usleep(2000);
      if (x > 90 && x < 93) return NAN;
      if (x > 150 && x < 152) errno = ERANGE;
      return x / 2;
    }
    """
}

@Suite(.serialized, .enabled(if: Built.hasTabular)) struct `A run that is killed` {
  private static let rowCount = 400
  /// The rows that are not written yet when the process dies: those of 200 milliseconds,
  /// and of the stretch that goes on.
  private static let unwritten = 250

  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.build("slow", SlowLibrary.source)
    let lines = (0..<Self.rowCount).map { row in
      let facts = #""label": \#(row % 3 == 0 ? 1 : 0), "probability": \#(Double((row * 37) % 101) / 101)"#
      return #"{"x": \#(Double(row) + 0.25), \#(facts), "site": "\#(row % 2 == 0 ? "a" : "b")"}"#
    }
    try place.write(lines.joined(separator: "\n") + "\n", to: "rows.jsonl")
  }

  private func arguments(_ id: String) -> [String] {
    [
      "runs", "create", "--id", id, "--library", "./libslow.so", "--call", "double slow_half(double x)",
      "--result", "return=score,errno=true,direction=higher_is_better", "--bind", "x=x", "-e", "tabular.binary",
      "--bind", "score=probability", "--bind", "target=label", "--slice", "site", "--pass-threshold", "0.5",
      "--sample", "rows.jsonl", "--format", "json",
    ]
  }

  private var environment: [String: String] { ["CALLS": place.path + "/calls"] }

  private var calls: Int { ((try? place.read("calls")) ?? "").utf8.count }

  private func run(_ arguments: [String]) throws -> Ending {
    try place.start(arguments, environment: environment).wait()
  }

  /// What does not depend on when and by which process a run was done.
  private func content(_ id: String) throws -> (evaluators: JSONValue?, rows: String, run: JSONValue) {
    let shown = try run(["runs", "get", id, "--format", "json"]).json()
    let rows = try run(["runs", "get", id, "--rows", "-"])
    #expect(rows.code == 0)
    return (shown["result"]?["evaluators"], rows.output, shown)
  }

  /// The rows of the function, which are written as they come.
  private func slowRows(_ rows: String) -> [Substring] {
    rows.split(separator: "\n").filter { $0.contains("slow_half") }
  }

  @Test func `twenty times goes on to the result of an undisturbed one, row for row`() throws {
    let plain = try run(arguments("plain") + ["--wait"])
    #expect([0, 1, 3].contains(plain.code), "\(plain.error)")
    let expected = try content("plain")
    #expect(slowRows(expected.rows).count == Self.rowCount)
    #expect(expected.rows.split(separator: "\n").count == 2 * Self.rowCount)
    let undisturbed = calls
    #expect(undisturbed == Self.rowCount)

    var kills = 0
    var number = 0
    while kills < 20 {
      number += 1
      let id = "killed-\(number)"
      let before = calls
      var killsHere = 0
      var command = arguments(id) + ["--wait"]
      for _ in 0..<4 {
        let running = try place.start(command, environment: environment)
        usleep(UInt32.random(in: 50_000...1_300_000))
        kill(running.process.processIdentifier, SIGKILL)
        let ending = try running.wait()
        let isKept = try run(["runs", "get", id, "--format", "json"])
        guard ending.code > 1000 else { break }
        kills += 1
        killsHere += 1
        guard isKept.code == 0 else { continue }
        let status = try isKept.json()["status"]
        #expect(status == "failed" || status == "completed" || status == "pending")
        guard status != "completed" else { break }
        command = ["runs", "resume", id, "--wait", "--format", "json"]
      }
      let shown = try run(["runs", "get", id, "--format", "json"])
      if shown.code != 0 {
        _ = try run(arguments(id) + ["--wait"])
      } else if try shown.json()["status"] != "completed" {
        let resumed = try run(["runs", "resume", id, "--wait", "--format", "json"])
        #expect(resumed.code == plain.code, "\(resumed.error)")
      }
      let found = try content(id)
      #expect(found.evaluators == expected.evaluators)
      #expect(found.rows == expected.rows)
      #expect(found.run["verdict"] == expected.run["verdict"] && found.run["exit_code"] == expected.run["exit_code"])
      #expect(calls - before <= Self.rowCount + killsHere * Self.unwritten)
    }
  }

  @Test func `loses nothing that it has written`() throws {
    let running = try place.start(arguments("r") + ["--wait"], environment: environment)
    var kept: [Substring] = []
    for _ in 0..<600 where kept.count < 20 {
      usleep(50_000)
      kept = slowRows(try run(["runs", "get", "r", "--rows", "-"]).output)
    }
    kill(running.process.processIdentifier, SIGKILL)
    _ = try running.wait()
    #expect(kept.count >= 20)
    let interrupted = try run(["runs", "get", "r", "--format", "json"]).json()
    #expect(interrupted["status"] == "failed" && interrupted["error"]?["code"] == "run.interrupted")
    let before = calls
    _ = try run(["runs", "resume", "r", "--wait"])
    #expect(calls - before <= Self.rowCount - kept.count)
    let rows = slowRows(try content("r").rows)
    #expect(Array(rows.prefix(kept.count)) == kept)
  }
}
