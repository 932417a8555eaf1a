import AssayStatistics
import Testing

@Suite struct `A judge's rate` {
  @Test func `is corrected as by Rogan and Gladen`() throws {
    #expect(prints(try roganGladenRate(observed: 0.7, sensitivity: 0.9, specificity: 0.85), 0.733333, 6))
    #expect(try roganGladenRate(observed: 0.01, sensitivity: 0.9, specificity: 0.85) == 0)
    #expect(try roganGladenRate(observed: 1, sensitivity: 0.9, specificity: 0.85) == 1)
    expect(.uninformativeJudge) { () throws(Undefined) in
      try roganGladenRate(observed: 0.5, sensitivity: 0.4, specificity: 0.6)
    }
    expect(.invalidArgument) { () throws(Undefined) in
      try roganGladenRate(observed: 1.5, sensitivity: 0.9, specificity: 0.9)
    }
  }

  @Test(arguments: InferenceReference.leeIntervals)
  func `has the interval of Lee's code`(
    observed: [Int], specificity: [Int], sensitivity: [Int], low: Double, high: Double
  ) throws {
    let judge = JudgeCalibration(
      sensitivity: try Proportion(successes: sensitivity[0], trials: sensitivity[1]),
      specificity: try Proportion(successes: specificity[0], trials: specificity[1]))
    let estimate = try roganGladenEstimate(
      observed: try Proportion(successes: observed[0], trials: observed[1]), judge: judge)
    #expect(agrees(estimate.interval, low, high, within: 1e-9), "\(estimate)")
  }

  @Test func `needs labels of both kinds and a judge that knows something`() throws {
    let judge = try JudgeCalibration(
      labels: [true, true, true, false, false], verdicts: [true, true, false, false, true])
    #expect(judge.sensitivity.successes == 2 && judge.sensitivity.trials == 3)
    #expect(judge.specificity.successes == 1 && judge.specificity.trials == 2)
    expect(.tooFewValues) { () throws(Undefined) in
      try JudgeCalibration(labels: [true], verdicts: [true])
    }
    let blind = try JudgeCalibration(
      labels: [true, true, false, false], verdicts: [true, false, false, true])
    expect(.uninformativeJudge) { () throws(Undefined) in
      try roganGladenEstimate(observed: Proportion(successes: 1, trials: 2), judge: blind)
    }
  }
}

@Suite struct `Prediction-powered means` {
  @Test(arguments: InferenceReference.ppi)
  func `are ppi_py's`(factor: Double?, value: Double, low: Double, high: Double) throws {
    let power = factor.map { $0 == 1 ? .full : PredictionPower.factor($0) } ?? .tuned
    let mean = try predictionPoweredMean(
      labels: InferenceReference.ppiLabels, predictions: InferenceReference.ppiPredictions,
      unlabelled: InferenceReference.ppiUnlabelled, power: power)
    #expect(agrees(mean.estimate.value, value, within: 1e-9), "\(mean)")
    #expect(agrees(mean.estimate.interval, low, high, within: 1e-9), "\(mean)")
  }

  @Test func `give a value or a reason at the edges`() throws {
    let flat = try predictionPoweredMean(labels: [0, 1], predictions: [1, 1], unlabelled: [1, 1])
    #expect(flat.factor == 0 && flat.estimate.value == 0.5)
    expect(.lengthsDiffer) { () throws(Undefined) in
      try predictionPoweredMean(labels: [1, 2], predictions: [1], unlabelled: [1, 2])
    }
    expect(.tooFewValues) { () throws(Undefined) in
      try predictionPoweredMean(labels: [1], predictions: [1], unlabelled: [1, 2])
    }
    expect(.tooFewValues) { () throws(Undefined) in
      try predictionPoweredMean(labels: [1, 2], predictions: [1, 2], unlabelled: [])
    }
    expect(.notFinite) { () throws(Undefined) in
      try predictionPoweredMean(labels: [1, .nan], predictions: [1, 2], unlabelled: [1, 2])
    }
    expect(.notFinite) { () throws(Undefined) in
      try predictionPoweredMean(
        labels: [1, 2], predictions: [1, 2], unlabelled: [1, 2], power: .factor(.nan))
    }
  }
}
