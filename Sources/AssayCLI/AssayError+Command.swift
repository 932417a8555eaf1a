import AssayCore

extension AssayError.Code {
  /// A configuration that is not YAML, or holds something that no key allows.
  static let configInvalid = Self(rawValue: "config.invalid")
  /// A key that no configuration has.
  static let configUnknownKey = Self(rawValue: "config.unknown-key")
  /// A file that cannot be read.
  static let fileUnreadable = Self(rawValue: "file.unreadable")
  /// A file that would be overwritten.
  static let fileExists = Self(rawValue: "file.exists")
  /// A file or a stream that cannot be written: no space, no permission.
  static let fileUnwritable = Self(rawValue: "file.not-writable")
}
