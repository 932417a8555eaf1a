import AssayCore
import Testing

@testable import AssayCLI
@testable import AssayRuntime

@Suite struct `What a function's result means` {
  static let read: [(String, CallResult)] = [
    ("score", CallResult(returns: .score)),
    ("return=status", CallResult(returns: .status)),
    (
      "return=status,ok_values=0|1,errno=true",
      CallResult(returns: .status, okValues: [0, 1], readsErrno: true)
    ),
    ("undefined=negative", CallResult(undefined: .negative)),
    ("ok_values=-1", CallResult(okValues: [-1])),
    (
      "range=0|1,direction=lower_is_better",
      CallResult(range: MetricRange(lower: 0, upper: 1), direction: .lowerIsBetter)
    ),
    ("range=0|", CallResult(range: MetricRange(lower: 0))),
    ("range=|0.5,errno=false", CallResult(range: MetricRange(upper: 0.5))),
  ]

  @Test(arguments: read) func `is read from a flag`(text: String, result: CallResult) throws {
    #expect(try CallResult(flag: text) == result)
  }

  @Test func `follows from the prototype where nothing is said`() throws {
    #expect(try CallResult(flag: nil) == CallResult())
  }

  static let refused: [(String, String, String)] = [
    ("returns=score", "config.unknown-key", #"--result has no part "returns"; the parts are return, ok_values, errno, undefined, range, direction. Did you mean "return"?"#),
    ("return=number", "usage.invalid", "--result number is not one of score, status, ignore"),
    ("return=status,0|1", "usage.invalid", #"--result "0|1" is not PART=VALUE, as in return=status,ok_values=0|1"#),
    ("ok_values=a", "usage.invalid", "--result a is not a whole number, which a status is"),
    ("errno=yes", "usage.invalid", "--result yes is neither true nor false"),
    ("range=0", "usage.invalid", "takes a range from one end to the other, as in range=0|1"),
    ("range=1|0", "usage.invalid", "takes a range from one end to the other"),
    ("range=a|1", "usage.invalid", "--result a is not a number"),
  ]

  @Test(arguments: refused)
  func `is refused with what to write instead`(text: String, code: String, message: String) throws {
    let error = #expect(throws: AssayError.self) { try CallResult(flag: text) }
    #expect(error?.code.rawValue == code)
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
  }

  @Test func `is read from a mapping of a configuration`() throws {
    let folder = try Workplace([
      "a.yaml": """
      evaluator:
        - library: libm.so.6
          call: double log(double x)
          result: {return: score, errno: true, range: [null, 10], ok_values: [0]}
      sample: rows.jsonl
      bind: {x: score}
      format: json
      """,
      "rows.jsonl": #"{"score": 1}"# + "\n" + #"{"score": -1}"# + "\n",
    ])
    let ending = try folder.assay("run", "a.yaml")
    let counts = try ending.json()["evaluators"]?.arrayValue?.first?["counts"]
    #expect(counts?["scored"] == 1)
    #expect(counts?["errored"] == 1)
  }

  @Test func `sets the rows that have no score, and the bar's direction`() throws {
    let folder = try Workplace(["rows.jsonl": "{\"x\": -1}\n{\"x\": 0.2}\n{\"x\": 0.9}\n"])
    let result = try folder.assay(
      "run", "--library", "libm.so.6", "--call", "double floor(double x)", "--sample", "rows.jsonl",
      "--result", "undefined=negative,direction=lower_is_better", "--pass-threshold", "0.5",
      "--format", "json"
    ).json()
    let counts = try #require(result["evaluators"]?.arrayValue?.first?["counts"])
    #expect(counts["unscored"] == 1)
    #expect(counts["passed"] == 2)
  }
}
