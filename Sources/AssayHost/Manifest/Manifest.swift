/// What a plugin says about itself, parsed and checked.
///
/// A manifest is read from the section `.assay.manifest` of a shared object or
/// from the file `NAME.assay.json` beside it, never by running the plugin.
public struct Manifest: Sendable, Hashable {
  /// The version of the manifest format that this host reads.
  public static let formatVersion = 1

  /// The plugin's name, dotted, such as `acme.text`.
  public var plugin: String
  /// The plugin's own version.
  public var version: String
  public var abi: ABIRequirement
  /// The shared object, by file name beside the manifest or by soname; nil where
  /// the manifest lies inside it.
  public var library: String?
  public var summary: String?
  /// The toolchain that built a Swift plugin, where it matters.
  public var toolchain: String?
  /// What the names of types that C does not know stand for.
  public var types: [String: CType]
  public var evaluators: [EvaluatorDefinition]
  public var readers: [ReaderDefinition]
  public var writers: [WriterDefinition]

  /// The evaluator of that name.
  public func evaluator(named name: String) -> EvaluatorDefinition? {
    evaluators.first { $0.name == name }
  }
}

/// What a plugin needs of its host.
public struct ABIRequirement: Sendable, Hashable {
  /// The contract that the plugin was written against; must be the host's.
  public var major: Int
  /// The newest addition to the contract that the plugin cannot do without.
  public var requiresMinor: Int
  /// The minor version whose headers it was built with. Shown, never judged.
  public var builtAgainst: Int?
  /// Services that the plugin cannot do without, such as `log`.
  public var requires: [String]

  public init(
    major: Int, requiresMinor: Int = 0, builtAgainst: Int? = nil, requires: [String] = []
  ) {
    self.major = major
    self.requiresMinor = requiresMinor
    self.builtAgainst = builtAgainst
    self.requires = requires
  }
}

/// A function that opens files of some kinds as a stream of batches.
public struct ReaderDefinition: Sendable, Hashable {
  public var name: String
  /// The ends of file names without the leading dot: `csv`, `csv.gz`.
  public var extensions: [String]
  /// Whether it opens folders of files too.
  public var opensFolders: Bool
  public var open: BoundFunction
}

/// A function that writes a stream of batches to a file.
public struct WriterDefinition: Sendable, Hashable {
  public var name: String
  /// The ends of file names without the leading dot.
  public var extensions: [String]
  public var write: BoundFunction
}
