import AssayJSON
import Foundation
import Testing

/// Several processes that work on one registry at once.
///
/// They take four seconds; `ASSAY_STRESS_SECONDS=60` takes a minute. What they have done is
/// printed.
@Suite(.enabled(if: Built.hasTabular, "the tabular plugin is not built"))
struct `Four processes on one registry` {
  private static let seconds =
    ProcessInfo.processInfo.environment["ASSAY_STRESS_SECONDS"].flatMap { Double($0) } ?? 4

  private static let plugin = ["--type", "plugin", "--evaluator", "tabular.binary"]

  /// What one of them has done.
  private struct Tally {
    var updates = 0
    /// How often somebody else was faster.
    var conflicts = 0
    var evaluators = 0
    var logs = 0
    var datasets = 0
    var runs = 0
    var strangeErrors: [String] = []
  }

  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.write("{\"target\": 1, \"score\": 0.9}\n{\"target\": 0, \"score\": 0.2}\n", to: "rows.jsonl")
    for arguments in [
      ["evaluators", "create", "--name", "shared", "--container", "c"] + Self.plugin,
      ["datasets", "create", "--name", "rows", "--file", "rows.jsonl"],
    ] {
      let ending = try place.start(arguments).wait()
      try #require(ending.code == 0, "\(ending.error)")
    }
  }

  private func json(_ arguments: [String]) throws -> JSONValue {
    let ending = try place.start(arguments + ["--format", "json"]).wait()
    try #require(ending.code == 0, "\(arguments): \(ending.error)")
    return try ending.json()
  }

  /// Reads a version, changes it, and begins again where somebody else was faster.
  private func update(_ writer: Int, _ round: Int, _ tally: inout Tally) throws {
    while true {
      let seen = try json(["evaluators", "get", "shared"])["version"]?.integerValue ?? 0
      let ending = try place.start([
        "evaluators", "update", "shared", "--if-match", "\(seen)", "--metadata", "by=\(writer)-\(round)",
        "--format", "json",
      ]).wait()
      if ending.code == 0 { break }
      let code = try JSONValue(parsing: ending.error)["error"]?["code"]
      guard code == "registry.conflict" else {
        tally.strangeErrors.append(ending.error)
        return
      }
      tally.conflicts += 1
    }
    tally.updates += 1
  }

  private func work(_ writer: Int, until end: Date) throws -> Tally {
    var tally = Tally()
    var round = 0
    func attempt(_ arguments: [String]) throws -> Int {
      let ending = try place.start(arguments + ["--format", "json"]).wait()
      if ending.code != 0 { tally.strangeErrors.append("\(arguments): \(ending.error)") }
      return ending.code == 0 ? 1 : 0
    }
    repeat {
      try update(writer, round, &tally)
      let name = "own-\(writer)-\(round)"
      tally.evaluators += try attempt(["evaluators", "create", "--name", name] + Self.plugin)
      tally.logs += try attempt(["containers", "logs", "append", "c", "--output", "x", "--id", name])
      tally.datasets += try attempt(["datasets", "create", "--name", name, "--file", "rows.jsonl"])
      tally.runs += try attempt(
        ["runs", "create", "-e", "shared", "--sample", "dataset:rows", "--id", "run-\(name)", "--wait"])
      if round % 2 == 1 {
        tally.evaluators -= try attempt(["evaluators", "delete", name])
        tally.datasets -= try attempt(["datasets", "delete", name])
      }
      round += 1
    } while Date() < end
    return tally
  }

  @Test func `lose no update, wait for each other, and leave no orphan`() async throws {
    let end = Date().addingTimeInterval(Self.seconds)
    let tallies = try await withThrowingTaskGroup(of: Tally.self) { group in
      for writer in 0..<4 {
        group.addTask { try work(writer, until: end) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(tallies.flatMap(\.strangeErrors).isEmpty)
    func sum(_ count: (Tally) -> Int) -> Int { tallies.reduce(0) { $0 + count($1) } }
    print(
      "Four processes: \(sum(\.updates)) updates after \(sum(\.conflicts)) conflicts, \(sum(\.runs)) runs,",
      "\(sum(\.logs)) logs; left: \(sum(\.evaluators)) evaluators, \(sum(\.datasets)) data sets.")

    // Every update is a version, and none has written over another.
    let versions = try json(["evaluators", "versions", "shared"])["data"]?.arrayValue ?? []
    #expect(versions.compactMap { $0["version"]?.integerValue } == Array(1...Int64(sum(\.updates) + 1)))
    let authors = versions.dropFirst().compactMap { $0["metadata"]?["by"]?.stringValue }
    #expect(Set(authors).count == sum(\.updates))

    let kept = try json(["evaluators", "list", "--container", "c"])["total"]
    #expect(kept == 1)
    let all = try json(["evaluators", "list", "--limit", "100000"])["data"]?.arrayValue ?? []
    #expect(all.filter { $0["name"]?.stringValue?.hasPrefix("own-") == true }.count == sum(\.evaluators))
    #expect(try json(["containers", "get", "c"])["log_entries"]?.integerValue == Int64(sum(\.logs)))
    #expect(try json(["datasets", "list"])["total"]?.integerValue == Int64(sum(\.datasets) + 1))
    let runs = try json(["runs", "list", "--limit", "100000"])["data"]?.arrayValue ?? []
    #expect(runs.count == sum(\.runs))
    #expect(runs.allSatisfy { $0["status"] == "completed" })
    // Each names a version that there is.
    let used = runs.compactMap { $0["evaluators"]?.arrayValue?.first?["version"]?.integerValue }
    #expect(used.count == runs.count && used.allSatisfy { $0 >= 1 && $0 <= Int64(versions.count) })
    try checkForOrphans()
  }

  /// Rows without what they belong to, and files of data sets without a version.
  private func checkForOrphans() throws {
    let script = """
      import sqlite3, os
      c = sqlite3.connect(".assay/assay.sqlite")
      assert c.execute("PRAGMA integrity_check").fetchone() == ("ok",)
      assert c.execute("PRAGMA foreign_key_check").fetchall() == []
      files = {os.path.basename(f) for f, in c.execute("SELECT file FROM dataset_versions")}
      assert set(os.listdir(".assay/datasets")) == files, set(os.listdir(".assay/datasets")) ^ files
      """
    let check = Process()
    check.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    check.arguments = ["python3", "-c", script]
    check.currentDirectoryURL = URL(fileURLWithPath: place.path)
    try check.run()
    check.waitUntilExit()
    #expect(check.terminationStatus == 0)
  }
}
