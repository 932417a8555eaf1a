import AssayCore

/// Checks that descriptions are true before the first call: a wrong one cannot be
/// noticed at call time.
struct DescriptionLadder {
  /// A path, or a name that the loader finds.
  let library: String
  /// Whether to read debug information. What came with Assay was checked when it was
  /// built.
  let readsDebugInformation: Bool

  /// Climbs the static rungs for each function, then loads the library.
  ///
  /// - Returns: What each rung said; a mismatch is thrown.
  /// - Throws: `plugin.missing-symbol` with near names, `plugin.foreign-symbol`,
  ///   `plugin.description-mismatch`, and what is wrong with the file.
  func climb(_ prototypes: [Prototype]) throws(AssayError) -> [DescriptionCheck] {
    // A path is read before its constructors run; a name has to be found first.
    let known = library.contains("/") ? try ELFFile(path: library) : nil
    if let known { try checkSymbols(prototypes, in: known) }
    let loaded = try SharedLibrary(loading: library, needing: known?.needed ?? [])
    let file: ELFFile
    if let known {
      file = known
    } else {
      file = try ELFFile(path: loaded.path)
      try checkSymbols(prototypes, in: file)
    }
    var checks: [DescriptionCheck] = []
    for prototype in prototypes {
      _ = try loaded.function(prototype.name)
      checks.append(DescriptionCheck(function: prototype.name, rung: .symbol, answer: .match))
      checks.append(DescriptionCheck(function: prototype.name, rung: .owner, answer: .match))
    }
    return try checks + compare(prototypes, with: file)
  }

  /// A symbol of the library's own, or one that it passes on: the owner check tells.
  private func checkSymbols(_ prototypes: [Prototype], in file: ELFFile) throws(AssayError) {
    for prototype in prototypes { _ = try file.function(named: prototype.name) }
  }

  private func compare(
    _ prototypes: [Prototype], with file: ELFFile
  ) throws(AssayError) -> [DescriptionCheck] {
    guard readsDebugInformation else { return [] }
    let information = DebugInformation(file, functions: Set(prototypes.map(\.name)))
    var checks: [DescriptionCheck] = []
    for prototype in prototypes {
      let answer: DescriptionCheck.Answer
      switch information.compare(prototype) {
      case .match: answer = .match
      case .unknown(let reason): answer = .unknown(reason)
      case .mismatch(let reason):
        throw AssayError(
          .pluginMismatch,
          "\(library) was compiled otherwise than it is described: \(reason). Correct the description: \"\(prototype)\".",
          details: ["file": library, "function": prototype.name])
      }
      checks.append(
        DescriptionCheck(function: prototype.name, rung: .debugInformation, answer: answer))
    }
    return checks
  }
}
