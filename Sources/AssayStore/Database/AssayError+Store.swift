import GRDB

public import AssayCore

extension AssayError.Code {
  /// The store's file is damaged, or is no database.
  public static let storeCorrupt = Self(rawValue: "store.corrupt")
  /// The store was made by a later version of Assay.
  public static let storeNewer = Self(rawValue: "store.newer-version")
  /// The store's folder or file cannot be written to.
  public static let storeReadOnly = Self(rawValue: "store.read-only")
  /// The disk is full.
  public static let storeFull = Self(rawValue: "store.disk-full")
  /// The store cannot be opened or used for another reason.
  public static let storeUnavailable = Self(rawValue: "store.unavailable")

  /// There is no object of that id or name.
  public static let notFound = Self(rawValue: "registry.not-found")
  /// The name or the id is taken, or the object has changed since it was read.
  public static let conflict = Self(rawValue: "registry.conflict")
  /// A field is missing, unknown, or of a value that it cannot have.
  public static let invalidField = Self(rawValue: "registry.invalid")
}

/// Runs a step over the database and puts its errors into words.
func storing<Value>(_ place: String, _ body: () throws -> Value) throws(AssayError) -> Value {
  do {
    return try body()
  } catch let error as AssayError {
    throw error
  } catch is NewerVersion {
    throw AssayError(
      .storeNewer,
      "The store \(place) was made by a later version of Assay. Use that version, or another folder.",
      details: ["store": place])
  } catch let error as DatabaseError {
    throw AssayError(error, place)
  } catch {
    throw AssayError(.storeUnavailable, "The store \(place): \(error)", details: ["store": place])
  }
}

extension AssayError {
  /// What a database error means to the user.
  init(_ error: DatabaseError, _ place: String) {
    let details = ["store": place, "sqlite": String(error.extendedResultCode.rawValue)]
    switch error.resultCode {
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
      self.init(
        .storeCorrupt,
        "The store \(place) is damaged or no store of Assay. Move it away, or put a copy of it back.",
        details: details)
    case .SQLITE_READONLY, .SQLITE_PERM:
      self.init(
        .storeReadOnly,
        "The store \(place) cannot be written to. Give yourself the right to, or name another folder in ASSAY_HOME.",
        details: details)
    case .SQLITE_CANTOPEN:
      self.init(
        .storeReadOnly,
        "The store \(place) cannot be opened or made. Look at the rights of the folder, or name another in ASSAY_HOME.",
        details: details)
    case .SQLITE_FULL:
      self.init(
        .storeFull, "The disk of the store \(place) is full; nothing was changed. Make room and try again.",
        details: details)
    case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_WRITE:
      self.init(
        .storeFull, "The store \(place) cannot be written to: the disk may be full. Nothing was changed.",
        details: details)
    case .SQLITE_BUSY:
      self.init(
        .storeUnavailable, "Another process has been writing to the store \(place) for a minute. Try again.",
        details: details)
    default:
      self.init(
        .storeUnavailable, "The store \(place): \(error.message ?? "unknown error").", details: details)
    }
  }
}
