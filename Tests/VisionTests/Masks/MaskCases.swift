import AssayJSON
import Glibc
import Testing
import VisionKernels

/// Masks and pycocotools' answers, from `Scripts/vision_masks_reference.py`.
struct MaskCases: Sendable {
  let polygons: [MaskCase]
  let masks: [MaskCase]
  let overlaps: [OverlapCase]

  /// The committed ones, or those of the file that `ASSAY_MASK_CASES` names.
  static let all: MaskCases = {
    let file = getenv("ASSAY_MASK_CASES").map { String(cString: $0) } ?? fixture("masks.json")
    let document = (try? JSONValue(parsing: text(of: file))) ?? JSONValue.null
    return MaskCases(
      polygons: (document["polygons"]?.arrayValue ?? []).map(MaskCase.init),
      masks: (document["masks"]?.arrayValue ?? []).map(MaskCase.init),
      overlaps: (document["overlaps"]?.arrayValue ?? []).map(OverlapCase.init))
  }()
}

/// A mask in all its forms, with its area and box.
struct MaskCase: Sendable {
  let size: MaskSize
  let polygons: [[Double]]
  let runs: [Int]
  let text: String
  let area: Int
  let box: MaskBox

  init(_ entry: JSONValue) {
    size = MaskSize(entry["size"])
    polygons = (entry["polygons"]?.arrayValue ?? []).map { numbers($0) }
    runs = numbers(entry["runs"]).map { Int($0) }
    text = entry["text"]?.stringValue ?? "none"
    area = Int(numbers(.array([entry["area"] ?? .null]))[0])
    let box = numbers(entry["box"]).map { Int($0) }
    self.box = MaskBox(x: box[0], y: box[1], width: box[2], height: box[3])
  }
}

/// Masks of one image, and the intersection over union of all pairs.
struct OverlapCase: Sendable {
  let size: MaskSize
  let detections: [String]
  let truths: [String]
  let crowds: [Bool]
  let overlaps: [[Double]]

  init(_ entry: JSONValue) {
    size = MaskSize(entry["size"])
    detections = (entry["detections"]?.arrayValue ?? []).map { $0.stringValue ?? "" }
    truths = (entry["truths"]?.arrayValue ?? []).map { $0.stringValue ?? "" }
    crowds = numbers(entry["crowds"]).map { $0 == 1 }
    overlaps = (entry["overlaps"]?.arrayValue ?? []).map { numbers($0) }
  }
}

extension MaskSize {
  fileprivate init(_ value: JSONValue?) {
    let sides = numbers(value).map { Int($0) }
    self = try! MaskSize(height: sides[0], width: sides[1])
  }
}

func numbers(_ list: JSONValue?) -> [Double] {
  (list?.arrayValue ?? []).map { $0.doubleValue ?? .nan }
}

func fixture(_ name: String) -> String {
  let folder = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
  return "/\(folder)/Fixtures/\(name)"
}

func text(of path: String) -> String {
  guard let file = fopen(path, "r") else { return "" }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
  return String(decoding: bytes, as: UTF8.self)
}
