import ArgumentParser
import AssayCore

/// Which revision of a run is meant.
struct RunRevisionOption: ParsableArguments {
  @Option(help: ArgumentHelp("A revision of it; the last one unless given.", valueName: "number"))
  var revision: String?

  /// - Throws: `usage.invalid`.
  func number() throws(AssayError) -> Int? {
    try revision.map { (text) throws(AssayError) in
      try SettingValue(text, flag: "--revision").integer(in: 1...Int.max, "a whole number from 1 on")
    }
  }
}
