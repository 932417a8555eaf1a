import AssayCore
import AssayJSON
import Testing

@Suite struct `A JSON schema` {
  static let parameters = """
    {"type": "object",
     "properties": {
       "threshold": {"type": "number", "minimum": 0, "maximum": 1, "default": 0.5},
       "bins": {"type": "integer", "minimum": 1, "default": 15},
       "average": {"type": "string", "enum": ["macro", "micro"]},
       "quantiles": {"type": "array", "items": {"type": "number", "minimum": 0, "maximum": 1}},
       "positive": {"type": ["string", "integer", "boolean"], "default": 1},
       "nested": {"properties": {"a": {"type": "string"}}, "required": ["a"]}},
     "required": ["average"]}
    """

  func schema() throws -> JSONSchema {
    try JSONSchema(JSONValue(parsing: Self.parameters), at: "parameters", isClosed: true)
  }

  static let accepted: [(String, String)] = [
    (
      #"{"average": "macro"}"#,
      #"{"threshold":0.5,"bins":15,"average":"macro","positive":1}"#
    ),
    (
      #"{"average": "micro", "threshold": 1, "bins": 3.0, "positive": "yes"}"#,
      #"{"threshold":1,"bins":3,"average":"micro","positive":"yes"}"#
    ),
    (
      #"{"nested": {"a": "x"}, "quantiles": [0, 0.5], "average": "micro"}"#,
      #"{"threshold":0.5,"bins":15,"average":"micro","quantiles":[0,0.5],"positive":1,"nested":{"a":"x"}}"#
    ),
  ]

  @Test(arguments: accepted)
  func `fills defaults in its own order`(given: String, expected: String) throws {
    let value = try schema().validate(JSONValue(parsing: given), at: "parameters")
    #expect(value.text() == expected)
  }

  static let refused: [(String, String, String)] = [
    (
      #"{"average": "macro", "threshold": 1.5}"#, "parameter.invalid",
      "parameters.threshold: 1.5 is above the maximum 1"
    ),
    (
      #"{"average": "macro", "threshold": -1}"#, "parameter.invalid",
      "parameters.threshold: -1 is below the minimum 0"
    ),
    (
      #"{"average": "macro", "threshold": "high"}"#, "parameter.invalid",
      #"parameters.threshold: "high" is a string; a number belongs here"#
    ),
    (
      #"{"average": "macro", "bins": 2.5}"#, "parameter.invalid",
      "parameters.bins: 2.5 is a number; an integer belongs here"
    ),
    (
      #"{"average": "macr"}"#, "parameter.invalid",
      #"parameters.average: "macr" is not one of "macro", "micro". Did you mean "macro"?"#
    ),
    (
      #"{"average": "macro", "quantiles": [0.5, 2]}"#, "parameter.invalid",
      "parameters.quantiles[1]: 2 is above the maximum 1"
    ),
    (
      #"{"average": "macro", "positive": null}"#, "parameter.invalid",
      "parameters.positive: null is null; a string or an integer or a boolean belongs here"
    ),
    (
      #"{"average": "macro", "treshold": 1}"#, "parameter.unknown",
      #"parameters.treshold: there is nothing of this name. Did you mean "threshold"?"#
    ),
    (
      #"{"average": "macro", "zzz": 1}"#, "parameter.unknown",
      #"parameters.zzz: there is nothing of this name. There are: "threshold", "bins", "average", "quantiles", "positive", "nested"."#
    ),
    (
      #"{"threshold": 1}"#, "parameter.missing",
      "parameters.average: it must be given; a string belongs here"
    ),
    (
      #"{"average": "macro", "nested": {}}"#, "parameter.missing",
      "parameters.nested.a: it must be given; a string belongs here"
    ),
    ("[]", "parameter.invalid", "parameters: [] is an array; an object belongs here"),
  ]

  @Test(arguments: refused)
  func `names the path of what it refuses`(given: String, code: String, message: String) throws {
    let schema = try schema()
    let error = #expect(throws: AssayError.self) {
      try schema.validate(JSONValue(parsing: given), at: "parameters")
    }
    #expect(error?.code.rawValue == code)
    #expect(error?.message == message)
  }

  @Test func `leaves other members alone where it does not list them`() throws {
    let open = try JSONSchema(JSONValue(parsing: #"{"properties": {"a": {"default": 1}}}"#))
    #expect(try open.validate(["b": 2], at: "x") == ["a": 1, "b": 2])
    let prefixed = try JSONSchema(
      JSONValue(
        parsing:
          #"{"properties": {}, "patternProperties": {"^x-": {}}, "additionalProperties": {"type": "string"}}"#
      ))
    #expect(try prefixed.validate(["x-any": 2, "b": "s"], at: "x") == ["x-any": 2, "b": "s"])
    #expect(throws: AssayError.self) { try prefixed.validate(["b": 2], at: "x") }
  }

  static let broken: [(String, String)] = [
    ("[]", "schema: a schema is an object, and this is []"),
    (#"{"type": "float"}"#, #"schema.type: there is no type "float"."#),
    (#"{"typ": "number"}"#, #"schema.typ: this keyword is not understood. Did you mean "type"?"#),
    (#"{"multipleOf": 2}"#, "schema.multipleOf: this keyword is not understood."),
    (#"{"minimum": 2, "maximum": 1}"#, "schema: the minimum 2.0 is above the maximum 1.0"),
    (#"{"type": "number", "default": "x"}"#, #"schema.default: "x" is a string; a number belongs here"#),
    (
      #"{"properties": {"a": {"minimum": "x"}}}"#,
      #"schema.properties.a.minimum: a number belongs here, and this is "x""#
    ),
    (#"{"enum": []}"#, "schema.enum: a list of at least one value belongs here"),
    (
      #"{"patternProperties": {"a.*": {}}}"#,
      "schema.patternProperties: only patterns of the form ^prefix are understood, not a.*"
    ),
  ]

  @Test(arguments: broken)
  func `that is itself wrong is refused`(text: String, message: String) throws {
    let value = try JSONValue(parsing: text)
    let error = #expect(throws: AssayError.self) { try JSONSchema(value) }
    #expect(error?.code.rawValue == "json.schema")
    #expect(error?.message == message)
  }
}
