import AssayCore
import AssayHost
import AssayJSON
import CAssayPlugin
import Synchronization

/// The hash over all that can change a score.
///
/// What ships with Assay is known by name, version and definition; everything else
/// by the bytes of its library. Parameters count with their defaults, in an order
/// that does not depend on how they were written. Thresholds do not count.
func fingerprint(of prepared: PreparedEvaluator) -> String {
  let evaluator = prepared.evaluator
  let definition = evaluator.definition
  var facts = JSONObject()
  facts["kind"] = "plugin"
  facts["evaluator"] = .string(definition.name)
  facts["definition"] = .string(sha256(revision(of: prepared).utf8))
  facts["parameters"] = JSONValue.object(prepared.scoringParameters).canonical
  facts["abi"] = .integer(Int64(ASSAY_ABI_MAJOR))
  if evaluator.plugin.isShipped {
    facts["version"] = .string(evaluator.plugin.version)
  } else {
    facts["code"] = .string(codeDigest(of: evaluator.plugin.library))
  }
  return "sha256:" + sha256(JSONValue.object(facts).canonical.text().utf8)
}

/// How the functions are called and what goes into them.
private func revision(of prepared: PreparedEvaluator) -> String {
  let definition = prepared.evaluator.definition
  let functions = definition.call.map { [$0] } ?? definition.functions.values.map(\.self)
  let prototypes = functions.map { "\($0.prototype) \($0.arguments)" }.sorted()
  let inputs = definition.inputs.map { "\($0.role) \($0.types.map(\.name)) \($0.nulls.rawValue)" }
  // How often a pair is asked changes what comes out; other modes change nothing.
  let orders = definition.comparesPairs ? ["antisymmetric \(definition.isAntisymmetric)"] : []
  return (prototypes + inputs + ["\(definition.chunkRows)", "\(definition.result)"] + orders)
    .joined(separator: "\n")
}

/// The digest of a library's file; of its name, where the loader searches for it.
private func codeDigest(of library: String) -> String {
  if let known = digests.withLock({ $0[library] }) { return known }
  let digest = sha256(fileAt: library) { false } ?? sha256(library.utf8)
  digests.withLock { $0[library] = digest }
  return digest
}

/// By library; a library that is loaded does not change any more.
private let digests = Mutex<[String: String]>([:])
