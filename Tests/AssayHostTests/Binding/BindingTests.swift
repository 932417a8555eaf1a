import AssayArrow
import AssayCore
import AssayHost
import AssayJSON
import Testing

@Suite struct `A binding's right-hand side` {
  static let texts: [(String, ArgumentSource)] = [
    ("output", .input(role: "output", .value)),
    ("output.ptr", .input(role: "output", .pointer)),
    ("output.len", .input(role: "output", .length)),
    ("output.cstr", .input(role: "output", .terminated)),
    ("x.values", .input(role: "x", .values)),
    ("x.validity", .input(role: "x", .validity)),
    ("x.offsets", .input(role: "x", .offsets)),
    ("a.output.ptr", .input(role: "a.output", .pointer)),
    ("a.output", .input(role: "a.output", .value)),
    ("values", .input(role: "values", .value)),
    ("batch.length", .batchLength), ("batch.arrow", .batchArrow), ("schema.arrow", .schemaArrow),
    ("param:prefix=0.1", .parameter(name: "prefix", defaultValue: 0.1)),
    ("param:prefix", .parameter(name: "prefix", defaultValue: nil)),
    ("param:mode=fast", .parameter(name: "mode", defaultValue: "fast")),
    ("param:text=", .parameter(name: "text", defaultValue: "")),
    ("param:text=a=b", .parameter(name: "text", defaultValue: "a=b")),
    ("const:3", .constant(3)), ("const:0.5", .constant(0.5)), ("const:true", .constant(true)),
    ("const:fast", .constant("fast")), ("const:\"3\"", .constant("3")),
    ("null", .null), ("out:score", .outScore), ("out:score.validity", .outScoreValidity),
    ("parameters.ptr", .parameters(.pointer)), ("parameters.len", .parameters(.length)),
    ("parameters.cstr", .parameters(.terminated)), ("state", .state), ("out:state", .outState),
    ("into", .into), ("from", .from), ("sink", .sink), ("sinks", .sinks), ("writer", .writer),
    ("saved.ptr", .saved(.pointer)), ("saved.len", .saved(.length)), ("error", .error),
    ("services", .services), ("service:log", .service(.log)),
    ("service:progress", .service(.progress)), ("service:cancelled", .service(.cancelled)),
    ("evaluator:acme.similarity", .evaluator("acme.similarity")), ("seed", .seed),
    ("first", .first), ("count", .count), ("out:array", .outArray), ("out:schema", .outSchema),
  ]

  @Test(arguments: texts)
  func `says where a value comes from`(text: String, source: ArgumentSource) throws {
    #expect(try ArgumentSource(parsing: text) == source)
    #expect(try ArgumentSource(parsing: source.description) == source)
  }

  static let refused: [(String, String)] = [
    ("", "write a role, as in output.ptr, or param:, const:, out:, service:, evaluator:"),
    ("a..b", "write a role, as in output.ptr"), ("1x", "write a role"), ("a b", "write a role"),
    ("param:", "a parameter's name belongs behind the colon"),
    ("param:1=2", "a parameter's name belongs behind the colon"),
    ("const:", "a value belongs behind the colon, as in const:3"),
    ("evaluator:", "an evaluator's name belongs behind the colon"),
    ("service:logs", #"there is no service "logs"; there are log, progress, cancelled. Did you mean "log"?"#),
    ("out:scores", #"Did you mean "out:score""#),
    ("parm:x", #"nothing begins with "parm:""#),
  ]

  @Test(arguments: refused)
  func `that is wrong is refused`(text: String, message: String) throws {
    let error = try #require(throws: AssayError.self) { try ArgumentSource(parsing: text) }
    #expect(error.code.rawValue == "binding.syntax")
    #expect(error.message.contains(message))
  }
}

@Suite struct `A described function` {
  /// Declaration, bindings, and what its arguments, roles and shape become.
  static let bound: [(String, [String: String], String, String, EvaluatorDefinition.Shape)] = [
    ("double fabs(double x)", [:], "x", "x:float64", .row),
    ("double fabs(double x)", ["x": "error"], "error", "error:float64", .row),
    ("float f(float x, int8_t n, bool b, uint64_t u)", [:], "x n b u", "x:float32 n:int8 b:bool u:uint64", .row),
    ("int f(const char *text)", [:], "text.cstr", "text:utf8", .row),
    ("int f(const char *text, size_t text_len)", [:], "text.ptr text.len", "text:utf8", .row),
    ("int f(const char *text, size_t n)", ["n": "text.len", "text": "text.ptr"], "text.ptr text.len", "text:utf8", .row),
    ("double mean(const double *x, size_t n)", [:], "x.values batch.length", "x:float64", .reduction),
    ("double mean(int n, const float x[n])", [:], "batch.length x.values", "x:float32", .reduction),
    (
      "void f(const double *x, const int64_t *y, double *out, size_t n)", ["out": "out:score"],
      "x.values y.values out:score batch.length", "x:float64 y:int64", .column
    ),
    (
      "int f(const char *bytes, const int32_t *ends, size_t n, double *out)",
      ["bytes": "text.values", "ends": "text.offsets", "out": "out:score"],
      "text.values text.offsets batch.length out:score", "text:utf8", .column
    ),
    (
      "int f(const uint8_t *bytes, const int64_t *ends, size_t n, double *out)",
      ["bytes": "text.values", "ends": "text.offsets", "out": "out:score"],
      "text.values text.offsets batch.length out:score", "text:large_utf8", .column
    ),
    ("int f(double a, double *score)", ["score": "out:score"], "a out:score", "a:float64", .row),
    ("double f(double x, double k)", ["k": "param:k=2"], "x param:k=2", "x:float64", .row),
    ("double f(double x, int n)", ["n": "const:2"], "x const:2", "x:float64", .row),
    ("double f(double x, void *user)", ["user": "null"], "x null", "x:float64", .row),
    ("double f(double x, const struct assay_services *services)", [:], "x services", "x:float64", .row),
    ("double f(double x, struct assay_error *e)", [:], "x error", "x:float64", .row),
    ("double f(double x, void (*log)(int, const char *))", [:], "x service:log", "x:float64", .row),
    ("double f(double x, void (*p)(double))", ["p": "service:progress"], "x service:progress", "x:float64", .row),
    (
      "double f(const char *a, double (*s)(const char *x, const char *y))",
      ["s": "evaluator:acme.similarity"], "a.cstr evaluator:acme.similarity", "a:utf8", .row
    ),
    (
      "double cosine(const double *a, const double *b, size_t n)",
      ["a": "a.ptr", "b": "b.ptr", "n": "a.len"], "a.ptr b.ptr a.len",
      "a:list<float64> b:list<float64>", .row
    ),
    ("double f(double x, double y)", ["y": "x"], "x x", "x:float64", .row),
  ]

  @Test(arguments: bound)
  func `is bound by name and type where nothing else is said`(
    declaration: String, bind: [String: String], arguments: String, roles: String,
    shape: EvaluatorDefinition.Shape
  ) throws {
    let definition = try describe(declaration, bind)
    let call = try #require(definition.call)
    #expect(call.arguments.map(\.description).joined(separator: " ") == arguments)
    #expect(
      definition.inputs.map { "\($0.role):\($0.types.map(\.name).joined(separator: "|"))" }
        .joined(separator: " ") == roles)
    #expect(definition.shape == shape)
  }

  private func describe(
    _ declaration: String, _ bind: [String: String], _ returns: ResultDefinition.Return? = nil
  ) throws -> EvaluatorDefinition {
    try EvaluatorDefinition(
      describing: Prototype(parsing: declaration),
      bind: bind.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, returns: returns)
  }

  static let refused: [(String, [String: String], String, String)] = [
    ("double f(double x)", ["y": "x"], "binding.unknown-parameter", #"f has no parameter "y""#),
    ("double f(void)", ["y": "x"], "binding.unknown-parameter", #"f has no parameter "y". It has none."#),
    (
      "int f(double x, double *out)", [:], "binding.unbound",
      #""out" of f is bound to nothing; bind it to out:score, or declare it const if it is an input."#
    ),
    ("double f(char *text)", [:], "binding.unbound", "declare it const char * if it is an input"),
    ("double f(void *user, double x)", [:], "binding.unbound", "bind it to null"),
    (
      "double f(double (*g)(double), double x)", [:], "binding.unbound",
      "bind it to service:log, service:progress, service:cancelled or evaluator:NAME"
    ),
    (
      "double f(double x)", ["x": "text.ptr"], "binding.type",
      #""x" of f is declared as "double x", and text.ptr needs a pointer to const, such as const char *"#
    ),
    ("double f(char *x)", ["x": "text.cstr"], "binding.type", "text.cstr needs const char *"),
    ("double f(double *x, size_t n)", ["x": "x.values"], "binding.type", "x.values needs a pointer to const"),
    ("double f(const char *x, double n)", ["n": "x.len"], "binding.type", "x.len needs size_t"),
    ("double f(const double *x, double n)", ["n": "batch.length"], "binding.type", "batch.length needs an integer"),
    ("double f(uint8_t x)", ["x": "const:300"], "binding.type", "const:300 needs a type that takes the value"),
    ("double f(int x)", ["x": "const:0.5"], "binding.type", "const:0.5 needs a type that takes the value"),
    ("double f(double x)", ["x": "param:x=high"], "binding.type", #"param:x="high" needs a type that takes the value"#),
    ("double f(double x)", ["x": "null"], "binding.type", "null needs a pointer"),
    ("int f(const double *x)", ["x": "out:score"], "binding.type", "out:score needs a pointer that is not const"),
    ("double f(double g)", ["g": "evaluator:a"], "binding.type", "evaluator:a needs a function pointer"),
    ("double f(void (*log)(double))", [:], "binding.type", "service:log needs void (*log)(int, const char *)"),
    ("double f(int (*cancelled)(int))", [:], "binding.type", "service:cancelled needs int (*cancelled)(void)"),
    (
      "double f(const double *x, double k, size_t n)", [:], "binding.type",
      #""k" of f is a single row's, and the function takes whole columns; bind it to k.values, param:k or const:…"#
    ),
    (
      "double f(double x, float y)", ["y": "x"], "binding.type",
      #""x" cannot be "double x" and "float y" at once, since these need different types"#
    ),
    (
      "int f(double *a, double *b, double x)", ["a": "out:score", "b": "out:score"], "binding.twice",
      #"out:score is bound to "a" and "b" of f; bind it to one of them"#
    ),
    ("void f(double x)", [:], "binding.missing", "f gives no score"),
    ("const char *f(double x)", [:], "binding.missing", "f gives no score"),
    ("double f(double x)", ["x": "out:state"], "binding.out-of-place", "out:state is for stateful evaluators and readers"),
    ("double f(double a, double b)", ["a": "param:k=1", "b": "param:k=2"], "binding.twice", "param:k is bound with two defaults"),
  ]

  @Test(arguments: refused)
  func `that cannot be bound is refused with the remedy`(
    declaration: String, bind: [String: String], code: String, message: String
  ) throws {
    let error = try #require(throws: AssayError.self) { try describe(declaration, bind) }
    #expect(error.code.rawValue == code)
    #expect(error.message.contains(message))
  }

  static let results: [(String, [String: String], ResultDefinition.Return?, ResultDefinition.Return?)] = [
    ("double f(double x)", [:], nil, .score),
    ("int f(double x)", [:], nil, .score),
    ("bool f(double x)", [:], nil, .bool),
    ("int f(double x)", [:], .bool, .bool),
    ("int f(double x, double *s)", ["s": "out:score"], nil, .status),
    ("void f(double x, double *s)", ["s": "out:score"], nil, .ignore),
    ("int f(double x, double *s)", ["s": "out:score"], .ignore, .ignore),
    ("double f(double x, double *s)", ["s": "out:score"], .score, nil),
    ("double f(double x)", [:], .status, nil),
    ("int f(double x)", [:], .status, nil),
    ("double f(double x)", [:], .ignore, nil),
    ("void f(double x)", [:], .score, nil),
    ("double f(double x)", [:], .bool, nil),
  ]

  @Test(arguments: results)
  func `returns what its prototype allows`(
    declaration: String, bind: [String: String], wanted: ResultDefinition.Return?,
    expected: ResultDefinition.Return?
  ) {
    let definition = try? describe(declaration, bind, wanted)
    #expect(definition?.result.returns == expected)
  }

  @Test func `has the parameters that its bindings name`() throws {
    let definition = try describe(
      "double f(double x, double k, uint8_t n, const char *mode, bool b)",
      ["k": "param:k=0.5", "n": "param:n", "mode": "param:mode=fast", "b": "param:b=true"])
    #expect(
      definition.parametersSource.text()
        == #"{"type":"object","properties":{"k":{"type":"number","default":0.5},"n":{"type":"integer","minimum":0,"maximum":255},"mode":{"type":"string","default":"fast"},"b":{"type":"boolean","default":true}},"required":["n"]}"#
    )
    let error = #expect(throws: AssayError.self) {
      try definition.parameters.validate(members: ["n": 300], at: "parameters")
    }
    #expect(error?.message == "parameters.n: 300 is above the maximum 255")
  }
}

@Suite struct `A stateful evaluator's functions` {
  private func evaluator(_ functions: String, _ extra: String = "") -> String {
    DesignExamples.manifest(
      """
      {"name": "t", "mode": "reference", "inputs": {"x": {"types": ["float64"]}}, \(extra) "functions": {
        "create": "int32_t c(const char *parameters, void **state)", "destroy": "void d(void *state)",
        "update": "int32_t u(void *state, struct ArrowArray *batch)", \(functions)}}
      """)
  }

  @Test func `bind by the names of the contract`() throws {
    let text = evaluator(
      """
      "finish": "int32_t f(const struct s *state, const struct assay_sink *sink, struct assay_error *e, const struct assay_services *services)",
      "save": "int32_t s(void *state, const struct assay_writer *writer)",
      "load": "int32_t l(const uint8_t *saved, size_t saved_len, const char *parameters, size_t parameters_len, void **state)",
      "evaluate": "int32_t e(void *state, const struct ArrowSchema *schema, struct ArrowArray *batch, struct ArrowArray *out, struct ArrowSchema *out_schema)",
      "resample": "int32_t r(void *state, uint64_t seed, uint64_t first, uint64_t count, const struct assay_sink *sinks, struct assay_error *error)"
      """)
    let functions = try Manifest(parsing: text, file: "m").evaluators[0].functions
    func arguments(_ role: EvaluatorDefinition.Role) -> String? {
      functions[role]?.arguments.map(\.description).joined(separator: " ")
    }
    #expect(arguments(.create) == "parameters.cstr out:state")
    #expect(arguments(.finish) == "state sink error services")
    #expect(arguments(.save) == "state writer")
    #expect(arguments(.load) == "saved.ptr saved.len parameters.ptr parameters.len out:state")
    #expect(arguments(.evaluate) == "state schema.arrow batch.arrow out:array out:schema")
    #expect(arguments(.resample) == "state seed first count sinks error")
  }

  @Test func `may have other names where bind says so`() throws {
    let text = DesignExamples.manifest(
      """
      {"name": "t", "mode": "reference", "inputs": {"x": {"types": ["float64"]}},
       "bind": {"self": "state", "rows": "batch.arrow", "flags": "const:0"}, "functions": {
        "create": "int32_t c(void **self, int flags)", "destroy": "void d(void *self)",
        "update": "int32_t u(void *self, struct ArrowArray *rows)",
        "finish": "int32_t f(void *self, const struct assay_sink *sink)"}}
      """)
    let functions = try Manifest(parsing: text, file: "m").evaluators[0].functions
    #expect(functions[.create]?.arguments == [.outState, .constant(0)])
    #expect(functions[.update]?.arguments == [.state, .batchArrow])
  }

  static let refused: [(String, String, String)] = [
    (
      #""finish": "int32_t f(void *state, const struct assay_sink *sink, double x)""#, "binding.unbound",
      #""x" of f is bound to nothing in "finish"; rename it to one of error, services, sink, state, or bind it."#
    ),
    (
      #""finish": "int32_t f(void *state)""#, "binding.missing",
      #"f cannot do its work in "finish" without sink; add a parameter for it"#
    ),
    (
      #""finish": "double f(void *state, const struct assay_sink *sink)""#, "binding.type",
      #"f returns double, and in "finish" it must return int32_t, 0 where all went well"#
    ),
    (
      #""finish": "int32_t f(void *state, const struct assay_writer *sink)""#, "binding.type",
      #"and sink needs const struct assay_sink *"#
    ),
    (
      #""finish": "int32_t f(void *state, const struct assay_sink *sink)", "save": "int32_t s(void *state, const struct assay_writer *writer)""#,
      "manifest.missing-key", #"what "save" writes is read by "load", and "load" is missing"#
    ),
    (
      #""merge": "int32_t m(void *into, void *from)""#, "manifest.missing-key",
      #"results leave a state through "finish", and "finish" is missing"#
    ),
  ]

  @Test(arguments: refused)
  func `that lack something are refused`(functions: String, code: String, message: String) throws {
    let error = try #require(throws: AssayError.self) {
      try Manifest(parsing: evaluator(functions), file: "m")
    }
    #expect(error.code.rawValue == code)
    #expect(error.message.contains(message))
  }
}
