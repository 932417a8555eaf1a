import KernelSupport

/// What rows weigh in a replicate: whole numbers where every row counts once.
protocol ReplicaAmount: Numeric, Comparable {
  static var isWeighted: Bool { get }
  static func of(draws: UInt8, weight: @autoclosure () -> Double) -> Self
  static func of(label: UInt8) -> Self
  var number: Double { get }
}

extension Int: ReplicaAmount {
  static var isWeighted: Bool { false }
  @inline(__always)
  static func of(draws: UInt8, weight: @autoclosure () -> Double) -> Int { Int(draws) }
  @inline(__always)
  static func of(label: UInt8) -> Int { Int(label) }
  var number: Double { Double(self) }
}

extension Double: ReplicaAmount {
  static var isWeighted: Bool { true }
  @inline(__always)
  static func of(draws: UInt8, weight: @autoclosure () -> Double) -> Double { Double(draws) * weight() }
  @inline(__always)
  static func of(label: UInt8) -> Double { Double(label) }
  var number: Double { self }
}

/// The columns of the replicas, for loops without checks.
@safe
private struct ReplicaColumns {
  // Safety: all have as many rows as `flags`, or none; valid during one replicate.
  let flags: UnsafeBufferPointer<UInt8>
  let draws: UnsafeBufferPointer<UInt8>
  let scores: UnsafeBufferPointer<Double>
  let weights: UnsafeBufferPointer<Double>
  let logLosses: UnsafeBufferPointer<Double>

  var count: Int { unsafe flags.count }

  @inline(__always)
  func amount<Amount: ReplicaAmount>(_ row: Int, _ type: Amount.Type) -> Amount {
    unsafe Amount.of(draws: draws[row], weight: weights[row])
  }

  @inline(__always) func label(_ row: Int) -> UInt8 { unsafe flags[row] & BinaryReplicas.positive }
  @inline(__always) func isNew(_ row: Int) -> Bool { unsafe flags[row] & BinaryReplicas.newScore != 0 }
  @inline(__always) func score(_ row: Int) -> Double { unsafe scores[row] }
  @inline(__always) func logLoss(_ row: Int) -> Double { unsafe logLosses[row] }
}

extension BinaryReplicas {
  private static let probabilityNames = ["log_loss", "brier", "ece"]
  private static let curveNames = ["average_precision", "ks", "optimal_f1", "optimal_threshold"]
  private static let thresholdNames = [
    "accuracy", "balanced_accuracy", "precision", "recall", "specificity", "f1", "f_beta", "mcc",
    "cohen_kappa",
  ]

  /// The metrics of a replicate in which rows count `draws` times.
  func metrics<Amount: ReplicaAmount>(
    _ type: Amount.Type, _ draws: [UInt8], _ options: BinaryOptions, _ request: Request
  ) -> [Finding] {
    unsafe flags.withUnsafeBufferPointer { flags in
      unsafe draws.withUnsafeBufferPointer { draws in
        unsafe scores.withUnsafeBufferPointer { scores in
          unsafe weights.withUnsafeBufferPointer { weights in
            unsafe logLosses.withUnsafeBufferPointer { losses in
              let columns = unsafe ReplicaColumns(
                flags: flags, draws: draws, scores: scores, weights: weights, logLosses: losses)
              return metrics(type, columns, options, request)
            }
          }
        }
      }
    }
  }

  private func metrics<Amount: ReplicaAmount>(
    _ type: Amount.Type, _ columns: ReplicaColumns, _ options: BinaryOptions, _ request: Request
  ) -> [Finding] {
    var metrics: [Finding] = []
    if request.wantsAny(Self.probabilityNames + Self.thresholdNames) {
      let sums = cutSums(type, columns, options)
      metrics += probabilityMetrics(sums, options)
      metrics += thresholdMetrics(sums, options)
    }
    let area = RankSums<Amount>(columns)
    guard area.positives > .zero, area.negatives > .zero else {
      return metrics + (["roc_auc"] + Self.curveNames).map {
        Finding($0, undefined: "Only one class is in the replicate.")
      }
    }
    metrics.append(Finding("roc_auc", area.areaUnderROC))
    if request.wantsAny(Self.curveNames) {
      metrics += curveMetrics(columns, area)
    }
    return metrics
  }
}

// MARK: - Ranking

/// What the area under the curve needs of a replicate.
private struct RankSums<Amount: ReplicaAmount> {
  var positives = Amount.zero
  var negatives = Amount.zero
  /// Twice the pairs in which the negative row stands higher, ties counted half.
  private var lost = 0.0

  init(_ columns: ReplicaColumns) {
    var (positives, negatives, before) = (Amount.zero, Amount.zero, Amount.zero)
    var start = 0
    // Short stretches keep the products of whole numbers whole.
    while start < columns.count {
      let end = min(start + 4096, columns.count)
      var lost = Amount.zero
      for row in start..<end {
        let amount = columns.amount(row, Amount.self)
        before = columns.isNew(row) ? negatives : before
        // A product and no branch: which class comes next is anybody's guess.
        let positive = amount * Amount.of(label: columns.label(row))
        negatives += amount - positive
        positives += positive
        lost += positive * (before + negatives)
      }
      self.lost += lost.number
      start = end
    }
    (self.positives, self.negatives) = (positives, negatives)
  }

  var areaUnderROC: Double {
    let pairs = positives.number * negatives.number
    return min(1, max(0, 1 - lost / (2 * pairs)))
  }
}

extension BinaryReplicas {
  private func curveMetrics<Amount: ReplicaAmount>(
    _ columns: ReplicaColumns, _ all: RankSums<Amount>
  ) -> [Finding] {
    let (positives, negatives) = (all.positives.number, all.negatives.number)
    var (truePositives, falsePositives) = (Amount.zero, Amount.zero)
    var (precisions, gap) = (0.0, 0.0)
    var best = (f1: -1.0, threshold: 0.0)
    var row = 0
    while row < columns.count {
      let first = row
      let (oldTrue, oldFalse) = (truePositives.number, falsePositives.number)
      var positive = Amount.zero
      repeat {
        let amount = columns.amount(row, Amount.self)
        let own = amount * Amount.of(label: columns.label(row))
        positive += own
        falsePositives += amount - own
        row += 1
      } while row < columns.count && !columns.isNew(row)
      if positive == .zero { continue }
      truePositives += positive
      let (t, f) = (truePositives.number, falsePositives.number)
      precisions += positive.number * (t / (t + f))
      gap = max(gap, t * negatives - f * positives, oldFalse * positives - oldTrue * negatives)
      let f1 = 2 * t / (t + f + positives)
      if f1 > best.f1 { best = (f1, columns.score(first)) }
    }
    return [
      Finding("average_precision", precisions / positives),
      Finding("ks", min(1, gap / (positives * negatives))),
      Finding("optimal_f1", best.f1), Finding("optimal_threshold", best.threshold),
    ]
  }
}

// MARK: - Probabilities and the threshold

/// The sums of one cut.
private struct CutSums {
  var positives = 0.0
  var all = 0.0
  var scores = 0.0
  var squares = 0.0
  var logLoss = 0.0
}

extension BinaryReplicas {
  private func cutSums<Amount: ReplicaAmount>(
    _ type: Amount.Type, _ columns: ReplicaColumns, _ options: BinaryOptions
  ) -> [CutSums] {
    cuts.indices.map { index in
      let end = index + 1 < cuts.count ? cuts[index + 1].start : columns.count
      var sums = CutSums()
      var start = cuts[index].start
      while start < end {
        let stop = min(start + 1024, end)
        add(type, columns, start..<stop, options, to: &sums)
        start = stop
      }
      return sums
    }
  }

  @inline(__always)
  private func add<Amount: ReplicaAmount>(
    _ type: Amount.Type, _ columns: ReplicaColumns, _ rows: Range<Int>, _ options: BinaryOptions,
    to sums: inout CutSums
  ) {
    var part = CutSums()
    let wantsLogLoss = options.needsLogLoss
    for row in rows {
      let amount = columns.amount(row, type).number
      let label = Double(columns.label(row))
      let score = columns.score(row)
      part.all += amount
      part.positives += amount * label
      part.scores += amount * score
      part.squares += amount * ((score - label) * (score - label))
      if wantsLogLoss { part.logLoss += amount * columns.logLoss(row) }
    }
    sums.all += part.all
    sums.positives += part.positives
    sums.scores += part.scores
    sums.squares += part.squares
    sums.logLoss += part.logLoss
  }

  private func thresholdMetrics(_ sums: [CutSums], _ options: BinaryOptions) -> [Finding] {
    var confusion = ConfusionCounts(tp: 0, fp: 0, fn: 0, tn: 0, isCount: false)
    for (cut, sum) in zip(cuts, sums) {
      if cut.isPredicted {
        confusion.tp += sum.positives
        confusion.fp += sum.all - sum.positives
      } else {
        confusion.fn += sum.positives
        confusion.tn += sum.all - sum.positives
      }
    }
    return confusion.metrics(beta: options.beta)
  }

  private func probabilityMetrics(_ sums: [CutSums], _ options: BinaryOptions) -> [Finding] {
    let total = sums.reduce(0) { $0 + $1.all }
    guard options.scoresAreProbabilities, total > 0 else {
      return Self.probabilityNames.map { Finding($0, undefined: "There are no probabilities.") }
    }
    var bins = [Double](repeating: 0, count: options.bins)
    for (cut, sum) in zip(cuts, sums) { bins[cut.bin] += sum.scores - sum.positives }
    var metrics = [
      Finding("brier", sums.reduce(0) { $0 + $1.squares } / total),
      Finding("ece", bins.reduce(0) { $0 + abs($1) } / total),
    ]
    if options.needsLogLoss {
      metrics.append(Finding("log_loss", sums.reduce(0) { $0 + $1.logLoss } / total))
    }
    return metrics
  }
}
