public import AssayCore

/// A plugin that was found, as its manifest describes it. None of its code has run.
public struct PluginSummary: Sendable, Hashable {
  public var name: String
  public var version: String
  public var summary: String?
  /// The path of the library, or its name where the loader searches for it.
  public var library: String
  /// The file that the manifest was read from: the library itself, or the one beside it.
  public var manifest: String
  /// Whether it came with Assay.
  public var isShipped: Bool
  public var evaluators: [EvaluatorSummary]
  public var readers: [ReaderSummary]
}

/// A reader of files that a plugin offers.
public struct ReaderSummary: Sendable, Hashable {
  public var name: String
  /// The ends of the names of its files, without the leading dot.
  public var extensions: [String]
}

/// A file among the plugins that cannot be used, and why.
public struct BrokenPlugin: Sendable, Hashable {
  public var path: String
  public var error: AssayError
}
