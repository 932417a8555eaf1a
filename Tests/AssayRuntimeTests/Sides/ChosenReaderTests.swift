import AssayRuntime
import Testing

@Suite struct `A reader that an evaluator chooses` {
  private let album = Album()

  @Test(arguments: ["json", "album"])
  func `opens what has no reader by its ending`(ending: String) async throws {
    let run = try await Album.assay().run(album.request(ending: ending))
    #expect(run.evaluators[0].value("images") == 5)
  }

  @Test func `opens folders`() async throws {
    album.file("truth/index", Album.truth)
    var request = album.request()
    request.groundTruth = DataSource("\(album.folder)/truth")
    let run = try await Album.assay().run(request)
    #expect(run.evaluators[0].value("order") == 53142)
  }

  @Test func `leaves lines of JSON to the rows that they are`() async throws {
    let lines = "{\"image_id\": 2, \"boxes\": [0.5, 0.25]}\n{\"image_id\": 5, \"boxes\": []}\n"
    var request = album.request()
    request.sample = DataSource(album.file("sample.jsonl", lines))
    #expect(try await Album.assay().run(request).evaluators[0].value("found") == 2)
  }

  @Test func `says what it cannot read`() async throws {
    let error = try await failure(album.request(sample: "fail : record 3 is broken"))
    #expect(error.code.rawValue == "data.read" && error.message.contains("sample.json : record 3 is broken"))
  }

  @Test func `is the only one of a source`() async throws {
    var request = RunRequest(
      evaluators: [EvaluatorRequest("fixture.boxes"), EvaluatorRequest("fixture.plain_rows")],
      sample: DataSource(album.file("all.json", "columns boxes truth_boxes\n1 1 1")))
    let error = try await failure(request)
    #expect(error.code.rawValue == "data.reader-conflict")
    #expect(error.message.contains("\"album\"") && error.message.contains("\"plain\""))
    // Where the ending tells the reader there is nothing to disagree about.
    request.sample = DataSource(album.file("all.album", "columns boxes truth_boxes\n1 1 1"))
    #expect(try await Album.assay().run(request).evaluators.count == 2)
  }

  @Test(arguments: [("fixture.plain_rows", "\"plain\" of fixture.images opens files only"),
    ("tabular.binary", "no evaluator of this run reads folders")])
  func `is missed where a folder is given`(evaluator: String, words: String) async throws {
    album.file("all/index", Album.sample)
    let request = RunRequest(
      evaluators: [EvaluatorRequest(evaluator)], sample: DataSource("\(album.folder)/all"))
    let error = try await failure(request)
    #expect(error.code.rawValue == "data.unreadable-file")
    #expect(error.message.contains("is a folder") && error.message.contains(words))
  }
}

@Suite struct `The digest of a folder` {
  private let album = Album()

  private func digest() async throws -> String? {
    var request = album.request()
    request.groundTruth = DataSource("\(album.folder)/truth")
    return try await Album.assay().run(request).sources[1].sha256
  }

  @Test func `follows from the names and the contents of its files`() async throws {
    album.file("truth/index", Album.truth)
    album.file("truth/labels/b.txt", "b")
    album.file("truth/labels/a.txt", "a")
    let first = try await digest()
    #expect(first?.count == 64)
    #expect(try await digest() == first)
    album.file("truth/.hidden", "x")
    #expect(try await digest() == first)
    album.file("truth/labels/a.txt", "c")
    let second = try await digest()
    #expect(second != first)
    album.file("truth/labels/a.txt", "a")
    album.file("truth/labels/c.txt", "")
    #expect(try await digest() != first)
  }

  @Test func `is the digest of a list that anybody can make`() async throws {
    album.file("truth/index", "columns truth_boxes\n5 1\n3 1\n2 1")
    album.file("truth/image.JPG", "12345")
    // printf '5  image.JPG\n%s  index\n' "$(sha256sum < index | cut -c-64)" | sha256sum
    #expect(try await digest() == "b76c8a152f10f702a4d2276617a804612945e333d2d3d71bc8dcb5ef9fc8625c")
  }
}

@Suite struct `The parameters that a reader gives` {
  private let album = Album()

  private func run(
    truth: String = "", sample: String = "", parameters: JSONObject = [:]
  ) async throws -> EvaluatorResult {
    let request = album.request(
      truth: "\(truth)\n\(Album.truth)", sample: "\(sample)\n\(Album.sample)", parameters: parameters)
    return try await Album.assay().run(request).evaluators[0]
  }

  @Test func `are taken where nobody set them, the ground truth's first`() async throws {
    let truth = #"parameters {"categories": ["cat", "dog"], "unknown": 1, "only": ["x"]}"#
    let sample = #"parameters {"categories": ["cat"], "scale": 2}"#
    let given = try await run(truth: truth, sample: sample)
    #expect(given.value("categories") == 2)
    let scaled = try await run(sample: sample)
    #expect(scaled.value("categories") == 1)
    let own = try await run(truth: truth, parameters: ["categories": ["a", "b", "c"]])
    #expect(own.value("categories") == 3)
    #expect(try await run().value("categories") == 0)
  }

  @Test func `are part of the fingerprint`() async throws {
    let truth = #"parameters {"categories": ["cat", "dog"]}"#
    let given = try await run(truth: truth).fingerprint
    #expect(try await run().fingerprint != given)
    #expect(try await run(parameters: ["categories": ["cat", "dog"]]).fingerprint == given)
  }

  @Test(arguments: [
    ("parameters {", "data.invalid-parameters", "no JSON object"),
    ("parameters [1]", "data.invalid-parameters", "no JSON object"),
    (#"parameters {"categories": 3}"#, "parameter.invalid", "parameters.categories: 3 is"),
    (#"parameters {"confidence": 7}"#, "parameter.invalid", "parameters.confidence: 7 is above the maximum 1"),
  ])
  func `must fit, or reader and file are named`(line: String, code: String, words: String) async throws {
    let error = try await failure(album.request(truth: "\(line)\n\(Album.truth)"))
    #expect(error.code.rawValue == code)
    #expect(error.message.contains("\"album\" of fixture.images") && error.message.contains("truth.json"))
    #expect(error.message.contains(words), "\(error.message)")
  }
}
