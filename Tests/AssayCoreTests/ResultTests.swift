import AssayCore
import Testing

@Suite struct `A result` {
  private let table = ResultTable(
    name: "roc_curve",
    columns: [
      .init(name: "fpr", values: .float64([0, 0.5, 1])), .init(name: "label", values: .utf8(["a", nil, "c"])),
    ])

  @Test func `finds its metrics and tables by name`() {
    let result = EvaluatorResult(
      evaluator: "tabular.binary", version: "1.0.0", mode: .reference, task: .binaryClassification,
      fingerprint: "sha256:00",
      metrics: [MetricResult(name: "f1", value: 0.5), MetricResult(name: "mcc", value: nil, reason: "one class")],
      tables: [table])
    #expect(result.metric("mcc")?.reason == "one class")
    #expect(result.metric("F1") == nil)
    #expect(result.table("roc_curve") == table)
    #expect(result.table("pr_curve") == nil)
    #expect(result.kind == .plugin)
    #expect(result.verdict == nil)
  }

  @Test func `has tables with as many rows as their first column`() {
    #expect(table.rowCount == 3)
    #expect(table.column("label")?.values == .utf8(["a", nil, "c"]))
    #expect(table.column("tpr") == nil)
    #expect(ResultTable(name: "t", columns: []).rowCount == 0)
  }

  @Test(arguments: [
    (ResultTable.Values.bool([true, nil]), 2), (.int64([1, nil, 3]), 3), (.float64([]), 0), (.utf8([nil]), 1),
  ])
  func `counts nulls among the values of a column`(values: ResultTable.Values, count: Int) {
    #expect(values.count == count)
  }
}

@Suite struct `An error` {
  @Test func `reads as its message`() {
    let error = AssayError(.usage, "Name one with -e.", details: ["option": "-e"])
    #expect("\(error)" == "Name one with -e.")
    #expect(error.details == ["option": "-e"])
    #expect(error != AssayError(.usage, "Name one with -e."))
  }

  @Test(arguments: [
    (AssayError.Code.usage, "usage.invalid", ExitCode.usage), (.interrupted, "run.interrupted", .interrupted),
    (.internal, "internal.defect", .internalError),
    // What a room adds is an error of input, unless it says otherwise.
    (.init(rawValue: "data.missing-column"), "data.missing-column", .usage),
  ])
  func `has a code that is the same everywhere, and an exit code`(
    code: AssayError.Code, text: String, exit: ExitCode
  ) {
    #expect(code.rawValue == text)
    #expect(code.exitCode == exit)
    #expect(code == AssayError.Code(rawValue: text))
  }
}
