import AssayJSON
import Foundation
import Testing

@Suite(.needsVision) struct `A data set of a folder` {
  private static let boxes = ["a": "0 0.5 0.5 0.2 0.2\n", "b": "1 0.3 0.3 0.1 0.1\n0 0.7 0.7 0.2 0.2\n"]
  private static let png = "not looked into"

  /// YOLO's `labels/train`, `labels/val` with images beside them, one of them without objects.
  private func yolo() throws -> Workplace {
    let place = try Workplace(["yolo/data.yaml": "names: [cat, dog]\n"])
    for (split, prefix) in [("train", "t"), ("val", "v")] {
      for (name, text) in Self.boxes { try place.write(text, to: "yolo/labels/\(split)/\(prefix)\(name).txt") }
      for name in ["a", "b", "empty"] { try place.write(Self.png, to: "yolo/images/\(split)/\(prefix)\(name).png") }
    }
    return place
  }

  /// Results for the images of a prefix: the objects themselves, each with a score.
  private func results(_ prefixes: [String], in place: Workplace) throws {
    for prefix in prefixes {
      for (name, text) in Self.boxes {
        let lines = text.split(separator: "\n").map { $0 + " 0.9\n" }.joined()
        try place.write(lines, to: "results/\(prefix)\(name).txt")
      }
    }
  }

  private func assay(_ place: Workplace, _ arguments: String...) throws -> JSONValue {
    let ending = try place.start(arguments + ["--format", "json"]).wait()
    try #require(ending.code == 0, "\(ending.error)")
    return try ending.json()
  }

  private func entry(_ run: JSONValue) throws -> JSONValue {
    try #require((run["result"] ?? run)["evaluators"]?.arrayValue?.first)
  }

  @Test func `keeps what its reader opens, and of images the names`() throws {
    let place = try yolo()
    let ending = try place.assay("datasets", "create", "--name", "pets", "--file", "yolo", "--format", "json")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(ending.error.contains("Copied 5 files"), "\(ending.error)")
    #expect(ending.error.contains("of 6 images the names"), "\(ending.error)")
    let made = try ending.json()
    #expect(made["rows"]?.integerValue == 6)
    #expect(made["splits"] == ["train": 3, "validation": 3])
    let kept = try #require(FileManager.default.enumerator(atPath: place.path + "/.assay/datasets"))
    let images = kept.compactMap { $0 as? String }.filter { $0.hasSuffix(".png") }
    #expect(images.count == 6)
    for image in images { #expect(try place.read(".assay/datasets/\(image)").isEmpty) }
    // The same content makes no version, other labels do.
    #expect(try assay(place, "datasets", "update", "pets", "--file", "yolo")["version"]?.integerValue == 1)
    try place.write("0 0.1 0.1 0.1 0.1\n", to: "yolo/labels/val/vempty.txt")
    #expect(try assay(place, "datasets", "update", "pets", "--file", "yolo")["version"]?.integerValue == 2)
    let names = try FileManager.default.contentsOfDirectory(atPath: place.path + "/.assay/datasets")
    #expect(names.count == 2)
  }

  @Test func `is the ground truth of a run, by split and as a whole`() throws {
    let place = try yolo()
    try results(["t", "v"], in: place)
    _ = try assay(place, "datasets", "create", "--name", "pets", "--file", "yolo")
    // What was kept is enough.
    try FileManager.default.removeItem(atPath: place.path + "/yolo")
    let whole = try assay(
      place, "runs", "create", "-e", "vision.detection", "--sample", "results", "--ground-truth", "dataset:pets", "--wait",
      "--id", "whole")
    #expect(try entry(whole)["metrics"]?["map"]?["value"]?.doubleValue.map { abs($0 - 1) < 1e-12 } == true)
    #expect(try entry(whole)["counts"]?["total"]?.integerValue == 6)
    #expect(try entry(whole)["slices"]?.arrayValue?.compactMap { $0["by"]?["split"]?.stringValue } == ["train", "validation"])
    #expect(whole["sources"]?["ground_truth"]?["sha256"]?.stringValue?.count == 64)
    try FileManager.default.removeItem(atPath: place.path + "/results")
    try results(["v"], in: place)
    let one = try assay(
      place, "run", "-e", "vision.detection", "--sample", "results", "--ground-truth", "dataset:pets/valid")
    #expect(try entry(one)["metrics"]?["map"]?["value"]?.doubleValue.map { abs($0 - 1) < 1e-12 } == true)
    #expect(try entry(one)["counts"]?["total"]?.integerValue == 3)
    let range = try assay(
      place, "run", "-e", "vision.detection", "--sample", "results", "--ground-truth", "dataset:pets",
      "--ground-truth-range", "2:5", "--unmatched", "skip", "--min-coverage", "0")
    #expect(try entry(range)["counts"]?["total"]?.integerValue == 3)
  }

  @Test func `may be Pascal VOC with lists of splits`() throws {
    let place = try Workplace([
      "voc/ImageSets/Main/train.txt": "one\n", "voc/ImageSets/Main/test.txt": "two\nthree\n",
      "voc/ImageSets/Main/cat_train.txt": "one 1\n", "voc/ImageSets/Main/trainval.txt": "one\n",
    ])
    for name in ["one", "two", "three"] {
      let object = "<object><name>cat</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>9</xmax><ymax>9</ymax></bndbox></object>"
      try place.write(
        "<annotation><filename>\(name).jpg</filename>\(object)</annotation>", to: "voc/Annotations/\(name).xml")
      try place.write(
        "<annotation>\(object.replacing("</name>", with: "</name><score>0.5</score>"))</annotation>",
        to: "found/\(name).xml")
    }
    let made = try assay(place, "datasets", "create", "--name", "voc", "--file", "voc", "--reader", "voc")
    #expect(made["splits"] == ["test": 2, "train": 1] && made["rows"]?.integerValue == 3)
    try FileManager.default.removeItem(atPath: place.path + "/found/one.xml")
    let test = try assay(
      place, "run", "-e", "vision.detection", "--sample", "found", "--ground-truth", "dataset:voc/test")
    #expect(try entry(test)["counts"]?["total"]?.integerValue == 2)
    #expect(try entry(test)["metrics"]?["map"]?["value"]?.doubleValue.map { abs($0 - 1) < 1e-12 } == true)
    try place.write("one\n", to: "voc/ImageSets/Main/val.txt")
    let both = try place.assay("datasets", "create", "--name", "twice", "--file", "voc", "--format", "json")
    #expect(both.code == 2 && both.error.contains("An image has one split"), "\(both.error)")
  }

  private static func coco(_ ids: [Int]) -> String {
    let images = ids.map { #"{"id": \#($0), "width": 10, "height": 10}"# }.joined(separator: ",")
    let objects = ids.map {
      #"{"id": \#($0), "image_id": \#($0), "category_id": 1, "bbox": [1, 1, 5, 5], "area": 25, "iscrowd": 0}"#
    }.joined(separator: ",")
    return #"{"images": [\#(images)], "annotations": [\#(objects)], "categories": [{"id": 1, "name": "cat"}]}"#
  }

  @Test func `may be COCO's, with a document for each split`() throws {
    let place = try Workplace([
      "coco/annotations/instances_train2017.json": Self.coco([1, 2]),
      "coco/annotations/instances_val2017.json": Self.coco([3]), "coco/annotations/captions_val2017.json": "{}",
      "coco/val2017/000000000003.jpg": Self.png,
      "found.json": #"[{"image_id": 3, "category_id": 1, "bbox": [1, 1, 5, 5], "score": 0.5}]"#,
    ])
    let made = try assay(place, "datasets", "create", "--name", "coco", "--file", "coco")
    #expect(made["splits"] == ["train": 2, "validation": 1])
    #expect(made["origin"]?["kept"]?["images_by_name"]?.integerValue == 0)
    for (index, create) in [
      ["--file", "coco"],
      [
        "--train", "coco/annotations/instances_train2017.json", "--valid", "coco/annotations/instances_val2017.json",
        "--reader", "coco",
      ],
    ].enumerated() {
      _ = try place.start(["datasets", "create", "--name", "c\(index)"] + create).wait()
      let run = try assay(
        place, "run", "-e", "vision.detection", "--sample", "found.json", "--ground-truth", "dataset:c\(index)/validation")
      #expect(try entry(run)["counts"]?["total"]?.integerValue == 1)
      #expect(try entry(run)["metrics"]?["map"]?["value"]?.doubleValue.map { abs($0 - 1) < 1e-12 } == true)
    }
  }

  @Test func `may be a document whose images say a split in a word of their own`() throws {
    let text = Self.coco([1, 2, 3]).replacing("\"id\": 3, \"width\"", with: "\"id\": 3, \"split\": \"val\", \"width\"")
      .replacing("\"id\": 1, \"width\"", with: "\"id\": 1, \"split\": \"train\", \"width\"")
      .replacing("\"id\": 2, \"width\"", with: "\"id\": 2, \"split\": \"train\", \"width\"")
    let found = #"[{"image_id": 3, "category_id": 1, "bbox": [1, 1, 5, 5], "score": 0.5}]"#
    let place = try Workplace(["all.json": text, "found.json": found])
    let made = try assay(place, "datasets", "create", "--name", "c", "--file", "all.json", "--reader", "coco")
    #expect(made["splits"] == ["train": 2, "validation": 1])
    let run = try assay(
      place, "run", "-e", "vision.detection", "--sample", "found.json", "--ground-truth", "dataset:c/validation")
    #expect(try entry(run)["counts"]?["total"]?.integerValue == 1)
    #expect(run["sources"]?["ground_truth"]?["uri"] == "dataset:c@1/validation")
  }

  @Test(arguments: [
    (["--file", "nothing"], "nothing"), (["--file", "yolo", "--shares", "train=1"], "--shares"),
    (["--file", "yolo", "--file", "yolo"], "alone"), (["--train", "yolo/labels/train"], "--file"),
    (["--file", "yolo", "--reader", "yollo"], "Did you mean"), (["--file", "yolo", "--reader", "csv"], "yolo"),
    (["--file", "twice"], "more than once"), (["--file", "others"], "classes"),
  ])
  func `is refused where it says nothing, or two things`(flags: [String], words: String) throws {
    let place = try yolo()
    try place.write("hello", to: "nothing/readme.md")
    for name in ["val", "valid"] { try place.write(Self.boxes["a"] ?? "", to: "twice/labels/\(name)/x.txt") }
    for (split, names) in [("train", "cat\n"), ("valid", "dog\n")] {
      try place.write(Self.boxes["a"] ?? "", to: "others/\(split)/labels/x.txt")
      try place.write(names, to: "others/\(split)/classes.txt")
    }
    let before = place.names
    let ending = try place.start(["datasets", "create", "--name", "d", "--format", "json"] + flags).wait()
    #expect(ending.code == 2 && ending.output.isEmpty)
    #expect(ending.error.contains(words), "\(ending.error)")
    #expect(place.names == before)
  }
}
