import AssayJSON
import Foundation
import Testing

@Suite struct `The registry of what ships` {
  private static func json(_ path: String) throws -> JSONValue {
    try JSONValue(parsing: String(contentsOfFile: "\(Built.root)/Registry/\(path)", encoding: .utf8))
  }

  @Test func `is up to date with the manifests`() throws {
    let script = Process()
    script.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    script.arguments = ["python3", Built.root + "/Scripts/registry.py", "--check"]
    let pipe = Pipe()
    script.standardError = pipe
    script.standardOutput = FileHandle.nullDevice
    try script.run()
    let said = try pipe.fileHandleForReading.readToEnd() ?? Data()
    script.waitUntilExit()
    #expect(script.terminationStatus == 0, "\(String(decoding: said, as: UTF8.self))")
  }

  @Test(.enabled(if: Built.hasTabular)) func `says the same as the plugins that are installed`() throws {
    let folder = try Workplace()
    let index = try #require(try Self.json("index.json")["data"]?.arrayValue)
    for entry in index where entry["plugin"]?.stringValue == "assay.tabular" {
      let name = try #require(entry["name"]?.stringValue)
      let definition = try Self.json(#require(entry["definition"]?.stringValue))
      let shown = try folder.assay("plugins", "inspect", name, "--format", "json").json()
      let evaluator = try #require(shown["evaluators"]?.arrayValue?.first)
      #expect(definition["version"] == shown["version"])
      #expect(definition["headline"] == evaluator["headline"])
      #expect(definition["description"] == evaluator["summary"])
      for part in ["inputs", "metrics", "tables"] {
        #expect(definition[part]?.objectValue?.keys.map(\.self) == evaluator[part]?.objectValue?.keys.map(\.self))
      }
      let card = try String(
        contentsOfFile: "\(Built.root)/Registry/" + #require(entry["card"]?.stringValue), encoding: .utf8)
      #expect(card.hasPrefix("# \(name)\n"))
    }
  }
}
