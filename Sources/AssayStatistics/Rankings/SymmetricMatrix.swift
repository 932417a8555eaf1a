/// A symmetric positive definite matrix, row by row, and its Cholesky factor.
struct SymmetricMatrix {
  let size: Int
  /// The lower triangle is used.
  var elements: [Double]

  init(size: Int) {
    self.size = size
    elements = [Double](repeating: 0, count: size * size)
  }

  subscript(row: Int, column: Int) -> Double {
    get { elements[row * size + column] }
    set { elements[row * size + column] = newValue }
  }

  /// Replaces the lower triangle L of this matrix A by that with A = L Lᵀ.
  ///
  /// - Returns: Whether the matrix is positive definite beyond rounding.
  /// - Complexity: O(*size*³ / 6).
  mutating func factorize() -> Bool {
    for column in 0..<size {
      let original = self[column, column]
      for row in column..<size {
        let dot = rowProduct(row, column, upTo: column)
        if row == column {
          let square = original - dot
          guard square > 1e-13 * original, square.isFinite else { return false }
          self[row, column] = square.squareRoot()
        } else {
          self[row, column] = (self[row, column] - dot) / self[column, column]
        }
      }
    }
    return true
  }

  private func rowProduct(_ a: Int, _ b: Int, upTo end: Int) -> Double {
    let span = elements.span
    let first = a * size
    let second = b * size
    // Four sums, as one would wait for each addition.
    var sums = (0.0, 0.0, 0.0, 0.0)
    var k = 0
    while k + 4 <= end {
      sums.0 += span[first + k] * span[second + k]
      sums.1 += span[first + k + 1] * span[second + k + 1]
      sums.2 += span[first + k + 2] * span[second + k + 2]
      sums.3 += span[first + k + 3] * span[second + k + 3]
      k += 4
    }
    while k < end {
      sums.0 += span[first + k] * span[second + k]
      k += 1
    }
    return (sums.0 + sums.1) + (sums.2 + sums.3)
  }

  /// Of a factorised matrix: the solution x of L Lᵀ x = b.
  func solved(_ vector: [Double]) -> [Double] {
    var x = vector
    for row in 0..<size {
      var value = x[row]
      for column in 0..<row { value -= self[row, column] * x[column] }
      x[row] = value / self[row, row]
    }
    for row in stride(from: size - 1, through: 0, by: -1) {
      let value = x[row] / self[row, row]
      x[row] = value
      for column in 0..<row { x[column] -= self[row, column] * value }
    }
    return x
  }

  /// Of a factorised matrix: the inverse of the original.
  ///
  /// - Complexity: O(*size*³).
  func inverse() -> SymmetricMatrix {
    var result = SymmetricMatrix(size: size)
    var unit = [Double](repeating: 0, count: size)
    for column in 0..<size {
      unit[column] = 1
      let solution = solved(unit)
      unit[column] = 0
      for row in 0..<size { result[row, column] = solution[row] }
    }
    return result
  }
}
