import AssayJSON
import Foundation
import Testing

/// Broken data about images get exit code 2 and a message that names file, record and
/// remedy; never a number.
@Suite(.needsVision) struct `Bad data about images` {
  /// A change to one of two sound files, and what is said about it.
  struct Case: CustomTestStringConvertible {
    var name: String
    var evaluator = "detection"
    /// In place of the sound ones; nil for those.
    var truth: JSONValue?
    var results: JSONValue?
    /// The file that is to blame.
    var file: String
    /// The record, then the remedy, in the message.
    var says: [String]

    var testDescription: String { name }
  }

  private static let mask: JSONValue = ["size": [40, 50], "counts": [100, 50, 1850]]

  private static let truth: JSONValue = [
    "images": [["id": 1, "width": 50, "height": 40], ["id": 2, "width": 50, "height": 40]],
    "categories": [["id": 7, "name": "cat"]],
    "annotations": .array([1, 2].map(annotation)),
  ]

  private static func annotation(_ id: Int64) -> JSONValue {
    [
      "id": .integer(id), "image_id": .integer(id), "category_id": 7, "bbox": [10, 10, 20, 20], "area": 400,
      "iscrowd": 0, "segmentation": mask, "keypoints": [10, 10, 2, 20, 20, 2], "num_keypoints": 2,
    ]
  }

  private static let results: JSONValue = .array(
    [1, 2].map { id in
      [
        "image_id": .integer(id), "category_id": 7, "bbox": [10, 10, 20, 20], "score": 0.9,
        "segmentation": mask, "keypoints": [10, 10, 2, 20, 20, 2],
      ]
    })

  /// The second result with another value.
  private static func result(_ field: String, _ value: JSONValue) -> JSONValue {
    changed(results, at: 1, field, value)
  }

  /// The second annotation with another value.
  private static func annotation(_ field: String, _ value: JSONValue) -> JSONValue {
    var object = truth.objectValue ?? [:]
    object["annotations"] = changed(object["annotations"] ?? .null, at: 1, field, value)
    return .object(object)
  }

  private static func changed(
    _ list: JSONValue, at index: Int, _ field: String, _ value: JSONValue
  ) -> JSONValue {
    var records = list.arrayValue ?? []
    var record = records[index].objectValue ?? [:]
    record[field] = value
    records[index] = .object(record)
    return .array(records)
  }

  private static func truth(_ member: String, _ value: JSONValue?) -> JSONValue {
    var object = truth.objectValue ?? [:]
    object[member] = value
    return .object(object)
  }

  private static let masks = "instance_segmentation"

  static let cases = [
    Case(
      name: "an unknown image", results: result("image_id", 99), file: "results.json",
      says: ["image_id \"99\"", "--unmatched skip"]),
    Case(
      name: "an annotation of an unknown image", truth: annotation("image_id", 99), file: "truth.json",
      says: ["annotations[1] is of the image 99", "Add the image"]),
    Case(
      name: "an unknown category", results: result("category_id", 99), file: "results.json",
      says: ["labels of image 2 has the category 99", "--param unknown=skip"]),
    Case(
      name: "an unknown category in the truth", truth: annotation("category_id", 99), file: "truth.json",
      says: ["truth_labels of image 2 has the category 99", "--param unknown=skip"]),
    Case(
      name: "a negative size", results: result("bbox", [1, 2, -3, 4]), file: "results.json",
      says: ["results[1] (image_id 2)", "negative size", "[x, y, width, height], not corners"]),
    Case(
      name: "a negative size in the truth", truth: annotation("bbox", [1, 2, 3, -4]), file: "truth.json",
      says: ["annotations[1] (id 2, image_id 2)", "negative size"]),
    Case(
      name: "a box too large to have an area", results: result("bbox", [0, 0, 1e200, 1e200]), file: "results.json",
      says: ["Box 0", "of image 2 is too large to have an area"]),
    Case(
      name: "a negative area", truth: annotation("area", -3), file: "truth.json",
      says: ["object 0", "of image 2", "must not be under 0"]),
    Case(
      name: "an RLE that is too short", evaluator: masks,
      results: result("segmentation", ["size": [40, 50], "counts": [100, 50]]), file: "results.json",
      says: ["results[1] (image_id 2)", "150 pixels", "which has 2000", "is of another mask"]),
    Case(
      name: "a compressed RLE that is too short", evaluator: masks,
      results: result("segmentation", ["size": [40, 50], "counts": "57"]), file: "results.json",
      says: ["Mask 0", "image 2 covers 12 pixels", "Encode the mask again"]),
    Case(
      name: "signs that are no RLE", evaluator: masks,
      results: result("segmentation", ["size": [40, 50], "counts": "~"]), file: "results.json",
      says: ["results[1] (image_id 2)", "signs are '0' to 'o'"]),
    Case(
      name: "an RLE of another size", evaluator: masks,
      results: result("segmentation", ["size": [50, 40], "counts": [2000]]), file: "results.json",
      says: ["Mask 0", "image 2 has height and width 50 x 40, and its image 40 x 50", "Bring the mask"]),
    Case(
      name: "an RLE of another size in the truth", evaluator: masks,
      truth: annotation("segmentation", ["size": [50, 40], "counts": [2000]]), file: "truth.json",
      says: ["annotations[1]", "size [50, 40]", "One of the two is wrong"]),
    Case(
      name: "a polygon with an odd number of coordinates", evaluator: masks,
      results: result("segmentation", [[1, 2, 3, 4, 5, 6, 7]]), file: "results.json",
      says: ["results[1] (image_id 2)", "7 coordinates", "needs an x and a y"]),
    Case(
      name: "an odd polygon in the truth", evaluator: masks,
      truth: annotation("segmentation", [[1, 2, 3, 4, 5, 6, 7]]), file: "truth.json",
      says: ["annotations[1] (id 2, image_id 2)", "7 coordinates"]),
    Case(
      name: "keypoints that are not a person's", evaluator: "keypoints", file: "truth.json",
      says: ["truth_keypoints of image 1", "6 numbers", "--param sigmas="]),
    Case(
      name: "images with the same id", truth: truth("images", [["id": 1], ["id": 2], ["id": 1]]),
      file: "truth.json", says: ["images[0] and images[2]", "Every image needs its own"]),
    Case(
      name: "truth without images", truth: truth("images", nil), file: "truth.json",
      says: ["has no \"images\"", "Ground truth is an object"]),
    Case(
      name: "bare annotations", truth: truth.objectValue?["annotations"], file: "truth.json",
      says: ["results[0] (id 1, image_id 1) has no \"score\"", "a whole COCO file"]),
  ]

  private func run(_ evaluator: String, truth: String, results: String) throws -> Ending {
    let folder = try Workplace(["truth.json": truth, "results.json": results])
    return try folder.assay(
      "run", "-e", "vision." + evaluator, "--ground-truth", "truth.json", "--sample", "results.json")
  }

  @Test(arguments: cases) func `end the run`(_ bad: Case) throws {
    let truth = (bad.truth ?? Self.truth).text()
    let ending = try run(bad.evaluator, truth: truth, results: (bad.results ?? Self.results).text())
    #expect(ending.code == 2 && ending.output.isEmpty, "\(ending.output)\(ending.error)")
    for words in [bad.file] + bad.says { #expect(ending.error.contains(words), "\(ending.error)") }
  }

  /// What a JSON value cannot say.
  @Test(arguments: [
    ("\"bbox\":[10,10,20,20]", "\"bbox\":[10,NaN,20,20]", "results[1] (image_id 2) holds NaN in \"bbox\""),
    ("\"score\":0.9", "\"score\":NaN", "results[1] (image_id 2) holds NaN in \"score\""),
    ("}]", "", "was cut off. Get or write it again"),
    ("}]", "}]]", "something follows the end"),
  ])
  func `end the run where the text is broken`(part: String, other: String, words: String) throws {
    let text = Self.results.text()
    let place = try #require(text.range(of: part, options: .backwards))
    let ending = try run(
      "detection", truth: Self.truth.text(), results: text.replacingCharacters(in: place, with: other))
    #expect(ending.code == 2 && ending.output.isEmpty)
    #expect(ending.error.contains("results.json") && ending.error.contains(words), "\(ending.error)")
  }

  @Test func `end the run where a record is missing behind the last comma, in files of any size`() throws {
    let records = try #require(Self.results.arrayValue)
    for count in [1, 20_000] {
      let list = Array(repeating: records[0].text(), count: count).joined(separator: ",\n")
      let ending = try run("detection", truth: Self.truth.text(), results: "[\(list),]")
      #expect(ending.code == 2 && ending.error.contains("results.json"), "\(count): \(ending.error)")
      #expect(ending.error.contains("results[\(count)]"), "\(count): \(ending.error)")
    }
  }

  @Test func `end the run where values are absurdly deep`() throws {
    let deep = String(repeating: "[", count: 200_000)
    let results = try run("detection", truth: Self.truth.text(), results: deep)
    #expect(results.code == 2 && results.error.contains("results.json") && results.error.contains("1,024"))
    let truth = try run("detection", truth: "{\"info\": \(deep)", results: Self.results.text())
    #expect(truth.code == 2 && truth.error.contains("truth.json") && truth.error.contains("1,024"))
  }

  /// Tables tell classes apart by name.
  @Test func `are not categories of one name, nor one called background`() throws {
    let categories: JSONValue = [
      ["id": 7, "name": "cat"], ["id": 8, "name": "cat"], ["id": 9, "name": "background"],
    ]
    let folder = try Workplace([
      "truth.json": Self.truth("categories", categories).text(), "results.json": Self.result("category_id", 8).text(),
    ])
    let ending = try folder.assay(
      "run", "-e", "vision.detection", "--ground-truth", "truth.json", "--sample", "results.json", "--format", "json")
    let tables = try ending.json()["evaluators"]?.arrayValue?.first?["tables"]
    let actual = tables?["confusion_matrix"]?["columns"]?["actual"]?.arrayValue?.compactMap(\.stringValue) ?? []
    #expect(Set(actual) == ["cat (7)", "cat (8)", "background"])
    let predicted = tables?["confusion_matrix"]?["columns"]?["predicted"]?.arrayValue?.compactMap(\.stringValue) ?? []
    let confused = zip(actual, predicted).filter { $0 != $1 }.map { "\($0) as \($1)" }
    #expect(confused == ["cat (7) as cat (8)"])
    let classes = tables?["per_class"]?["columns"]?["class"]?.arrayValue?.compactMap(\.stringValue) ?? []
    #expect(classes == ["cat (7)", "cat (8)", "background"])
  }

  @Test func `are counted where a parameter says so`() throws {
    let folder = try Workplace([
      "truth.json": Self.truth.text(), "results.json": Self.result("category_id", 99).text(),
    ])
    let ending = try folder.assay(
      "run", "-e", "vision.detection", "--ground-truth", "truth.json", "--sample", "results.json", "--param",
      "unknown=skip", "--format", "json")
    let metrics = try ending.json()["evaluators"]?.arrayValue?.first?["metrics"]
    #expect(ending.code == 0 && metrics?["unknown_objects"]?["value"]?.doubleValue == 1)
    #expect(metrics?["recall"]?["value"]?.doubleValue == 0.5)
  }

  @Test func `are none in the files that the others are made from`() throws {
    for evaluator in ["detection", Self.masks] {
      let ending = try run(evaluator, truth: Self.truth.text(), results: Self.results.text())
      #expect(ending.code == 0, "\(ending.error)")
    }
  }
}
