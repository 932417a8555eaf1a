import ArgumentParser
import AssayCore
import AssayRuntime

/// `assay plugins describe`.
struct DescribeCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "Print the skeleton of a manifest, from a library's debug information.",
    discussion: """
      Compile the library with -g. What the compiler wrote down is in the skeleton; what a \
      parameter means is yours to say. None of the library's code runs. Of a system library the \
      separate debug file is read, where it is installed (such as libc6-dbg).

      EXAMPLES
        assay plugins describe ./libmine.so > libmine.assay.json
        assay plugins describe libz.so.1 > libz.assay.json
      """)

  @Argument(
    help: ArgumentHelp("A shared library: a file, or a name such as libm.so.6.", valueName: "library"),
    completion: .file(extensions: ["so"]))
  var library: String

  func perform() throws(AssayError) -> AssayCore.ExitCode {
    try Console.print(try Assay().catalog.describe(library).text(indented: true) + "\n")
    return .success
  }
}
