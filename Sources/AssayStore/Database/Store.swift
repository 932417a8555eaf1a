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
  let pool: any DatabaseWriter
  /// Whether it stands for a store that nobody has made yet.
  private let isStandIn: Bool

  /// The name of the database in the folder.
  public static let fileName = "assay.sqlite"

  /// How long a write waits for the writes of others, in seconds.
  static let patience = 60.0

  /// Opens the store of a folder, and makes folder and database where there are none.
  ///
  /// - Parameter folder: Such as `.assay` in a project.
  /// - Throws: `store.corrupt`, `store.newer-version`, `store.read-only`,
  ///   `store.disk-full`, `store.unavailable`.
  public init(folder: String) throws(AssayError) {
    let path = folder + "/" + Self.fileName
    try AssayStore.makeFolder(folder)
    let configuration = Self.configuration
    self.folder = folder
    isStandIn = false
    pool = try storing(path) { () -> any DatabaseWriter in
      let pool = try DatabasePool(path: path, configuration: configuration)
      let migrator = Migrations.all
      if try pool.read(migrator.hasBeenSuperseded) { throw NewerVersion() }
      try migrator.migrate(pool)
      return pool
    }
  }

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(patience)
    configuration.label = "assay.store"
    configuration.prepareDatabase { $0.add(function: ProcessIdentity.isGone) }
    return configuration
  }

  private init(empty place: String) throws(AssayError) {
    folder = place
    isStandIn = true
    pool = try storing(place) { () -> any DatabaseWriter in
      let queue = try DatabaseQueue(configuration: Self.configuration)
      try Migrations.all.migrate(queue)
      return queue
    }
  }

  /// A store in memory, which ends with its last reference: what reading finds where
  /// nothing was ever kept.
  ///
  /// - Parameter place: What messages call it, such as the folder that is not there.
  public static func empty(insteadOf place: String) throws(AssayError) -> Store {
    try Store(empty: place)
  }

  /// Whether a folder holds a store.
  public static func exists(in folder: String) -> Bool {
    fileExists(folder + "/" + fileName)
  }

  /// The path of a file in the store's folder, such as that of a version of a data set.
  public func path(of file: String) -> String { folder + "/" + file }

  /// Makes a folder inside the store's, where there is none.
  ///
  /// - Throws: `store.read-only`, `store.disk-full`.
  public func makeFolder(_ name: String) throws(AssayError) {
    try AssayStore.makeFolder(path(of: name))
  }

  /// Reads, without waiting for writers; everything in one call sees one state.
  func read<Value>(_ body: (Database) throws -> Value) throws(AssayError) -> Value {
    try explaining { () throws(AssayError) in try storing(folder) { try pool.read(body) } }
  }

  /// Writes in one transaction that is undone whole where `body` throws.
  @discardableResult
  func write<Value>(_ body: (Database) throws -> Value) throws(AssayError) -> Value {
    try explaining { () throws(AssayError) in try storing(folder) { try pool.write(body) } }
  }

  /// Says why nothing is found in a store that stands for none.
  private func explaining<Value>(
    _ step: () throws(AssayError) -> Value
  ) throws(AssayError) -> Value {
    do throws(AssayError) {
      return try step()
    } catch where isStandIn && error.code == .notFound {
      throw AssayError(
        error.code, error.message + " Nothing was kept in \(folder) yet.", details: error.details)
    }
  }
}

/// The database was made by a later version of Assay.
struct NewerVersion: Error {}
