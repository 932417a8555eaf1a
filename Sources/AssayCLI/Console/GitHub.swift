import AssayCore
import AssayReport

/// What a run says to GitHub Actions, where it runs there.
enum GitHub {
  /// Annotations on standard error, where they are read too and a result on standard
  /// output stays whole; the page of the step gets the tables.
  static func publish(_ result: RunResult) throws(AssayError) {
    guard isSet("GITHUB_ACTIONS") else { return }
    _ = Console.write(result.gitHubAnnotations(), to: .error)
    guard let summary = environment("GITHUB_STEP_SUMMARY"), !summary.isEmpty else { return }
    try Files.append(summary, result.markdownText() + "\n")
  }

  static func annotate(_ error: AssayError) {
    let message = error.message.replacing("%", with: "%25").replacing("\r", with: "%0D")
      .replacing("\n", with: "%0A")
    Console.say("::error title=assay::\(message)")
  }
}
