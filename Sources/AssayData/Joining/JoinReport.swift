/// How the rows of the two sides met.
public struct JoinReport: Sendable, Hashable {
  /// Rows that both sides have.
  public internal(set) var matched = 0
  /// Rows of the ground truth that the sample lacks, and that are rows all the same.
  public internal(set) var keptWithoutSample = 0
  /// Rows of the ground truth that the sample lacks, and that are missing.
  public internal(set) var missingFromSample = 0
  /// Rows of the sample that the ground truth lacks.
  public internal(set) var missingFromGroundTruth = 0
  /// The keys of the first of them, at most ``listed``.
  public internal(set) var firstMissingFromSample: [String] = []
  public internal(set) var firstMissingFromGroundTruth: [String] = []

  /// How many keys are listed on each side.
  public static let listed = 5

  public init() {}

  /// Rows that went on.
  public var rows: Int { matched + keptWithoutSample }

  /// Rows that only one side has: they count as missing, and coverage decides.
  public var missing: Int { missingFromSample + missingFromGroundTruth }

  mutating func addMissingFromSample(_ key: @autoclosure () -> String) {
    missingFromSample += 1
    if firstMissingFromSample.count < Self.listed { firstMissingFromSample.append(key()) }
  }

  mutating func addMissingFromGroundTruth(_ key: @autoclosure () -> String) {
    missingFromGroundTruth += 1
    if firstMissingFromGroundTruth.count < Self.listed { firstMissingFromGroundTruth.append(key()) }
  }
}
