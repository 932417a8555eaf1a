import Testing

@Suite struct `Masks of COCO` {
  private func masks(_ segmentation: String, side: String) throws -> [UInt8] {
    let folder = Folder()
    let isTruth = side == "truth"
    let path = folder.file(
      "masks.json",
      isTruth
        ? groundTruth(#"{"id": 1, "image_id": 1, "category_id": 1, "area": 1, "segmentation": \#(segmentation)}"#)
        : #"[{"image_id": 1, "category_id": 1, "score": 1, "segmentation": \#(segmentation)}]"#)
    let opened = try Opened(path)
    return try #require(opened.bytes(isTruth ? "truth_masks" : "masks").first?.first)
  }

  @Test(arguments: ["truth", "results"])
  func `as compressed run lengths are their text`(side: String) throws {
    let text = #"{"size": [5, 10], "counts": "0\\PQ\u0060o\/"}"#
    let slash = complaintOf(side, text)
    #expect(slash.contains("no compressed RLE"))
    #expect(try masks(#"{"size": [5, 10], "counts": "0\\PQ\u0060o"}"#, side: side) == Array(#"0\PQ`o"#.utf8))
    #expect(try masks(#"{"counts": "XYZ" , "size": [5, 10]}"#, side: side) == Array("XYZ".utf8))
  }

  @Test(arguments: ["truth", "results"])
  func `as run lengths are numbers of 32 bits`(side: String) throws {
    #expect(try masks(#"{"size": [5, 10], "counts": [3, 40, 7]}"#, side: side)
      == [2, 3, 0, 0, 0, 40, 0, 0, 0, 7, 0, 0, 0])
  }

  @Test(arguments: ["truth", "results"])
  func `as polygons are their points`(side: String) throws {
    let bytes = try masks("[[0, 1, 2, 3.5, 4, 5], [1, 1, 2, 2, 3, 3, 4, 4]]", side: side)
    var expected: [UInt8] = [1, 2, 0, 0, 0]
    for polygon in [[0, 1, 2, 3.5, 4, 5], [1, 1, 2, 2, 3, 3, 4, 4]] {
      expected += [UInt8(polygon.count), 0, 0, 0]
      for number in polygon { withUnsafeBytes(of: number.bitPattern.littleEndian) { expected += Array($0) } }
    }
    #expect(bytes == expected)
  }

  @Test func `are grouped as their objects are`() throws {
    let folder = Folder()
    let records = [(2, "AB", 5), (1, "C", 6), (2, "DEF", 7), (1, "G", 8)].map { image, text, height in
      #"{"image_id": \#(image), "category_id": 1, "score": 1, "segmentation": {"size": [\#(height), 9], "counts": "\#(text)"}}"#
    }
    let opened = try Opened(folder.file("dt.json", "[" + records.joined(separator: ", ") + "]"))
    #expect(opened.columnNames == ["image_id", "labels", "scores", "masks", "mask_sizes"])
    #expect(opened.bytes("masks") == [[Array("C".utf8), Array("G".utf8)], [Array("AB".utf8), Array("DEF".utf8)]])
    #expect(opened.column("mask_sizes") == ["[6, 9, 8, 9]", "[5, 9, 7, 9]"])
  }

  @Test func `of results that are polygons have the image's size`() throws {
    let folder = Folder()
    let path = folder.file(
      "dt.json",
      #"[{"image_id": 1, "category_id": 1, "score": 1, "segmentation": [[0, 0, 5, 0, 5, 5]]}]"#)
    #expect(try Opened(path).column("mask_sizes") == ["[0, 0]"])
  }

  @Test(arguments: [
    ("[[0, 1, 2, 3, 4]]", "a polygon (segmentation[0]) with 5 coordinates"),
    ("[[0, 1, 2, 3, 4, 5], [0, 1, 2, 3]]", "a polygon (segmentation[1]) with 4 coordinates"),
    ("[0, 1, 2, 3, 4, 5]", "no list of polygons"),
    ("[]", "an empty \"segmentation\""),
    ("3", "neither polygons nor an RLE"),
    (#"[["a", 1, 2, 3, 4, 5]]"#, "holds \"a\" in \"segmentation\""),
    (#"{"size": [5, 10], "counts": [3, 40, 8]}"#, "an RLE of 51 pixels for a size of 5 x 10, which has 50"),
    (#"{"size": [5, 10], "counts": [-3, 53]}"#, "a run of -3 pixels"),
    (#"{"size": [5, 10], "counts": [1.5, 48.5]}"#, "holds 1.5 in \"counts\""),
    (#"{"size": [5, 10], "counts": "a b"}"#, "no compressed RLE"),
    (#"{"size": [5, 10], "counts": ""}"#, "no compressed RLE"),
    (#"{"size": [5, 10], "counts": "a\nb"}"#, "a sign that does not belong there"),
    (#"{"size": [5, 10], "counts": 5}"#, "no compressed RLE"),
    (#"{"size": [5], "counts": "a"}"#, "\"size\" is not [height, width]"),
    (#"{"size": [5, -10], "counts": "a"}"#, "a size of -10"),
    (#"{"counts": "a"}"#, "an RLE without \"size\""), (#"{"size": [5, 10]}"#, "an RLE without \"counts\""),
  ])
  func `that are broken are told with their record`(segmentation: String, words: String) {
    #expect(complaintOf("results", segmentation).contains(words))
    #expect(complaintOf("results", segmentation).contains("results[0] (image_id 1) "))
    #expect(complaintOf("truth", segmentation).contains(words))
    #expect(complaintOf("truth", segmentation).contains("annotations[0] (id 1, image_id 1) "))
  }

  @Test func `of another size than their image's are told`() {
    #expect(complaintOf("truth", #"{"size": [10, 5], "counts": "a"}"#).contains(
      "annotations[0] has an RLE of the size [10, 5], and its image 1 is [5, 10] (height, width)."))
  }

  private func complaintOf(_ side: String, _ segmentation: String) -> String {
    do {
      _ = try masks(segmentation, side: side)
      return ""
    } catch {
      return "\(error)"
    }
  }
}
