import Testing

@Suite struct `Broken files of COCO` {
  private func detection(_ field: String, _ value: String) -> String {
    var fields = ["image_id": "4", "category_id": "1", "bbox": "[1, 2, 3, 4]", "score": "0.5"]
    fields[field] = value.isEmpty ? nil : value
    return "{" + fields.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ", ") + "}"
  }

  @Test(arguments: [
    ("bbox", "[1, 2, 3]", "has a \"bbox\" of 3 numbers. Write [x, y, width, height]."),
    ("bbox", "[1, 2, 3, 4, 5]", "has a \"bbox\" of 5 numbers."),
    ("bbox", "[1, 2, -3, 4]", "has a \"bbox\" of a negative size."),
    ("bbox", "[1, 2, NaN, 4]", "holds NaN in \"bbox\", where a finite number belongs"),
    ("bbox", "[1, 2, Infinity, 4]", "holds Infinity in \"bbox\""), ("bbox", "[1, 2, \"3\", 4]", "holds \"3\" in \"bbox\""),
    ("bbox", "7", "has a \"bbox\" that is no list."), ("bbox", "", "has no \"bbox\"."),
    ("bbox", "[1, 2, 1e999, 4]", "holds 1e999 in \"bbox\""), ("score", "", "has no \"score\"."),
    ("score", "null", "holds null in \"score\""), ("score", "[1]", "holds a list in \"score\""),
    ("image_id", "4.5", "holds 4.5 in \"image_id\", where an integer belongs"),
    ("image_id", "\"4\"", "holds \"4\" in \"image_id\""), ("image_id", "", "has no \"image_id\"."),
    ("image_id", "123456789012345678901234567890", "holds 123456789012345678901234567890 in \"image_id\""),
    ("category_id", "{}", "holds an object in \"category_id\""), ("category_id", "", "has no \"category_id\"."),
  ])
  func `are told with the record and what to do`(field: String, value: String, words: String) {
    let folder = Folder()
    let good = Array(repeating: detection("score", "0.5"), count: 5000)
    let bad = folder.file("dt.json", "[" + (good + [detection(field, value)] + good).joined(separator: ", ") + "]")
    let text = complaint(bad)
    #expect(text.hasPrefix("\(bad), results[5000]"))
    #expect(text.contains(words), "\(text)")
    if field != "image_id" { #expect(text.contains("results[5000] (image_id 4) ")) }
  }

  @Test(arguments: [
    (#""iscrowd": 2"#, "holds 2 in \"iscrowd\", where 0 or 1 belongs"), (#""area": "big""#, "holds \"big\" in \"area\""),
    (#""id": "x""#, "holds \"x\" in \"id\""), (#""bbox": [1, 2]"#, "has a \"bbox\" of 2 numbers"),
    (#""keypoints": [1, 2]"#, "has 2 numbers in \"keypoints\""),
    (#""keypoints": [1, 2, 2, 3, 4, 2]"#, "has 2 keypoints, and the first record has 1"),
  ])
  func `with a wrong annotation are told`(field: String, words: String) {
    let folder = Folder()
    let good = #"{"id": 3, "image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4], "area": 1, "keypoints": [1, 2, 2]}"#
    let bad = #"{"image_id": 1, "id": 8, "category_id": 1, "bbox": [1, 2, 3, 4], "area": 1, "keypoints": [1, 2, 2], \#(field)}"#
    let path = folder.file("gt.json", groundTruth(good + ", " + bad))
    #expect(complaint(path).hasPrefix("\(path), annotations[1] ("))
    #expect(complaint(path).contains(words), "\(complaint(path))")
  }

  @Test(arguments: [
    ("image_id", #"{"id": 5, "category_id": 1}"#), ("category_id", #"{"id": 5, "image_id": 1}"#),
    ("bbox", #"{"id": 5, "image_id": 1, "category_id": 1, "area": 2, "segmentation": [[0, 0, 1, 0, 1, 1]]}"#),
    ("area", #"{"id": 5, "image_id": 1, "category_id": 1, "segmentation": [[0, 0, 1, 0, 1, 1]]}"#),
    ("segmentation", #"{"id": 5, "image_id": 1, "category_id": 1, "bbox": [0, 0, 1, 1]}"#),
    ("id", #"{"image_id": 1, "category_id": 1, "bbox": [0, 0, 1, 1], "segmentation": [[0, 0, 1, 0, 1, 1]]}"#),
  ])
  func `that lack what the first annotation has are told`(field: String, annotation: String) {
    let folder = Folder()
    let first = #"{"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4], "area": 1, "segmentation": [[0, 0, 1, 0, 1, 1]]}"#
    let path = folder.file("gt.json", groundTruth(first + "," + annotation))
    let column = ["bbox": "truth_boxes", "area": "truth_areas", "segmentation": "truth_masks", "id": "truth_ids"][field] ?? "truth_labels"
    #expect(complaint(path, #"{"columns": ["\#(column)"]}"#).contains("has no \"\(field)\"."))
  }

  @Test(arguments: [
    (groundTruth("", images: #"{"id": 3}, {"id": 4}, {"id": 3}"#), "images[0] and images[2] have the same id, 3."),
    (groundTruth(#"{"id": 1, "image_id": 1, "category_id": 1, "bbox": [0, 0, 1, 1]}, {"id": 2, "image_id": 8, "category_id": 1, "bbox": [0, 0, 1, 1]}"#),
      "annotations[1] is of the image 8, which \"images\" does not have."),
    (groundTruth("", images: #"{"file_name": "a.jpg"}"#), "images[0] has no \"id\"."),
    (groundTruth("", images: #"{"id": 1, "width": -1}"#), "images[0] (id 1) has a negative size."),
    (groundTruth("", images: #"{"id": 1, "file_name": 5}"#), "holds 5 in \"file_name\""),
    (groundTruth("", categories: #"{"id": 1}, {"id": 1}"#), "categories[1] (id 1) has the id 1 of another."),
    (groundTruth("", categories: #"{"name": "a"}"#), "categories[0] has no \"id\"."),
    (groundTruth("", categories: #"{"id": 1, "keypoints": {"a": 1}}"#), "has no list in \"keypoints\"."),
    (groundTruth("7"), "annotations[0] is no object"),
    (#"{"images": [], "categories": []}"#, "is no COCO ground truth: it has no \"annotations\"."),
    (#"{"annotations": [], "categories": []}"#, "is no COCO ground truth: it has no \"images\"."),
    (#"{"images": [], "images": []}"#, "has two members \"images\"."), (#"{"images": {}}"#, "images must be a list of objects."),
    ("[3]", "results[0] is no object"), ("[[]]", "results[0] is no object"),
    ("7", "is no JSON of COCO"), ("\"text\"", "is no JSON of COCO"), ("  \n", "is empty."), ("", "is empty."),
    (#"[{"image_id": 1, "category_id": 1, "bbox": [0, 0, 1, 1], "id": 1, "iscrowd": 0}]"#,
      "results[0] (id 1, image_id 1) has no \"score\". Results have one for each detection; ground truth is a whole COCO file"),
    ("[] []", "something follows the end of the document"),
    (#"{"images": [], "annotations": []} x"#, "something follows the end"),
    (#"{"images": [] "annotations": []}"#, "a comma is missing"), (#"{images: []}"#, "the name of a member is missing"),
    (#"{"images" []}"#, "a colon is missing"), (#"{"images": [], "a": }"#, "a value is missing"),
    (#"[{"image_id": 1, "category_id": 1, "score": 1} {}]"#, "results[1] is no JSON"),
    (#"[{"image_id" 1}]"#, "results[0] is no JSON"), (#"[{"image_id": tru}]"#, "results[0]"),
    ("[{\"score\": 1, \"image_id\": 1, \"category_id\": 1, \"x\": \"\u{1}\"}]", "is no JSON"),
  ])
  func `as a whole are told`(text: String, words: String) {
    let folder = Folder()
    let path = folder.file("file.json", text)
    #expect(complaint(path).hasPrefix(path))
    #expect(complaint(path).contains(words), "\(complaint(path))")
  }

  @Test func `are told already where only the columns are asked for`() {
    let folder = Folder()
    let annotation = #"{"id": 1, "image_id": 1, "category_id": 1, "segmentation": [[1, 2, 3, 4, 5, 6]]}"#
    let images = folder.file("images.json", groundTruth("", images: #"{"id": 1, "neg_category_ids": [2]}, {"id": 2}, 7"#))
    #expect(complaint(images, #"{"schema_only": true}"#).contains("images[2] is no object"))
    let annotations = folder.file(
      "annotations.json", #"{"annotations": [\#(annotation), \#(annotation), 7], "images": [{"id": 1}]}"#)
    #expect(complaint(annotations, #"{"schema_only": true}"#).contains("annotations[2] is no object"))
  }

  /// Cut at every place, a file is never taken for a whole one and never brings the reader down.
  @Test(arguments: [false, true]) func `that are cut off are told, wherever they are cut`(isTruth: Bool) {
    let folder = Folder()
    let whole =
      isTruth
      ? groundTruth(#"{"id": 1, "image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4], "segmentation": {"size": [5, 10], "counts": [0, 50]}}, {"id": 2, "image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4], "segmentation": [[1, 2, 3, 4, 5, 6]]}"#)
      : #"[{"image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4], "score": 0.5}, {"image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4], "score": 0.5}]"#
    #expect(complaint(folder.file("whole.json", whole)) == "")
    for length in 1..<whole.utf8.count {
      let path = folder.file("cut.json", Array(whole.utf8.prefix(length)))
      #expect(complaint(path).hasPrefix(path), "cut after \(length) bytes")
    }
  }

  @Test func `that are cut off far behind their start say where`() {
    let folder = Folder()
    let text = Detections.text(images: 9000, each: 1)
    let path = folder.file("cut.json", Array(text.utf8.dropLast(60)))
    #expect(complaint(path) == "\(path) ends in the middle of results[8999]: it was cut off. Get or write it again.")
  }

  @Test(arguments: [
    ("[", "]"), ("{\"a\": ", "}"), ("[{\"a\": ", "}]"), (#"{"images": "#, ""), (#"{"info": "#, ""),
    (#"[{"score": 1, "image_id": 1, "category_id": 1, "x": "#, ""),
  ])
  func `that are absurdly deep are told`(start: String, end: String) {
    let folder = Folder()
    for depth in [2000, 300_000] {
      let text = start + String(repeating: "[", count: depth)
      #expect(!complaint(folder.file("open.json", text)).isEmpty)
      let closed = text + "1" + String(repeating: "]", count: depth) + end
      #expect(!complaint(folder.file("closed.json", closed)).isEmpty || start.contains("\"x\""))
    }
  }

  @Test func `that are not UTF-8 are told`() {
    let folder = Folder()
    let path = folder.file("bytes.json", Array(#"[{"score": 1, "image_id": 1, "category_id": 1, "x": ""#.utf8) + [0xFF, 0xC3] + Array("\"}]".utf8))
    #expect(complaint(path).contains("is no JSON"))
  }

  @Test func `that are not there, or no files, are told`() {
    let folder = Folder()
    #expect(complaint("\(folder.path)/none.json") == "There is no file \"\(folder.path)/none.json\".")
    #expect(complaint(folder.path).contains("holds no annotations"))
    let packed = folder.file("broken.json.gz", [0x1F, 0x8B, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8])
    #expect(complaint(packed).contains("gzip file"))
    #expect(complaint(folder.file("broken.json.zst", [0x28, 0xB5, 0x2F, 0xFD, 0, 0, 9])).contains("zstd file"))
  }

  @Test(arguments: [
    ("[1]", "must be a JSON object"), ("{", "reader options"), (#"{"range": [1]}"#, "\"range\" must be two row numbers"),
    (#"{"range": [3, 1]}"#, "in order"), (#"{"range": ["a", 1]}"#, "integers"), (#"{"columns": "a"}"#, "a list of texts"),
    (#"{"columns": [1]}"#, "a list of texts"), (#"{"schema_only": 1}"#, "true or false"), (#"{"threads": -1}"#, "a count"),
    (#"{"types": 1}"#, "an object"), (#"{"colour": 1}"#, "\"colour\" is not known"),
    (#"{"columns": ["boxs"]}"#, "has no column \"boxs\""),
  ])
  func `and wrong options are told`(options: String, words: String) {
    let folder = Folder()
    let path = folder.file("dt.json", Detections.text(images: 1, each: 1))
    #expect(complaint(path, options).contains(words), "\(complaint(path, options))")
  }
}
