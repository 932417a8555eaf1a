import AssayArrow
import AssayCore
import Testing

@Suite struct `Results of COCO` {
  @Test func `become a row for each image, with its detections in the file's order`() throws {
    let folder = Folder()
    let path = folder.file(
      "dt.json",
      """
      [{"image_id": 7, "category_id": 1, "bbox": [1, 2, 3.5, 4], "score": 0.5},
       {"image_id": 3, "category_id": 2, "bbox": [0, 0, 1, 1], "score": 0.25},
       {"image_id": 7, "category_id": 9, "bbox": [5.125, 6, 7, 8e0], "score": 1e-05}]
      """)
    let opened = try Opened(path)
    #expect(opened.columnNames == ["image_id", "boxes", "labels", "scores"])
    #expect(opened.column("image_id") == ["3", "7"])
    #expect(opened.column("boxes") == ["[0.0, 0.0, 1.0, 1.0]", "[1.0, 2.0, 3.5, 4.0, 5.125, 6.0, 7.0, 8.0]"])
    #expect(opened.column("labels") == ["[2]", "[1, 9]"])
    #expect(opened.column("scores") == ["[0.25]", "[0.5, 1e-05]"])
  }

  @Test func `have only the columns that are asked for, in that order`() throws {
    let folder = Folder()
    let path = folder.file("dt.json", #"[{"image_id": 7, "category_id": 1, "bbox": [1, 2, 3, 4], "score": 0.5}]"#)
    let opened = try Opened(path, #"{"columns": ["scores", "image_id"], "threads": 2, "types": {}, "null_text": []}"#)
    #expect(opened.columnNames == ["scores", "image_id"])
    #expect(opened.column("scores") == ["[0.5]"])
    let nothing = try Opened(path, #"{"schema_only": true}"#)
    #expect(nothing.columnNames == ["image_id", "boxes", "labels", "scores"])
    #expect(nothing.rowCount == 0)
  }

  @Test func `without any detection have every column and no row`() throws {
    let folder = Folder()
    for text in ["[]", " [ ] \n", "\u{FEFF}[\n]\n"] {
      let opened = try Opened(folder.file("dt.json", text))
      #expect(opened.columnNames == ["image_id", "boxes", "labels", "scores", "masks", "mask_sizes", "keypoints"])
      #expect(opened.rowCount == 0)
    }
  }

  @Test(arguments: [
    ("[0, 10]", 0..<10), ("[1500, null]", 1500..<2000), ("[510, 1030]", 510..<1030), ("[1990, 9999]", 1990..<2000),
    ("[5000, 6000]", 0..<0), ("[7, 7]", 0..<0),
  ])
  func `give the images of a range`(range: String, expected: Range<Int>) throws {
    let folder = Folder()
    let path = folder.file("dt.json", Detections.text(images: 2000, each: 2))
    let opened = try Opened(path, #"{"range": \#(range)}"#)
    #expect(opened.column("image_id") == expected.map { String($0) })
    #expect(opened.column("labels") == expected.map { "[\($0 % 7), \($0 % 7)]" })
  }

  /// Longer than what is read at once, so that records lie across every border.
  @Test(arguments: [", ", ",", ",\n  ", " ,\n\n"])
  func `of any length and spacing are the same`(separator: String) throws {
    let folder = Folder()
    let path = folder.file("dt.json", Detections.text(images: 3000, each: 4, separator: separator))
    let opened = try Opened(path)
    #expect(opened.rowCount == 3000)
    #expect(opened.column("image_id") == (0..<3000).map(String.init))
    #expect(opened.column("scores") == (0..<3000).map { Detections.scores(image: $0, count: 4) })
  }

  /// Records that are written in another way than the first go another way through the reader.
  @Test func `are the same in whatever order the names are, with whatever else`() throws {
    let folder = Folder()
    var records: [String] = []
    for image in 0..<9000 {
      let score = Detections.score(image: image, index: 0)
      switch image % 4 {
      case 0: records.append(#"{"image_id": \#(image), "category_id": \#(image % 7), "bbox": [\#(image), 1, 2, 3], "score": \#(score)}"#)
      case 1: records.append(#"{"score": \#(score), "bbox": [\#(image), 1, 2, 3],"category_id":\#(image % 7),"image_id":\#(image), "note": "}, {"}"#)
      case 2: records.append(#"{"image_id": \#(image), "extra": [{"a": 1}, {"b": [{}, {}]}], "category_id": \#(image % 7), "bbox": [\#(image), 1, 2, 3], "score": \#(score)}"#)
      default: records.append(#"{"image_id": \#(image).0, "category_id": \#(image % 7), "bbox": [\#(image), 1e0, 2.0, 3], "score": \#(score), "area": null}"#)
      }
    }
    let opened = try Opened(folder.file("dt.json", "[" + records.joined(separator: ", ") + "]"))
    #expect(opened.column("image_id") == (0..<9000).map(String.init))
    #expect(opened.column("labels") == (0..<9000).map { "[\($0 % 7)]" })
    #expect(opened.column("scores") == (0..<9000).map { Detections.scores(image: $0, count: 1) })
    #expect(opened.column("boxes") == (0..<9000).map { "[\($0).0, 1.0, 2.0, 3.0]" })
  }

  @Test func `far apart and out of order are grouped all the same`() throws {
    let ids = [-5, 9_000_000_000_000, 3, -5, 3, 1 << 40, 9_000_000_000_000, 3]
    let records = ids.enumerated().map {
      #"{"image_id": \#($1), "category_id": \#($0), "bbox": [0, 0, 1, 1], "score": 1}"#
    }
    let folder = Folder()
    let opened = try Opened(folder.file("dt.json", "[" + records.joined(separator: ",") + "]"))
    #expect(opened.column("image_id") == ["-5", "3", "\(1 << 40)", "9000000000000"])
    #expect(opened.column("labels") == ["[0, 3]", "[2, 4, 7]", "[5]", "[1, 6]"])
  }

  /// Every number as Swift reads it, to the bit.
  @Test func `have every number to the last bit`() throws {
    var texts = ["0", "-0.0", "0.1", "258.1499938964844", "0.30000000000000004", "123456789012345678", "1e22", "1e-320",
      "1.7976931348623157e308", "0.0000001", "12345678.12345678", "1234567.1234567", "9007199254740993", "4.35", "-17.125",
      "0.123456789012345678901234567890", "8.5E+3", "99999999", "100000000", "1.00000000", "7.2057594037927933e16"]
    var random = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      let value = Double(bitPattern: UInt64.random(in: 0x3E00_0000_0000_0000..<0x4200_0000_0000_0000, using: &random))
      texts.append("\(value)")
      texts.append("\((value * 1000).rounded() / 1000)")
    }
    let records = texts.map { #"{"image_id": 1, "category_id": 1, "bbox": [\#($0), 0, 1, 1], "score": \#($0)}"# }
    let folder = Folder()
    let opened = try Opened(folder.file("dt.json", "[" + records.joined(separator: ", ") + "]"))
    let column = try #require(opened.batches.first?.column(named: "scores")?.list(at: 0))
    let read = try column.values(of: Double.self)
    let wrong = texts.indices.filter { read[$0].bitPattern != Double(texts[$0])!.bitPattern }
    #expect(read.count == texts.count)
    #expect(wrong.map { "\(texts[$0]): \(read[$0])" } == [])
  }

  @Test func `with keypoints have them flat`() throws {
    let folder = Folder()
    let path = folder.file(
      "dt.json",
      #"[{"image_id": 1, "category_id": 1, "keypoints": [1, 2, 2, 3.5, 4, 0], "score": 0.5}]"#)
    let opened = try Opened(path)
    #expect(opened.columnNames == ["image_id", "labels", "scores", "keypoints"])
    #expect(opened.column("keypoints") == ["[1.0, 2.0, 2.0, 3.5, 4.0, 0.0]"])
  }

  @Test(.enabled(if: Place.coco != nil, "needs the shared data"))
  func `of COCO's own example are all there`() throws {
    let folder = try #require(Place.coco)
    let boxes = try Opened(folder + "/instances_val2014_fakebbox100_results.json")
    #expect(boxes.rowCount == 99)
    #expect(boxes.column("image_id").first == "42")
    #expect(boxes.column("boxes").first == "[258.15, 41.29, 348.26, 243.78]")
    let masks = try Opened(folder + "/instances_val2014_fakesegm100_results.json")
    #expect(masks.bytes("masks").reduce(0) { $0 + $1.count } == 734)
    #expect(masks.column("mask_sizes").first == "[478, 640]")
  }
}

/// Detections whose values follow from where they are.
enum Detections {
  static func score(image: Int, index: Int) -> Double { Double((image * 31 + index * 7) % 1000) / 1000 }

  static func scores(image: Int, count: Int) -> String {
    "[" + (0..<count).map { "\(score(image: image, index: $0))" }.joined(separator: ", ") + "]"
  }

  static func text(images: Int, each count: Int, separator: String = ", ") -> String {
    let records = (0..<images).flatMap { image in
      (0..<count).map { index in
        #"{"image_id": \#(image), "category_id": \#(image % 7), "bbox": [\#(index).5, 1, 20.125, 30], "score": \#(score(image: image, index: index))}"#
      }
    }
    return "[" + records.joined(separator: separator) + "]"
  }
}
