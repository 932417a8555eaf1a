import AssayJSON
import Foundation
import Glibc
import Testing

/// Runs and logs of several processes that do not wait for each other.
@Suite(.enabled(if: Built.hasTabular)) struct `Processes beside each other` {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    let lines = (0..<20).map { #"{"label": \#($0 % 2), "score": \#(Double($0) / 20)}"# }
    try place.write(lines.joined(separator: "\n") + "\n", to: "rows.jsonl")
  }

  private func assay(_ arguments: String...) throws -> Ending { try place.start(arguments + ["--format", "json"]).wait() }

  private func code(_ ending: Ending) throws -> String? {
    let line = ending.error.split(separator: "\n").last { $0.hasPrefix("{") }
    return try JSONValue(parsing: String(try #require(line)))["error"]?["code"]?.stringValue
  }

  private static let held = [
    "runs", "create", "--library", "./libheld.so", "--call", "double held(double x)", "--bind", "x=score",
    "--sample", "rows.jsonl", "--format", "json",
  ]

  private static let binary = ["-e", "tabular.binary", "--bind", "target=label", "--sample", "rows.jsonl"]

  private func wait(for id: String, toBe status: JSONValue) throws -> JSONValue {
    for _ in 0..<200 {
      let run = try assay("runs", "get", id)
      if run.code == 0, try run.json()["status"] == status { return try run.json() }
      usleep(50_000)
    }
    throw CancellationError()
  }

  /// Starts a command whose standard input stays open.
  private func starting(_ arguments: String..., input: String) throws -> (process: Process, pipe: Pipe) {
    let (process, pipe) = (Process(), Pipe())
    process.executableURL = URL(fileURLWithPath: Built.folder + "/assay")
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: place.path)
    process.standardInput = pipe
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    pipe.fileHandleForWriting.write(Data(input.utf8))
    return (process, pipe)
  }

  @Test func `a run goes on when its id is used again, and its revision is what the first one waits for`() throws {
    try place.buildHeld()
    try place.write("", to: "hold")
    let first = try place.start(Self.held + ["--id", "n", "--wait"])
    _ = try wait(for: "n", toBe: "running")
    let second = try place.start(
      ["runs", "create", "--id", "n", "--overwrite", "--wait", "--format", "json"] + Self.binary
    ).wait()
    #expect(try second.code == 0 && second.json()["revision"] == 2, "\(second.error)")
    let refused = try assay("runs", "delete", "n")
    #expect(try refused.code == 2 && code(refused) == "registry.conflict")
    try FileManager.default.removeItem(atPath: place.path + "/hold")
    let ended = try first.wait()
    #expect(ended.code == 0, "\(ended.error)")
    let shown = try ended.json()
    #expect(shown["revision"] == 1 && shown["evaluators"]?.arrayValue?.first?["name"] == "held")
    let earlier = try assay("runs", "watch", "n", "--revision", "1")
    #expect(earlier.code == 0 && earlier.output.contains(#""revision":1"#), "\(earlier.output) \(earlier.error)")
    #expect(try assay("runs", "delete", "n").code == 0)
  }

  @Test(.enabled(if: canNestProcesses, "this system gives no name space of processes"))
  func `a run that lives is running for those in another name space, too`() throws {
    try place.buildHeld()
    try place.write("", to: "hold")
    #expect(try place.start(Self.held + ["--id", "slow"]).wait().code == 0)
    _ = try wait(for: "slow", toBe: "running")
    let other = try place.start(
      ["--version"],
      limits: "exec unshare -rpf --mount-proc '\(Built.folder)/assay' runs get slow --format json"
    ).wait()
    #expect(try other.json()["status"] == "running", "\(other.error)")
    #expect(try assay("runs", "cancel", "slow").code == 0)
    try FileManager.default.removeItem(atPath: place.path + "/hold")
  }

  @Test func `a process that is killed at once leaves no run that waits for ever`() throws {
    for round in 0..<5 {
      let made = try assay(
        ["runs", "create", "--id", "r\(round)"] + Self.binary)
      #expect(made.code == 0, "\(made.error)")
      let process = try #require(try made.json()["process_id"]?.integerValue)
      kill(pid_t(process), SIGKILL)
      let watched = try assay("runs", "watch", "r\(round)")
      let status = try assay("runs", "get", "r\(round)").json()["status"]
      #expect(status == "failed" ? watched.code != 0 : status == "completed" && watched.code == 0)
    }
  }

  private func assay(_ arguments: [String]) throws -> Ending { try place.start(arguments + ["--format", "json"]).wait() }

  @Test func `an import that waits for its input keeps nobody from writing`() throws {
    #expect(try assay("containers", "create", "--label", "c").code == 0)
    let (process, pipe) = try starting("containers", "logs", "import", "c", "-", input: "{\"output\": \"x\"}\n")
    usleep(500_000)
    let begun = Date()
    #expect(try assay("containers", "create", "--label", "other").code == 0)
    #expect(Date().timeIntervalSince(begun) < 20 && process.isRunning)
    #expect(try assay("containers", "get", "c").json()["log_entries"] == 0)
    try pipe.fileHandleForWriting.close()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(try assay("containers", "get", "c").json()["log_entries"] == 1)
    #expect(try assay("containers", "logs", "import", "nowhere", "rows.jsonl").code == 2)
  }

  @Test func `what a run has copied that was stopped on the way is gone with the next one`() throws {
    #expect(try assay("containers", "create", "--label", "c").code == 0)
    let (process, pipe) = try starting(
      "runs", "create", "-e", "tabular.binary", "--bind", "target=label", "--sample", "-", "--id", "stopped",
      "--store", ".assay", input: "{\"label\": 1, \"score\": 0.5}\n")
    func copies() -> [String] {
      (try? FileManager.default.contentsOfDirectory(atPath: place.path + "/.assay/runs")) ?? []
    }
    for _ in 0..<100 where copies().isEmpty { usleep(50_000) }
    #expect(copies().count == 1)
    kill(process.processIdentifier, SIGINT)
    process.waitUntilExit()
    try pipe.fileHandleForWriting.close()
    #expect(try assay("runs", "get", "stopped").code == 2)
    #expect(try assay(["runs", "create", "--wait"] + Self.binary).code == 0)
    #expect(copies().isEmpty)
  }

  @Test func `an import that has no room leaves nothing, and its key is free`() throws {
    #expect(try assay("containers", "create", "--label", "c").code == 0)
    let long = String(repeating: "x", count: 2000)
    try place.write(
      String(repeating: #"{"score": 1, "output": "\#(long)"}"# + "\n", count: 2000), to: "big.jsonl")
    let arguments = ["runs", "import", "big.jsonl", "--id", "i1", "--idempotency-key", "k", "--format", "json"]
    let full = try place.start(arguments, limits: "ulimit -f 2048").wait()
    #expect(try full.code == 2 && code(full) == "store.disk-full", "\(full.error)")
    #expect(try code(assay("runs", "get", "i1")) == "registry.not-found")
    let made = try place.start(arguments).wait()
    #expect(try made.code == 0 && made.json()["status"] == "completed", "\(made.error)")
    #expect(try code(assay("runs", "resume", "i1")) == "registry.conflict")
    try place.write(#"{"score": 0}"# + "\n", to: "big.jsonl")
    #expect(try code(place.start(arguments).wait()) == "registry.conflict")
  }
}

private let canNestProcesses: Bool = {
  let probe = Process()
  probe.executableURL = URL(fileURLWithPath: "/bin/sh")
  probe.arguments = ["-c", "unshare -rpf --mount-proc true 2>/dev/null"]
  guard (try? probe.run()) != nil else { return false }
  probe.waitUntilExit()
  return probe.terminationStatus == 0
}()
