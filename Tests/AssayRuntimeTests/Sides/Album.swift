import AssayRuntime
import Glibc
import Testing

/// Files for the fixture's reader, in a folder that goes with the test.
final class Album {
  let folder: String

  init() {
    var template = Array("/tmp/assay-album-XXXXXX".utf8CString)
    folder = String(cString: mkdtemp(&template))
  }

  deinit { _ = system("rm -r '\(folder)'") }

  /// Writes a file, and the folders around it.
  @discardableResult
  func file(_ name: String, _ text: String) -> String {
    let path = "\(folder)/\(name)"
    if let slash = path.lastIndex(of: "/") { _ = system("mkdir -p '\(path[..<slash])'") }
    let file = fopen(path, "w")!
    fputs(text, file)
    fclose(file)
    return path
  }

  /// Five images with 2, 0, 1, 0 and 3 truths.
  static let truth = """
    columns truth_boxes
    5 1,2
    3 -
    1 7
    4 -
    2 1,1,1
    """

  /// Three of them, in another order, with 2, 1 and 3 boxes.
  static let sample = """
    columns boxes
    2 0.5,0.25
    3 0.75
    5 0.125,1,0.5
    """

  /// A request over two files; of their endings the evaluator knows nothing.
  func request(
    truth: String = Album.truth, sample: String = Album.sample, ending: String = "json",
    parameters: JSONObject = [:]
  ) -> RunRequest {
    RunRequest(
      evaluators: [EvaluatorRequest("fixture.boxes", parameters: parameters)],
      sample: DataSource(file("sample.\(ending)", sample)),
      groundTruth: DataSource(file("truth.\(ending)", truth)))
  }

  /// A runtime with the fixture; it is compiled once.
  static func assay() throws -> Assay {
    let assay = testRuntime()
    try assay.catalog.load(try library.get())
    return assay
  }

  private struct Fault: Error {}

  private static let library: Result<String, any Error> = {
    var parts = #filePath.split(separator: "/")
    parts.removeLast(4)
    let root = "/" + parts.joined(separator: "/")
    var template = Array("/tmp/assay-images-XXXXXX".utf8CString)
    let path = String(cString: mkdtemp(&template)) + "/libimages.so"
    let command =
      "c++ -std=c++17 -O1 -fPIC -shared -g0 -I '\(root)/Sources/CAssayPlugin/include' -o '\(path)' "
      + "'\(root)/Tests/AssayRuntimeTests/Fixtures/images.cpp'"
    return system(command) == 0 ? .success(path) : .failure(Fault())
  }()
}

/// The error of a run.
func failure(_ request: RunRequest) async throws -> AssayError {
  let assay = try Album.assay()
  let error = await #expect(throws: AssayError.self) { try await assay.run(request) }
  return try #require(error)
}

extension EvaluatorResult {
  func value(_ metric: String) -> Double? { self.metric(metric)?.value }
}
