import AssayCore
import AssayJSON
import AssayStore
import Foundation

@testable import AssayRuntime

/// A registry in a folder of its own, with files beside it; both go away with it.
final class RunBench {
  let folder: String
  let registry: Registry

  init() throws {
    folder = NSTemporaryDirectory() + "assay-runs-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    registry = try Registry(folder: folder + "/.assay", assay: testRuntime())
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func write(_ text: String, to name: String) throws -> String {
    let path = folder + "/" + name
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  /// Labels and scores of a classifier, which is right but for some rows.
  func classifier(rows: Int = 200, named name: String = "rows.jsonl") throws -> String {
    let lines = (0..<rows).map { row in
      let label = row % 3 == 0 ? 1 : 0
      let score = Double((row * 37) % 101) / 250 + (label == 1 ? 0.55 : 0.05)
      return #"{"id": \#(row), "label": \#(label), "score": \#(score), "site": "\#(row % 2 == 0 ? "a" : "b")"}"#
    }
    return try write(lines.joined(separator: "\n") + "\n", to: name)
  }

  func specification(_ json: JSONObject) throws -> RunSpecification {
    try RunSpecification(json: .object(json))
  }

  /// A run that scores rows by a function of the C library.
  func absolute(_ sample: String, _ more: JSONObject = [:]) -> JSONObject {
    var object: JSONObject = [
      "evaluators": [["library": "libm.so.6", "call": "double fabs(double x)", "bindings": ["x": "score"]]],
      "sample": .string(sample),
    ]
    for (key, value) in more { object[key] = value }
    return object
  }

  func create(_ json: JSONObject, _ creation: RunCreation = RunCreation()) async throws -> StoredRun {
    try await registry.createRun(try specification(json), creation).run
  }

  /// Makes a run and does it.
  func run(_ json: JSONObject, _ creation: RunCreation = RunCreation()) async throws -> StoredRun {
    try await registry.executeRun(try await create(json, creation))
  }

  func rows(_ run: StoredRun, evaluator: Int = 0) throws -> [StoredRow] {
    try registry.store.rows(ofRun: run.number, RowFilter(evaluator: evaluator), limit: .max)
  }

  /// The code of the error that a step ends with; nil where it ends well.
  static func code(_ body: () async throws -> some Any) async -> String? {
    do {
      _ = try await body()
      return nil
    } catch {
      return (error as? AssayError)?.code.rawValue ?? "\(error)"
    }
  }
}
