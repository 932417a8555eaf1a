import AssayCore

/// The manifest inside a library.
enum ManifestSection {
  /// The bytes of the section `.assay.manifest`; nil where the file has none.
  ///
  /// - Throws: What is wrong with the file.
  static func read(_ path: String) throws(AssayError) -> [UInt8]? {
    try ELFFile.manifest(at: path)
  }
}
