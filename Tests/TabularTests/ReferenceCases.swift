import AssayJSON
import Glibc
import Testing

/// Data and scikit-learn's answers, from `Scripts/reference_values.py`.
struct ReferenceCase: Sendable, CustomTestStringConvertible {
  let name: String
  let targets: [Double]
  let values: [Double]
  let weights: [Double]
  let expected: [(name: String, value: Double)]

  var testDescription: String { name }

  static let binary = read("binary.json", values: "score")
  static let regression = read("regression.json", values: "prediction")

  private static func read(_ file: String, values: String) -> [ReferenceCase] {
    let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
    guard let text = contents(of: "/\(folder)/Fixtures/\(file)"),
      let document = try? JSONValue(parsing: text)
    else { return [] }
    return (document["cases"]?.arrayValue ?? []).map { entry in
      ReferenceCase(
        name: entry["name"]?.stringValue ?? "", targets: numbers(entry["target"]),
        values: numbers(entry[values]), weights: numbers(entry["weight"]),
        expected: (entry["expected"]?.objectValue ?? JSONObject()).map { ($0.key, $0.value.doubleValue ?? .nan) })
    }
  }

  private static func numbers(_ list: JSONValue?) -> [Double] {
    (list?.arrayValue ?? []).map { $0.doubleValue ?? .nan }
  }
}

/// The text of a file; nil where it cannot be read.
func contents(of path: String) -> String? {
  guard let file = fopen(path, "r") else { return nil }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
  return String(decoding: bytes, as: UTF8.self)
}

/// The shared data sets, where they are.
enum SharedData {
  static let folder: String? = {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let named = getenv("ASSAY_SHARED_DATA").map { String(cString: $0) }
    return [named, "/\(root)/../shared/data"].compactMap(\.self).first { access($0, R_OK) == 0 }
  }()

  static var isPresent: Bool { folder != nil }

  /// The columns of a small CSV file without quotes, by name.
  static func columns(of file: String) -> [String: [String]] {
    let lines = (contents(of: "\(folder ?? "")/tabular/\(file)") ?? "").split(separator: "\n")
    guard let header = lines.first?.split(separator: ",") else { return [:] }
    let rows = lines.dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    return Dictionary(
      uniqueKeysWithValues: header.indices.map { column in
        (String(header[column]), rows.map { String($0[column]) })
      })
  }

  static var expected: JSONValue? {
    try? JSONValue(parsing: contents(of: "\(folder ?? "")/tabular/expected.json") ?? "")
  }
}

/// Whether two numbers are equal to a relative difference.
func isClose(_ a: Double?, _ b: Double, within tolerance: Double = 1e-12) -> Bool {
  guard let a else { return false }
  return a == b || abs(a - b) <= tolerance * max(abs(a), abs(b))
}

/// Numbers that look random and are the same in every run.
struct Random: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var x = state
    x = (x ^ (x >> 30)) &* 0xBF58_476D_1CE4_E5B9
    x = (x ^ (x >> 27)) &* 0x94D0_49BB_1331_11EB
    return x ^ (x >> 31)
  }
}
