import AssayCore

/// The manifest inside a library.
enum ManifestSection {
  /// The bytes of the section `.assay.manifest`; nil where the file has none.
  static func read(_ path: String) throws(AssayError) -> [UInt8]? { nil }
}
