import AssayCore
import AssayJSON
import AssayStore
import Foundation

/// A store in a folder of its own, which goes away with it.
final class TemporaryStore {
  let folder: String
  let store: Store

  init() throws {
    folder = NSTemporaryDirectory() + "assay-store-" + UUID().uuidString
    store = try Store(folder: folder)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// A plugin's evaluator of that name.
  static func gate(_ name: String, threshold: Double? = 0.9, container: String? = nil) -> EvaluatorSpecification {
    EvaluatorSpecification(
      name: name, mode: .reference, container: container, passThreshold: threshold,
      content: .plugin(.init(evaluator: "tabular.binary", bindings: ["target": "label"])))
  }
}

/// The code of the error that a step ends with; nil where it ends well.
func code(_ body: () throws -> some Any) -> String? {
  do {
    _ = try body()
    return nil
  } catch {
    return (error as? AssayError)?.code.rawValue ?? "\(error)"
  }
}
