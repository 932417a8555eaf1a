import ArgumentParser
import AssayCore

/// `assay completions`: what the Tab key knows.
struct CompletionsCommand: Action {
  static let configuration = CommandConfiguration(
    commandName: "completions",
    abstract: "Print a script that completes commands, flags, evaluators and files.",
    discussion: """
      BASH
        assay completions bash \\
          > ~/.local/share/bash-completion/completions/assay
      ZSH, with fpath+=~/.zfunc in ~/.zshrc
        assay completions zsh > ~/.zfunc/_assay
      FISH
        assay completions fish > ~/.config/fish/completions/assay.fish
      """)

  @Argument(
    help: ArgumentHelp("The shell: bash, zsh or fish.", valueName: "shell"),
    completion: .list(["bash", "zsh", "fish"]))
  var shell: String

  func perform() throws(AssayError) -> AssayCore.ExitCode {
    let names = CompletionShell.allCases.map(\.rawValue).sorted()
    guard let known = CompletionShell(rawValue: shell) else {
      throw AssayError(
        .usage,
        "There are completions for \(names.joined(separator: ", ")), and none for \"\(shell)\".\(suggestion(for: shell, in: names))")
    }
    try Console.print(AssayCommand.completionScript(for: known) + "\n")
    return .success
  }
}
