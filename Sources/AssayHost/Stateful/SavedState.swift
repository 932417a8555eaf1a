import AssayCore

/// The host's envelope around the bytes that a plugin saved.
///
/// Little-endian: `ASSAYST` and a zero byte, the envelope's version and the length of
/// the name (32 bits each), the digests of definition and parameters, the number of
/// rows and of bytes of the body (64 bits each), the name, the body, and a checksum
/// over all of it (64 bits).
struct SavedState: Sendable, Hashable {
  /// What made a state: only a state of the same identity may be merged or loaded.
  struct Identity: Sendable, Hashable {
    /// `name@version`.
    var name: String
    var definition: UInt64
    var parameters: UInt64
  }

  var identity: Identity
  var rows: Int
  var body: [UInt8]

  init(identity: Identity, rows: Int, body: [UInt8]) {
    self.identity = identity
    self.rows = rows
    self.body = body
  }

  private static let magic = [UInt8]("ASSAYST\0".utf8)
  static let version: UInt64 = 1
  private static let headerLength = 48

  func encoded() -> [UInt8] {
    let name = [UInt8](identity.name.utf8)
    var bytes = Self.magic
    bytes.append(Self.version, count: 4)
    bytes.append(UInt64(name.count), count: 4)
    for value in [identity.definition, identity.parameters, UInt64(rows), UInt64(body.count)] {
      bytes.append(value, count: 8)
    }
    bytes += name
    bytes += body
    bytes.append(digest(of: bytes), count: 8)
    return bytes
  }

  /// Reads an envelope of any origin.
  ///
  /// - Throws: `plugin.saved-state` where it is none, damaged, cut, of a newer version,
  ///   or of another evaluator, definition or parameters than `expected`.
  init(decoding bytes: [UInt8], expecting expected: Identity) throws(AssayError) {
    guard bytes.count >= Self.headerLength + 8, bytes.starts(with: Self.magic) else {
      throw Self.fault("This is no saved state, or its beginning is missing.")
    }
    let version = bytes.number(at: 8, count: 4)
    guard version == Self.version else {
      throw Self.fault("The saved state has the envelope version \(version); this host reads \(Self.version).")
    }
    let nameLength = Int(bytes.number(at: 12, count: 4))
    let bodyLength = bytes.number(at: 40, count: 8)
    let room = bytes.count - Self.headerLength - 8 - nameLength
    guard room >= 0, bodyLength == UInt64(room) else { throw Self.fault("The saved state was cut, or has grown.") }
    let end = bytes.count - 8
    guard digest(of: bytes[..<end]) == bytes.number(at: end, count: 8) else {
      throw Self.fault("The saved state is damaged: its checksum does not fit.")
    }
    let bodyStart = Self.headerLength + nameLength
    identity = Identity(
      name: String(decoding: bytes[Self.headerLength..<bodyStart], as: UTF8.self),
      definition: bytes.number(at: 16, count: 8), parameters: bytes.number(at: 24, count: 8))
    guard let rows = Int(exactly: bytes.number(at: 32, count: 8)) else {
      throw Self.fault("The saved state is damaged: it counts too many rows.")
    }
    self.rows = rows
    body = [UInt8](bytes[bodyStart..<end])
    try check(expected)
  }

  private func check(_ expected: Identity) throws(AssayError) {
    if identity.name != expected.name {
      throw Self.fault("The saved state is one of \(identity.name), not of \(expected.name).")
    }
    if identity.definition != expected.definition {
      throw Self.fault("The saved state was made by another definition of \(expected.name).")
    }
    if identity.parameters != expected.parameters {
      throw Self.fault("The saved state of \(expected.name) was made with other parameters.")
    }
  }

  private static func fault(_ message: String) -> AssayError { AssayError(.pluginSavedState, message) }
}

/// 64-bit FNV-1a: tells damage and difference, keeps out no attacker.
func digest(of bytes: some Sequence<UInt8>) -> UInt64 {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
  return hash
}

extension [UInt8] {
  fileprivate mutating func append(_ value: UInt64, count: Int) {
    for index in 0..<count { append(UInt8(truncatingIfNeeded: value >> UInt64(8 * index))) }
  }

  fileprivate func number(at position: Int, count: Int) -> UInt64 {
    (0..<count).reduce(0) { $0 | UInt64(self[position + $1]) << UInt64(8 * $1) }
  }
}
