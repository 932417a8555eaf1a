import AssayHost

@testable import AssayRuntime

/// A runtime that finds what the build put beside the tests.
///
/// The tests are loaded by a helper that lies elsewhere, and which says where they are.
func testRuntime() -> Assay {
  let arguments = CommandLine.arguments
  let bundle = arguments.firstIndex(of: "--test-bundle-path")
    .flatMap { $0 + 1 < arguments.count ? arguments[$0 + 1] : nil } ?? arguments[0]
  // The bundle is a file, or a folder with the file inside.
  let parts = bundle.split(separator: "/", omittingEmptySubsequences: false)
  let end = parts.firstIndex { $0.hasSuffix(".xctest") } ?? parts.count - 1
  let path = parts[..<end].joined(separator: "/")
  return Assay(searchPath: PluginSearchPath(folders: [.init(path: path, isShipped: true)]))
}
