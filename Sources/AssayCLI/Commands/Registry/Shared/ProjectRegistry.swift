import AssayCore
import AssayRuntime

/// The registry of a project, where a command finds or makes it.
enum ProjectRegistry {
  /// The registry to look something up in; nothing is made where there is none.
  ///
  /// - Throws: `store.…`.
  static func reading(
    _ assay: Assay, in folder: String = StoreFolder.find()
  ) throws(AssayError) -> Registry {
    guard !Store.exists(in: folder) else { return try Registry(folder: folder, assay: assay) }
    return Registry(store: try Store.empty(insteadOf: folder), assay: assay)
  }

  /// The registry that a run is to be made in; it is made where there is none, unless the
  /// run cannot be made.
  ///
  /// - Throws: `store.…`, and what making the run throws.
  static func making(
    for specification: RunSpecification, _ assay: Assay = Assay(), in folder: String = StoreFolder.find(),
    isQuiet: Bool = false
  ) async throws(AssayError) -> Registry {
    let isNew = !Store.exists(in: folder)
    if isNew {
      if specification.readsStandardInput { try StandardInput.makeSeekable() }
      let start = StandardInput.position
      try await Registry(store: try Store.empty(insteadOf: folder), assay: assay).checkRun(specification)
      StandardInput.goBack(to: start)
    }
    let registry = try Registry(folder: folder, assay: assay)
    if isNew, !isQuiet { Console.say("assay: Made the registry \(folder).") }
    return registry
  }
}

extension RunSpecification {
  fileprivate var readsStandardInput: Bool {
    [sample, groundTruth].contains { $0?.place == .file("-") }
  }
}
