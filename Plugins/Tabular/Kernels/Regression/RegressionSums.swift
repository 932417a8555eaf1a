/// The sums behind all metrics of a regression but the median.
///
/// Blocks are added up in two lanes of plain doubles, blocks among each other with
/// their rounding errors, so that the error does not grow with the rows.
struct RegressionSums: Sendable, Hashable {
  /// Rows with a weight above 0.
  var rows = 0
  var zeroTargets = 0
  var largest = 0.0
  var targets = ShiftedSums(shift: 0)
  /// Of target - prediction.
  var errors = ShiftedSums(shift: 0)
  /// One per ``Term``.
  var totals = [TwoDouble](repeating: TwoDouble(), count: Term.allCases.count)

  enum Term: Int, CaseIterable {
    /// The weights of all rows, and of those whose target is 0.
    case weight, zeroWeight
    /// How far predictions lie under and over their targets.
    case under, over
    case squares, absoluteTargets
    /// |e| / |target| where the target is not 0, and |e| where it is.
    case relative, zeroErrors
    /// 2|e| / (|target| + |prediction|).
    case symmetric
  }

  subscript(term: Term) -> Double { totals[term.rawValue].value }

  mutating func merge(_ other: RegressionSums) {
    guard other.rows > 0 else { return }
    guard rows > 0 else {
      self = other
      return
    }
    targets.merge(other.targets, weight: other[.weight])
    errors.merge(other.errors, weight: other[.weight])
    rows += other.rows
    zeroTargets += other.zeroTargets
    largest = max(largest, other.largest)
    for index in totals.indices { totals[index].add(other.totals[index]) }
  }
}

/// The columns of some rows, for loops without checks.
@safe
struct RegressionRows {
  // Safety: all have as many rows as `targets`, or none; valid during one call.
  let targets: UnsafeBufferPointer<Double>
  let predictions: UnsafeBufferPointer<Double>
  let weights: UnsafeBufferPointer<Double>

  var count: Int { unsafe targets.count }
  var isWeighted: Bool { unsafe !weights.isEmpty }
  @inline(__always) func target(_ row: Int) -> Double { unsafe targets[row] }
  @inline(__always) func prediction(_ row: Int) -> Double { unsafe predictions[row] }
  @inline(__always) func weight(_ row: Int) -> Double { unsafe weights[row] }
}

extension RegressionSums {
  private static var blockSize: Int { 2048 }

  /// Adds rows.
  ///
  /// Numbers that are not finite make the sums not finite, and nothing else.
  mutating func add(_ rows: RegressionRows) {
    if !rows.isWeighted {
      add(rows, isWeighted: false)
    } else {
      add(rows, isWeighted: true)
    }
  }

  @inline(__always)
  private mutating func add(_ all: RegressionRows, isWeighted: Bool) {
    if rows == 0, all.count > 0 {
      // A rough centre of the first rows is near enough to all.
      let sample = min(64, all.count)
      var (target, error) = (0.0, 0.0)
      for row in 0..<sample {
        target += all.target(row) / Double(sample)
        error += (all.target(row) - all.prediction(row)) / Double(sample)
      }
      targets = ShiftedSums(shift: target)
      errors = ShiftedSums(shift: error)
    }
    var start = 0
    while start < all.count {
      let end = min(start + Self.blockSize, all.count)
      var lanes = RegressionLanes(targetShift: targets.shift, errorShift: errors.shift)
      var row = start
      while row + 2 <= end {
        let weight = isWeighted ? SIMD2(all.weight(row), all.weight(row + 1)) : SIMD2(1, 1)
        lanes.add(
          SIMD2(all.target(row), all.target(row + 1)),
          SIMD2(all.prediction(row), all.prediction(row + 1)), weight, isWeighted: isWeighted)
        row += 2
      }
      if row < end {
        // The second lane repeats the row with no weight.
        let weight = isWeighted ? all.weight(row) : 1
        lanes.add(
          SIMD2(repeating: all.target(row)), SIMD2(repeating: all.prediction(row)),
          SIMD2(weight, 0), isWeighted: true)
      }
      take(lanes, rows: end - start, isWeighted: isWeighted)
      start = end
    }
  }

  private mutating func take(_ lanes: RegressionLanes, rows: Int, isWeighted: Bool) {
    self.rows += isWeighted ? Int(lanes.rows.sum()) : rows
    zeroTargets += Int(lanes.zeros.sum())
    largest = max(largest, lanes.largest.max())
    targets.add(first: lanes.target1.sum(), second: lanes.target2.sum())
    errors.add(first: lanes.error1.sum(), second: lanes.error2.sum())
    let sums: [(Term, Double)] = [
      (.weight, isWeighted ? lanes.weight.sum() : Double(rows)),
      (.zeroWeight, lanes.zeroWeight.sum()), (.under, lanes.under.sum()), (.over, lanes.over.sum()),
      (.squares, lanes.squares.sum()), (.absoluteTargets, lanes.absoluteTargets.sum()),
      (.relative, lanes.relative.sum()), (.zeroErrors, lanes.zeroErrors.sum()),
      (.symmetric, lanes.symmetric.sum()),
    ]
    for (term, sum) in sums { totals[term.rawValue].add(sum) }
  }
}

/// The sums of one block, in the two lanes that every x86-64 and ARM processor has.
private struct RegressionLanes {
  typealias Pair = SIMD2<Double>
  let targetShift: Double
  let errorShift: Double
  var weight = Pair(), rows = Pair(), zeros = Pair(), zeroWeight = Pair(), largest = Pair()
  var target1 = Pair(), target2 = Pair(), error1 = Pair(), error2 = Pair()
  var under = Pair(), over = Pair(), squares = Pair(), absoluteTargets = Pair()
  var relative = Pair(), zeroErrors = Pair(), symmetric = Pair()

  init(targetShift: Double, errorShift: Double) {
    self.targetShift = targetShift
    self.errorShift = errorShift
  }

  @inline(__always)
  mutating func add(_ target: Pair, _ prediction: Pair, _ w: Pair, isWeighted: Bool) {
    let error = target - prediction
    let size = Self.magnitude(error)
    let targetSize = Self.magnitude(target)
    let t = target - targetShift
    let e = error - errorShift
    let below = pointwiseMax(error, Pair())
    let scale = targetSize + Self.magnitude(prediction)
    let share = (2 * size / scale).replacing(with: 0, where: scale .== 0)
    let ratio = size / pointwiseMax(targetSize, Pair(repeating: .ulpOfOne))
    let isZero = targetSize .== 0
    if isWeighted {
      let counts = w .> 0
      weight += w
      rows += Pair().replacing(with: 1, where: counts)
      largest = pointwiseMax(largest, size.replacing(with: 0, where: .!counts))
      target1 += w * t
      target2 += w * t * t
      error1 += w * e
      error2 += w * e * e
      under += w * below
      over += w * (below - error)
      squares += w * error * error
      absoluteTargets += w * targetSize
      relative += (w * ratio).replacing(with: 0, where: isZero)
      symmetric += w * share
      if any(isZero) { addZeros(isZero .& counts, size, w) }
    } else {
      largest = pointwiseMax(largest, size)
      target1 += t
      target2 += t * t
      error1 += e
      error2 += e * e
      under += below
      over += below - error
      squares += error * error
      absoluteTargets += targetSize
      relative += ratio.replacing(with: 0, where: isZero)
      symmetric += share
      if any(isZero) { addZeros(isZero, size, w) }
    }
  }

  private mutating func addZeros(_ mask: SIMDMask<SIMD2<Int64>>, _ size: Pair, _ w: Pair) {
    zeros += Pair().replacing(with: 1, where: mask)
    zeroWeight += Pair().replacing(with: w, where: mask)
    zeroErrors += Pair().replacing(with: size * w, where: mask)
  }

  @inline(__always)
  private static func magnitude(_ values: Pair) -> Pair {
    let bits = unsafe unsafeBitCast(values, to: SIMD2<UInt64>.self) & (1 << 63 - 1)
    return unsafe unsafeBitCast(bits, to: Pair.self)
  }
}
