import AssayArrow
import AssayCore
import AssayHost
import AssayJSON
import Testing

/// The fixture with a stateful mean, as a plugin with a sidecar.
enum MeanPlugin {
  static func evaluator(
    _ name: String = "fixture.mean", finish: String = "mean_finish", mode: String = "consumes",
    threading: String = "instance", without: Set<String> = []
  ) -> String {
    let functions = [
      ("create", "int32_t mean_create(const char *parameters, size_t parameters_len, void **state, struct assay_error *error)"),
      ("update", "int32_t mean_update(void *state, const struct ArrowSchema *schema, struct ArrowArray *batch, struct assay_error *error)"),
      ("merge", "int32_t mean_merge(void *into, void *from, struct assay_error *error)"),
      ("finish", "int32_t \(finish)(void *state, const struct assay_sink *sink, struct assay_error *error)"),
      ("resample", "int32_t mean_resample(void *state, uint64_t seed, int64_t first, int64_t count, const struct assay_sink *sinks, struct assay_error *error)"),
      ("save", "int32_t mean_save(void *state, const struct assay_writer *writer, struct assay_error *error)"),
      ("load", "int32_t mean_load(const uint8_t *saved, size_t saved_len, void **state, struct assay_error *error)"),
      ("evaluate", "int32_t mean_evaluate(void *state, const struct ArrowSchema *schema, struct ArrowArray *batch, struct ArrowArray *out, struct assay_error *error)"),
      ("destroy", "void mean_destroy(void *state)"),
    ].filter { !without.contains($0.0) }.map { "\"\($0.0)\": \"\($0.1)\"" }
    return """
      {"name": "\(name)", "mode": "pointwise", "task": "other", "headline": "mean",
       "inputs": {"x": {"types": ["float64"]}},
       "parameters": {"type": "object", "properties": {"refuse": {"type": "boolean", "default": false}}, "additionalProperties": false},
       "metrics": {"mean": {}, "level": {}, "at_{q}": {}},
       "tables": {"curve": {"columns": {"value": "float64"}, "plot": "line"}},
       "finish": "\(mode)", "thread": "\(threading)", "functions": {\(functions.joined(separator: ", "))}}
      """
  }

  /// A host that has loaded the plugin with these evaluators.
  static func host(_ evaluators: [String] = [evaluator()], abi: String = "\"major\": 1") throws -> PluginHost {
    let library = try FixtureLibrary.path("states.cpp")
    let folder = try FixtureLibrary.newFolder("mean-\(UInt64.random(in: 0 ... .max))")
    let manifest = """
      {"manifest_version": 1, "plugin": "fixture.states", "version": "1.0.0", "abi": {\(abi)},
       "library": "\(library)", "evaluators": [\(evaluators.joined(separator: ","))]}
      """
    let path = try FixtureLibrary.write(manifest, to: "states.assay.json", in: folder)
    let host = PluginHost(searchPath: PluginSearchPath(folders: []))
    try host.load(pluginAt: path)
    return host
  }

  static func prepared(_ evaluator: String = evaluator()) throws -> PreparedEvaluator {
    try host([evaluator]).evaluator(named: "fixture.mean").prepare()
  }

  static func batch(_ values: [Double]) -> RecordBatch { RecordBatch(["x": Column(values)]) }
}
