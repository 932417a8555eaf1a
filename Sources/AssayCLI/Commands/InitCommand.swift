import ArgumentParser
import AssayCore

/// `assay init`: a configuration to begin with.
struct InitCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a commented configuration to begin with.",
    discussion: """
      Nothing is overwritten. Then: assay run assay.yaml
      """)

  @Argument(
    help: ArgumentHelp("Where to write it.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var file = "assay.yaml"

  func perform() throws(AssayError) -> AssayCore.ExitCode {
    try Files.create(file, ConfigTemplate.text)
    try Console.print("Wrote \(file). Name your data in it, then: assay run \(file)\n")
    return .success
  }
}
