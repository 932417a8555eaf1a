import ArgumentParser
import AssayCore
import AssayRuntime

/// Which registry a command is about.
struct StoreOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The folder of the registry. Without it ASSAY_HOME, else the nearest .assay here or above.",
      valueName: "folder"), completion: .directory)
  var store: String?

  /// The folder that is meant.
  var folder: String { StoreFolder.find(named: store) }

  /// The registry to look something up in; nothing is made where there is none.
  ///
  /// - Throws: `store.…`.
  func reading(_ assay: Assay = Assay()) throws(AssayError) -> Registry {
    try ProjectRegistry.reading(assay, in: folder)
  }

  /// Changes the registry; it is made where there is none, and standard error says so.
  ///
  /// Before a registry is made the change is tried in memory, so that a request that is
  /// refused leaves no folder behind.
  /// - Parameter change: Must not write files; see ``filling(_:_:)``.
  /// - Throws: `store.…`, and what the change throws.
  func changing<Value>(
    _ assay: Assay = Assay(), _ change: (Registry) throws(AssayError) -> Value
  ) throws(AssayError) -> Value {
    let folder = folder
    guard !Store.exists(in: folder) else {
      return try change(try Registry(folder: folder, assay: assay))
    }
    _ = try change(Registry(store: try Store.empty(insteadOf: folder), assay: assay))
    let registry = try Registry(folder: folder, assay: assay)
    Self.sayMade(folder)
    return try change(registry)
  }

  /// Changes the registry by something that writes files or can be read once; one that is not
  /// there is made together with it, or not at all.
  ///
  /// - Throws: `store.…`, and what the change throws.
  func filling<Value>(
    _ assay: Assay = Assay(), _ change: (Registry) throws(AssayError) -> Value
  ) throws(AssayError) -> Value {
    let folder = folder
    guard !Store.exists(in: folder) else {
      return try change(try Registry(folder: folder, assay: assay))
    }
    var draft: String?
    defer { if let draft { Interruption.hasWritten(draft) } }
    let value = try Store.make(
      in: folder,
      onDraft: { path in
        draft = path
        Interruption.isWriting(path) { Store.discard(draft: path) }
      }
    ) { (store) throws(AssayError) in try change(Registry(store: store, assay: assay)) }
    Self.sayMade(folder)
    return value
  }

  private static func sayMade(_ folder: String) { Console.say("assay: Made the registry \(folder).") }
}

/// A stretch of a list.
struct PageOptions: ParsableArguments {
  @Option(help: ArgumentHelp("At most so many; 20 unless given.", valueName: "number"))
  var limit: String?

  @Option(help: ArgumentHelp("Leave out so many at the beginning.", valueName: "number"))
  var offset: String?

  func page() throws(AssayError) -> Page {
    func number(_ text: String?, _ flag: String, _ least: Int) throws(AssayError) -> Int? {
      guard let text else { return nil }
      return try SettingValue(text, flag: flag)
        .integer(in: least...Int.max, "a whole number of \(least) or more")
    }
    return Page(
      limit: try number(limit, "--limit", 1) ?? 20, offset: try number(offset, "--offset", 0) ?? 0)
  }
}
