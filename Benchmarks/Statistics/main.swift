// Times the statistics that see many rows. Compiled together with AssayStatistics.
//
//   statistics FILE    writes the judgements there, a line "winner loser" each

import Glibc

let models = 100
let judgementCount = 1_000_000

/// The judgements of models whose strengths are evenly spaced over three logits.
func drawnJudgements() -> [PairedComparison] {
  var generator = SeededGenerator(seed: 2026)
  return (0..<judgementCount).map { _ in
    let first = generator.index(below: models)
    let second = (first + 1 + generator.index(below: models - 1)) % models
    let gap = Double(first - second) * 3 / Double(models)
    return PairedComparison(first, second, generator.uniform() < 1 / (1 + exp(-gap)) ? .first : .second)
  }
}

/// The median of five runs in milliseconds.
func timed(_ name: String, limit: Double? = nil, _ body: () throws -> Void) rethrows {
  var times: [Double] = []
  for _ in 0..<5 {
    let duration = try ContinuousClock().measure(body)
    times.append(Double(duration.components.attoseconds) * 1e-15 + Double(duration.components.seconds) * 1e3)
  }
  let median = times.sorted()[2]
  let verdict = limit.map { median <= $0 ? ", under \(Int($0)) ms" : ", OVER \(Int($0)) ms" } ?? ""
  print("\(name): \((median * 10).rounded() / 10) ms\(verdict)")
}

let judgements = drawnJudgements()
let whole = try fitRanking(WinMatrix(models: models, judgements: judgements))
try timed("Bradley-Terry, 100 models, 1M judgements", limit: 1000) {
  _ = try fitRanking(WinMatrix(models: models, judgements: judgements))
}
let matrix = try WinMatrix(models: models, judgements: judgements)
try timed("  the fit alone") { _ = try fitRanking(matrix) }
try timed("Davidson, 100 models") { _ = try fitRanking(matrix, ties: .davidson) }
try timed("Bradley-Terry, 10 of 1000 replicates") {
  _ = try rankingReplicates(judgements, models: models, numbers: 0..<10)
}

var generator = SeededGenerator(seed: 1)
let labels = (0..<1_000_000).map { _ in generator.uniform() < 0.3 }
let scores = (0..<2).map { _ in labels.map { generator.normal() + ($0 ? 1 : 0) } }
try timed("DeLong, two models, 1M rows") { _ = try ROCAreas(labels: labels, scores: scores).difference(0, 1) }
let differences = zip(scores[0], scores[1]).map { $0 - $1 }
try timed("paired t, 1M rows") { _ = try pairedTTest(differences) }
try timed("signed ranks, 1M rows") { _ = try wilcoxonSignedRankTest(differences) }
try timed("sign flips, 10k rows, 9999 draws") { _ = try signFlipTest(Array(differences[..<10_000])) }
try timed("sign flips, 40 rows, all 2^40") { _ = try signFlipTest(Array(differences[..<40])) }
try timed("empirical-Bernstein sequence, 1M rows") {
  var sequence = try EmpiricalBernsteinSequence()
  for label in labels { try sequence.add(label ? 1 : 0) }
}

if CommandLine.arguments.count > 1, let file = unsafe fopen(CommandLine.arguments[1], "w") {
  // Safety: the stream was just opened and is closed once.
  for judgement in judgements {
    let isFirst = judgement.preference == .first
    let line = "\(isFirst ? judgement.first : judgement.second) "
      + "\(isFirst ? judgement.second : judgement.first)\n"
    _ = unsafe fputs(line, file)
  }
  _ = unsafe fclose(file)
  print("abilities: \(whole.logAbilities[0]) \(whole.logAbilities[99])")
}
