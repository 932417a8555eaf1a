public import AssayCore
public import AssayJSON
public import AssayStore

extension Registry {
  /// Adds a data set.
  ///
  /// The rows are copied into the store, so that a version stays what it is.
  /// - Parameters:
  ///   - source: A single file is kept byte by byte; a folder of annotations too, with the
  ///     names of its images and not their content. Several files, and rows whose splits are
  ///     told otherwise than by a column `split`, become JSON lines.
  ///   - splits: How rows come to their splits.
  /// - Throws: `registry.invalid` for a name, a split that is none, and a source without
  ///   rows; `registry.conflict` for a name that is taken; `registry.not-found` for a
  ///   container; `data.…` for a file; `store.…`.
  /// - Complexity: O(*n*) in the bytes; memory does not grow with the rows.
  public func createDataset(
    name: String, description: String? = nil, metadata: JSONObject = [:], source: DatasetSource,
    splits: SplitRule = .byName, id: String? = nil
  ) throws(AssayError) -> StoredDataset {
    // What cannot be had is refused before hours of copying.
    try checkDataset(name: name, source: source, id: id)
    return try keeping(source, splits) { (version) throws(AssayError) in
      try store.createDataset(
        name: name, description: description, metadata: metadata, version: version, id: id,
        scope: scope)
    }
  }

  /// Checks that a data set of that name could be created, as far as it shows before rows
  /// are read.
  ///
  /// - Throws: As for creating it.
  public func checkDataset(
    name: String, source: DatasetSource, id: String? = nil
  ) throws(AssayError) {
    try store.checkDataset(name: name, id: id, scope: scope)
    switch source {
    case .files(let files):
      // What a stream holds shows when it is read, and it can be read once.
      for file in files where file.path != "-" {
        guard !FolderListing.isFolder(DatasetWriter.plain(file.path)) else {
          _ = try FolderLayout(of: DatasetWriter.plain(file.path))
          continue
        }
        _ = try DatasetRows(file.path, reader: file.reader, host: assay.host)
      }
    case .container(let label, _, _): _ = try store.container(label, scope: scope)
    }
  }

  /// Adds a version where the content is new; the same content stays the same version.
  ///
  /// - Throws: As for creating; `registry.not-found`.
  public func addVersion(
    toDataset reference: String, source: DatasetSource, splits: SplitRule = .byName
  ) throws(AssayError) -> StoredDataset {
    let current = try store.dataset(reference, scope: scope)
    return try keeping(source, splits) { (version) throws(AssayError) in
      try store.addVersion(version, to: current.id, scope: scope)
    }
  }

  /// Makes the file of a version, and takes it away again where nobody keeps it.
  private func keeping(
    _ source: DatasetSource, _ splits: SplitRule,
    _ keep: (DatasetVersion) throws(AssayError) -> StoredDataset
  ) throws(AssayError) -> StoredDataset {
    let version = try DatasetWriter(registry: self, source: source, rule: splits).version()
    do throws(AssayError) {
      let kept = try keep(version)
      if kept.version.file != version.file { remove(version.file) }
      return kept
    } catch {
      remove(version.file)
      throw error
    }
  }

  /// Takes a file of the store away; what is not there is no matter.
  func remove(_ file: String) { store.removeContent(file) }
}
