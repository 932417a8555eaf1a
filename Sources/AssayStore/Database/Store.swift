import GRDB

public import AssayCore

/// The registry of a project: evaluators, containers, data sets, models and runs, in
/// one SQLite file.
///
/// Several processes may use one store at once: a write waits its turn, and readers
/// never wait. Every change is one transaction, so that an error changes nothing.
/// May be used from any thread.
public final class Store: Sendable {
  /// The folder that holds the database and the files of data sets.
  public let folder: String
  let pool: DatabasePool

  /// The name of the database in the folder.
  public static let fileName = "assay.sqlite"

  /// How long a write waits for the writes of others, in seconds.
  private static let patience = 60.0

  /// Opens the store of a folder, and makes folder and database where there are none.
  ///
  /// - Parameter folder: Such as `.assay` in a project.
  /// - Throws: `store.corrupt`, `store.newer-version`, `store.read-only`,
  ///   `store.disk-full`, `store.unavailable`.
  public init(folder: String) throws(AssayError) {
    self.folder = folder
    let path = folder + "/" + Self.fileName
    try makeFolder(folder)
    var configuration = Configuration()
    configuration.busyMode = .timeout(Self.patience)
    configuration.label = "assay.store"
    pool = try storing(path) {
      let pool = try DatabasePool(path: path, configuration: configuration)
      let migrator = Migrations.all
      if try pool.read(migrator.hasBeenSuperseded) { throw NewerVersion() }
      try migrator.migrate(pool)
      return pool
    }
  }

  /// Whether a folder holds a store.
  public static func exists(in folder: String) -> Bool {
    fileExists(folder + "/" + fileName)
  }

  /// Reads, without waiting for writers; everything in one call sees one state.
  func read<Value>(_ body: (Database) throws -> Value) throws(AssayError) -> Value {
    try storing(folder) { try pool.read(body) }
  }

  /// Writes in one transaction that is undone whole where `body` throws.
  @discardableResult
  func write<Value>(_ body: (Database) throws -> Value) throws(AssayError) -> Value {
    try storing(folder) { try pool.write(body) }
  }
}

/// The database was made by a later version of Assay.
struct NewerVersion: Error {}
