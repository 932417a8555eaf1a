import AssayCore
import Testing

@testable import AssayRuntime

@Suite struct `The conclusion of a run` {
  struct Case: Sendable {
    /// By evaluator: its thresholds' verdicts, and how many of 10 rows were scored.
    var evaluators: [(verdicts: [Verdict], scored: Int)]
    var policy: @Sendable (inout GatePolicy) -> Void = { _ in }
    var verdict: Verdict?
    var exitCode: Int32
  }

  static let cases: [Case] = [
    Case(evaluators: [([], 10)], verdict: nil, exitCode: 0),
    Case(evaluators: [([], 9)], verdict: nil, exitCode: 3),
    Case(evaluators: [([], 9)], policy: { $0.minimumCoverage = 0.9 }, verdict: nil, exitCode: 0),
    Case(evaluators: [([.pass], 10)], verdict: .pass, exitCode: 0),
    Case(evaluators: [([.pass, .fail], 10)], verdict: .fail, exitCode: 1),
    Case(evaluators: [([.pass, .inconclusive], 10)], verdict: .inconclusive, exitCode: 4),
    Case(evaluators: [([.fail, .inconclusive], 10)], verdict: .fail, exitCode: 1),
    Case(evaluators: [([.pass], 9)], verdict: .inconclusive, exitCode: 3),
    Case(evaluators: [([.fail], 9)], verdict: .fail, exitCode: 1),
    Case(evaluators: [([.inconclusive], 9)], verdict: .inconclusive, exitCode: 3),
    Case(
      evaluators: [([.inconclusive], 10)], policy: { $0.inconclusivePasses = true },
      verdict: .inconclusive, exitCode: 0),
    Case(
      evaluators: [([.inconclusive], 9)], policy: { $0.inconclusivePasses = true },
      verdict: .inconclusive, exitCode: 3),
    Case(
      evaluators: [([.fail], 10)], policy: { $0.gateExitCode = ExitCode(rawValue: 100) },
      verdict: .fail, exitCode: 100),
    Case(
      evaluators: [([.fail], 10)], policy: { $0.inconclusivePasses = true }, verdict: .fail,
      exitCode: 1),
    Case(
      evaluators: [([.pass], 10)], policy: { $0.gateExitCode = ExitCode(rawValue: 100) },
      verdict: .pass, exitCode: 0),
    Case(evaluators: [([.pass], 10), ([.fail], 10)], verdict: .fail, exitCode: 1),
    Case(evaluators: [([.pass], 10), ([], 9)], verdict: .inconclusive, exitCode: 3),
    Case(evaluators: [([.fail], 10), ([.pass], 0)], verdict: .fail, exitCode: 1),
    Case(evaluators: [([.pass], 0)], policy: { $0.minimumCoverage = 0 }, verdict: .pass, exitCode: 0),
  ]

  @Test(arguments: cases.indices)
  func `follows from the verdicts, the coverage and the policy`(index: Int) {
    let expected = Self.cases[index]
    var policy = GatePolicy()
    expected.policy(&policy)
    let parts = expected.evaluators.map { evaluator in
      var counts = Counts()
      counts.total = 12
      counts.skipped = 2
      counts.scored = evaluator.scored
      counts.missing = 10 - evaluator.scored
      return (thresholds: evaluator.verdicts, counts: counts)
    }
    let conclusion = Conclusion(parts, policy: policy)
    #expect(conclusion.verdict == expected.verdict)
    #expect(conclusion.exitCode.rawValue == expected.exitCode)
  }

  @Test func `of an evaluator without rows is incomplete`() {
    let conclusion = Conclusion([(thresholds: [.pass], counts: Counts())], policy: GatePolicy())
    #expect(conclusion.isIncomplete && conclusion.evaluators == [.inconclusive])
  }

  @Test func `keeps the verdicts of evaluators apart`() {
    var counts = Counts()
    (counts.total, counts.scored) = (3, 3)
    let conclusion = Conclusion(
      [([.pass], counts), ([], counts), ([.inconclusive, .fail], counts)], policy: GatePolicy())
    #expect(conclusion.evaluators == [.pass, nil, .fail])
  }
}
