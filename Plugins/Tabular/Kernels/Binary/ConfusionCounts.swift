import KernelSupport

/// The four cells of a binary confusion matrix, as rows or as weights, and the
/// metrics that follow from them.
struct ConfusionCounts: Sendable, Hashable {
  var tp: Double
  var fp: Double
  var fn: Double
  var tn: Double
  /// Whether the cells are numbers of rows.
  var isCount: Bool

  var total: Double { tp + fp + fn + tn }
  private var positives: Double { tp + fn }
  private var negatives: Double { fp + tn }
  private var predicted: Double { tp + fp }
  private var refused: Double { fn + tn }

  /// All of them, in the order of their declaration.
  func metrics(beta: Double) -> [Finding] {
    [
      accuracy, balancedAccuracy, precision, recall, specificity, fScore("f1", beta: 1),
      fScore("f_beta", beta: beta), matthews, kappa,
    ]
  }

  var accuracy: Finding {
    .rate("accuracy", tp + tn, of: total, isCount: isCount, ifNone: "There are no rows.")
  }

  var precision: Finding {
    .rate(
      "precision", tp, of: predicted, isCount: isCount, ifNone: "No row is predicted positive.",
      conventional: 0)
  }

  var recall: Finding {
    .rate(
      "recall", tp, of: positives, isCount: isCount, ifNone: "No row is positive.", conventional: 0)
  }

  var specificity: Finding {
    .rate(
      "specificity", tn, of: negatives, isCount: isCount, ifNone: "No row is negative.",
      conventional: 0)
  }

  var balancedAccuracy: Finding {
    if positives > 0, negatives > 0 {
      return Finding("balanced_accuracy", (tp / positives + tn / negatives) / 2)
    }
    // scikit-learn takes the mean over the classes that are there.
    let only: Double? = positives > 0 ? tp / positives : negatives > 0 ? tn / negatives : nil
    return Finding("balanced_accuracy", undefined: "Only one class occurs.", conventional: only)
  }

  func fScore(_ name: String, beta: Double) -> Finding {
    let square = beta * beta
    return .rate(
      name, (1 + square) * tp, of: (1 + square) * tp + square * fn + fp, isCount: false,
      ifNone: "No row is positive and none is predicted positive.", conventional: 0)
  }

  var matthews: Finding {
    let spread = (predicted * refused).squareRoot() * (positives * negatives).squareRoot()
    guard spread > 0 else {
      return Finding(
        "mcc", undefined: "All rows are of one class, or all are predicted as one.", conventional: 0)
    }
    return Finding("mcc", max(-1, min(1, covariance / spread)))
  }

  var kappa: Finding {
    let chance = predicted * negatives + positives * refused
    guard chance > 0 else {
      return Finding("cohen_kappa", undefined: "All rows are of one class and predicted as one.")
    }
    return Finding("cohen_kappa", 2 * covariance / chance)
  }

  /// tp · tn - fp · fn, without losing what the subtraction would.
  private var covariance: Double {
    var difference = TwoDouble.product(tp, tn)
    let other = TwoDouble.product(-fp, fn)
    difference.add(other)
    return difference.value
  }
}
