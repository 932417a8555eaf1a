import KernelSupport
import TabularKernels

/// Rows of a binary evaluation, as tests make them.
struct BinaryRows {
  var scores: [Double]
  var labels: [UInt8]
  var weights: [Double] = []
  var ids: [UInt64] = []

  init(_ scores: [Double], _ labels: [UInt8], weights: [Double] = [], ids: [UInt64] = []) {
    (self.scores, self.labels, self.weights, self.ids) = (scores, labels, weights, ids)
  }

  init(_ reference: ReferenceCase) {
    self.init(reference.values, reference.targets.map { UInt8($0) }, weights: reference.weights)
  }

  /// `count` rows whose scores have something to do with their labels.
  init(
    random count: Int, seed: UInt64, ties: Bool = false, weighted: Bool = false, tracked: Bool = false
  ) {
    var random = Random(seed)
    self.init([], [])
    for row in 0..<count {
      let label: UInt8 = Double.random(in: 0..<1, using: &random) < 0.3 ? 1 : 0
      let score = (Double.random(in: 0..<1, using: &random) + Double(label) * 0.4) / 1.4
      scores.append(ties ? (score * 20).rounded() / 20 : score)
      labels.append(label)
      if weighted { weights.append(Double.random(in: 0..<3, using: &random)) }
      if tracked { ids.append(UInt64(row)) }
    }
  }

  func picking(_ rows: [Int]) -> BinaryRows {
    BinaryRows(
      rows.map { scores[$0] }, rows.map { labels[$0] },
      weights: weights.isEmpty ? [] : rows.map { weights[$0] },
      ids: ids.isEmpty ? [] : rows.map { ids[$0] })
  }

  func state(_ options: BinaryOptions = BinaryOptions()) throws(KernelError) -> BinaryState {
    var state = BinaryState(options: options)
    try state.update(
      scores: scores.span, labels: labels.span, weights: weights.span, rows: ids.span)
    return state
  }

  func findings(
    _ options: BinaryOptions = BinaryOptions(), _ request: Request = Request()
  ) throws(KernelError) -> Findings {
    try state(options).finish(request)
  }

  /// The findings of all rows, in parts that are merged in an order drawn by lot.
  func findings(parts: Int, seed: UInt64) throws(KernelError) -> Findings {
    var random = Random(seed)
    let owner = scores.map { _ in Int.random(in: 0..<parts, using: &random) }
    var states: [BinaryState] = []
    for part in 0..<parts {
      states.append(try picking(scores.indices.filter { owner[$0] == part }.shuffled(using: &random)).state())
    }
    while states.count > 1 {
      let other = states.remove(at: Int.random(in: 1..<states.count, using: &random))
      let into = Int.random(in: 0..<states.count, using: &random)
      try states[into].merge(other)
    }
    return states[0].finish(Request())
  }
}
