import AssayRuntime
import Foundation

/// A registry in a folder of its own, which goes away with it.
final class TemporaryRegistry {
  let folder: String
  let registry: Registry
  let assay = testRuntime()

  init() throws {
    folder = NSTemporaryDirectory() + "assay-registry-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    registry = try Registry(folder: folder + "/.assay", assay: assay)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Adds a plugin over the C library whose evaluator scores rows.
  func loadDistance() throws {
    let manifest = """
      {"manifest_version": 1, "plugin": "test.distance", "version": "1.0.0",
       "abi": {"major": 1, "requires_minor": 0}, "library": "libm.so.6",
       "evaluators": [{"name": "test.distance", "mode": "pointwise", "call": "double fabs(double x)",
         "bind": {"x": "output"},
         "result": {"return": "score", "range": [0, 10], "direction": "lower_is_better"}}]}
      """
    let path = folder + "/distance.assay.json"
    try manifest.write(toFile: path, atomically: true, encoding: .utf8)
    try assay.catalog.load(path)
  }

  /// Adds a plugin over the C library whose evaluator says which of two answers is larger.
  func loadPreference() throws {
    let manifest = """
      {"manifest_version": 1, "plugin": "test.preference", "version": "1.0.0",
       "abi": {"major": 1, "requires_minor": 0}, "library": "libm.so.6",
       "evaluators": [{"name": "test.preference", "mode": "pairwise", "call": "double atan2(double y, double x)",
         "bind": {"y": "a.output", "x": "b.output"},
         "result": {"return": "score", "range": [0, 1.5707963267948966], "direction": "higher_is_better"}}]}
      """
    let path = folder + "/preference.assay.json"
    try manifest.write(toFile: path, atomically: true, encoding: .utf8)
    try assay.catalog.load(path)
  }

  /// The fields of an evaluator over `tabular.binary`.
  static func gate(_ name: String, _ more: JSONObject = [:]) -> JSONObject {
    let fields: JSONObject = [
      "name": .string(name), "type": "plugin", "evaluator": "tabular.binary",
      "bindings": ["target": "label"], "pass_threshold": 0.9,
    ]
    return fields.merging(more)
  }
}

/// The error that a step ends with; nil where it ends well.
func failure(_ body: () throws -> some Any) -> AssayError? {
  do {
    _ = try body()
    return nil
  } catch {
    return error as? AssayError ?? AssayError(.internal, "\(error)")
  }
}
