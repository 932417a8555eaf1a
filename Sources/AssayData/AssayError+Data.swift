public import AssayCore

extension AssayError.Code {
  /// The text does not name a source that this build can read.
  public static let sourceInvalid = Self(rawValue: "data.invalid-source")
  /// The text is not a range of rows.
  public static let rangeInvalid = Self(rawValue: "data.invalid-range")
  /// The file is not there.
  public static let fileMissing = Self(rawValue: "data.missing-file")
  /// The file is a folder, cannot be opened or holds nothing.
  public static let fileUnreadable = Self(rawValue: "data.unreadable-file")
  /// There is no column of that name.
  public static let columnMissing = Self(rawValue: "data.missing-column")
  /// Both sides have the column, and nothing says which one is meant.
  public static let columnAmbiguous = Self(rawValue: "data.ambiguous-column")
  /// A row of a JSON source cannot be read.
  public static let rowInvalid = Self(rawValue: "data.invalid-row")
  /// A key occurs twice on a side of a join.
  public static let keyDuplicate = Self(rawValue: "data.duplicate-key")
  /// A row has no key, or the key is of a type that cannot be compared.
  public static let keyInvalid = Self(rawValue: "data.invalid-key")
  /// The sides have different numbers of rows and no key to join on.
  public static let lengthMismatch = Self(rawValue: "data.different-lengths")
  /// Rows of one key differ in a column that has one value for each key.
  public static let groupDiffers = Self(rawValue: "data.differing-group")
  /// A row of the sample has a key that the ground truth does not have.
  public static let keyUnknown = Self(rawValue: "data.unknown-key")
}
