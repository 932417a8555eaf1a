public import KernelSupport

import Glibc

extension BinaryState {
  /// Adds rows.
  ///
  /// - Parameters:
  ///   - scores: One number per row; `float32` scores widened.
  ///   - labels: 1 for a positive row and 0 for a negative one.
  ///   - weights: A weight per row, or empty: every row counts once. A row of
  ///     weight 0 is as if it were not there.
  ///   - rows: A number per row for resampling, or empty where nobody resamples.
  /// - Throws: ``KernelError`` with the row for a score that is not a number or not
  ///   a probability, and for a weight that is negative, infinite or beyond 1e60.
  /// - Complexity: O(*n*).
  public mutating func update(
    scores: Span<Double>, labels: Span<UInt8>, weights: Span<Double>, rows: Span<UInt64>
  ) throws(KernelError) {
    guard scores.count > 0 else { return }
    try checkKind(weights: weights, rows: rows)
    try checkScores(scores)
    try checkWeights(weights)
    unsafe scores.withUnsafeBufferPointer { scores in
      unsafe labels.withUnsafeBufferPointer { labels in
        unsafe weights.withUnsafeBufferPointer { weights in
          let chunk = unsafe Chunk(scores: scores, labels: labels, weights: weights)
          if weights.isEmpty { count(chunk) } else { countWeighted(chunk) }
        }
      }
    }
    rank(scores, labels, weights, rows)
  }

  private mutating func checkKind(weights: Span<Double>, rows: Span<UInt64>) throws(KernelError) {
    let isNew = rowCount == 0
    if isNew, !weights.isEmpty { weightSums = ExactSums(count: cellCount) }
    if isNew, !rows.isEmpty {
      ranking = .tracked(SplitRuns())
    } else if isNew, options.needsRanking {
      ranking = weights.isEmpty ? .plain(SplitRuns()) : .weighted(SplitRuns())
    }
    guard isWeighted == !weights.isEmpty else {
      throw KernelError(.invalid, "Some batches have weights and some have none.")
    }
    if case .tracked = ranking, rows.isEmpty {
      throw KernelError(.invalid, "Some batches have row numbers and some have none.")
    }
  }

  private func checkScores(_ scores: Span<Double>) throws(KernelError) {
    if options.scoresAreProbabilities {
      var isFine = true
      for index in scores.indices {
        // Safety: the index is one of the span's.
        let score = unsafe scores[unchecked: index]
        isFine = isFine && score >= 0 && score <= 1
      }
      if isFine { return }
    }
    for row in scores.indices {
      let score = scores[row]
      if score.isNaN { throw KernelError(.badData, "The score is not a number (NaN).", row: row) }
      guard options.scoresAreProbabilities, score < 0 || score > 1 else { continue }
      throw KernelError(
        .badData,
        "The score \(score) is not a probability from 0 to 1. "
          + "For scores of any size set the parameter scores to \"score\".", row: row)
    }
  }

  private func checkWeights(_ weights: Span<Double>) throws(KernelError) {
    for row in weights.indices {
      let weight = weights[row]
      guard !(weight >= 0 && weight <= ExactSums.largestTerm / 64) else { continue }
      throw KernelError(.badData, "The weight \(weight) is not a number from 0 to 1e58.", row: row)
    }
  }

  private mutating func rank(
    _ scores: Span<Double>, _ labels: Span<UInt8>, _ weights: Span<Double>, _ rows: Span<UInt64>
  ) {
    switch ranking {
    case .none: return
    case .plain(var runs):
      ranking = .none
      runs.append(scores: scores, labels: labels, weights: weights, rows: rows)
      ranking = .plain(runs)
    case .weighted(var runs):
      ranking = .none
      runs.append(scores: scores, labels: labels, weights: weights, rows: rows)
      ranking = .weighted(runs)
    case .tracked(var runs):
      ranking = .none
      runs.append(scores: scores, labels: labels, weights: weights, rows: rows)
      ranking = .tracked(runs)
    }
  }
}

/// The columns of a chunk, for loops without checks.
@safe
private struct Chunk {
  // Safety: all have as many rows as `scores`, or none; valid during one update.
  let scores: UnsafeBufferPointer<Double>
  let labels: UnsafeBufferPointer<UInt8>
  let weights: UnsafeBufferPointer<Double>

  var count: Int { unsafe scores.count }
  @inline(__always) func score(_ row: Int) -> Double { unsafe scores[row] }
  @inline(__always) func label(_ row: Int) -> Int { unsafe Int(labels[row]) }
  @inline(__always) func weight(_ row: Int) -> Double { unsafe weights[row] }
}

extension BinaryState {
  /// The place of a row's score among the bins, of which the last is closed.
  @inline(__always)
  func bin(of score: Double) -> Int {
    guard options.scoresAreProbabilities else { return 0 }
    var bin = min(Int(score * Double(options.bins)), options.bins - 1)
    // The product may be rounded across an edge.
    if score < edges[bin] {
      bin -= 1
    } else if bin + 1 < options.bins, score >= edges[bin + 1] {
      bin += 1
    }
    return bin
  }

  private mutating func count(_ chunk: Chunk) {
    var counts = counts
    self.counts = []
    let (options, wantsLogLoss) = (options, options.needsLogLoss)
    let (brierIndex, logLossIndex) = (counts.count, counts.count + 1)
    var sums = sums
    self.sums = ExactSums(count: 0)
    var clipped = 0
    sums.add(terms: chunk.count) { writer in
      for row in 0..<chunk.count {
        let (score, label) = (chunk.score(row), chunk.label(row))
        let cell = bin(of: score) * 4 + label * 2 + (score >= options.threshold ? 1 : 0)
        counts[cell] += 1
        guard options.scoresAreProbabilities else { continue }
        writer.add(score, to: cell)
        let distance = score - Double(label)
        writer.add(distance * distance, to: brierIndex)
        guard wantsLogLoss else { continue }
        writer.add(logLoss(score, label, &clipped), to: logLossIndex)
      }
    }
    self.counts = counts
    self.sums = sums
    self.clipped += clipped
  }

  private mutating func countWeighted(_ chunk: Chunk) {
    guard var weightSums else { return }
    self.weightSums = nil
    var counts = counts
    self.counts = []
    let (options, wantsLogLoss) = (options, options.needsLogLoss)
    let (brierIndex, logLossIndex) = (counts.count, counts.count + 1)
    var sums = sums
    self.sums = ExactSums(count: 0)
    var clipped = 0
    weightSums.add(terms: chunk.count) { weights in
      sums.add(terms: chunk.count) { writer in
        for row in 0..<chunk.count {
          let (score, label, weight) = (chunk.score(row), chunk.label(row), chunk.weight(row))
          if weight == 0 { continue }
          let cell = bin(of: score) * 4 + label * 2 + (score >= options.threshold ? 1 : 0)
          counts[cell] += 1
          weights.add(weight, to: cell)
          guard options.scoresAreProbabilities else { continue }
          writer.add(score * weight, to: cell)
          let distance = score - Double(label)
          writer.add(distance * distance * weight, to: brierIndex)
          guard wantsLogLoss else { continue }
          writer.add(logLoss(score, label, &clipped) * weight, to: logLossIndex)
        }
      }
    }
    self.counts = counts
    self.sums = sums
    self.weightSums = weightSums
    self.clipped += clipped
  }
}

/// The negative logarithm of the probability that was given to what happened, with
/// probabilities kept a machine epsilon away from 0 and 1 as scikit-learn does.
@inline(__always)
func logLoss(_ score: Double, _ label: Int, _ clipped: inout Int) -> Double {
  let given = label == 1 ? score : 1 - score
  let kept = min(max(given, .ulpOfOne), 1 - .ulpOfOne)
  if kept != given { clipped &+= 1 }
  return -log(kept)
}
