import AssayCore
import AssayHost
import AssayJSON
import Testing

@Suite struct `A library's description` {
  static let source = """
    #include <stddef.h>
    #include <stdint.h>
    struct point { double x; };
    double similarity(const char *output, size_t output_len, const char *expected, size_t expected_len) { return output_len + expected_len + output[0] + expected[0]; }
    double mean(const double *x, size_t n) { return n ? x[0] : 0; }
    int distance(double a, double b, double *score) { *score = a - b; return 0; }
    double by_value(struct point p) { return p.x; }
    void nothing(double x) { (void)x; }
    int32_t many(const char *format, ...) { return format[0]; }
    double handle(void *state) { return state != NULL; }
    """

  @Test func `is a manifest that parses, with a command for each function`() throws {
    try Compiler.library(Self.source) { path in
      let description = LibraryDescription(try ELFFile(path: path))
      let text = description.manifest(plugin: "acme.demo").text(indented: true)
      let manifest = try Manifest(parsing: text, file: "skeleton")
      #expect(
        manifest.evaluators.map(\.name) == [
          "acme.demo.distance", "acme.demo.mean", "acme.demo.similarity",
        ])
      #expect(manifest.library == "libsource.so")
      let similarity = try #require(manifest.evaluator(named: "acme.demo.similarity"))
      #expect(similarity.mode == .reference)
      #expect(similarity.shape == .row)
      #expect(similarity.inputs.map(\.role) == ["output", "expected"])
      #expect(manifest.evaluator(named: "acme.demo.mean")?.shape == .reduction)
      #expect(manifest.evaluator(named: "acme.demo.distance")?.result.returns == .status)
      for evaluator in manifest.evaluators {
        let call = try #require(evaluator.call)
        #expect(DebugInformation(try ELFFile(path: path)).compare(call.prototype) == .match)
      }
      let reasons = try JSONValue(parsing: text)["x-left-out"]?.objectValue
      #expect(reasons?.keys == ["by_value", "handle", "many", "nothing"])
      #expect(reasons?["by_value"] == "parameter 1 is struct point")
      #expect(reasons?["many"] == "it takes any number of arguments")
      #expect(
        description.callLines[0]
          == "assay run --library \(path) --call 'int distance(double a, double b, double *score)' "
          + "--bind a=COLUMN --bind b=COLUMN --bind score=out:score --sample FILE")
    }
  }

  @Test func `without debug information says so for every function`() throws {
    try Compiler.library(Self.source, flags: ["-O1"]) { path in
      let description = LibraryDescription(try ELFFile(path: path))
      #expect(description.absence == "it has no debug information; compile it with -g")
      #expect(description.functions.count == 7)
      #expect(description.functions.allSatisfy { $0.prototype == nil && $0.obstacle != nil })
      #expect(description.callLines.isEmpty)
    }
  }
}
