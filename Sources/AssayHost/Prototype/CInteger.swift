/// An integer type of C, under its canonical spelling.
///
/// `long unsigned int` and `unsigned long` are one; `uint64_t` is another of the
/// same width, kept apart because a name such as `size_t` says what is meant.
public enum CInteger: String, Sendable, Hashable, CaseIterable {
  case int8 = "int8_t"
  case int16 = "int16_t"
  case int32 = "int32_t"
  case int64 = "int64_t"
  case uint8 = "uint8_t"
  case uint16 = "uint16_t"
  case uint32 = "uint32_t"
  case uint64 = "uint64_t"
  case signedChar = "signed char"
  case unsignedChar = "unsigned char"
  case short
  case unsignedShort = "unsigned short"
  case int
  case unsignedInt = "unsigned int"
  case long
  case unsignedLong = "unsigned long"
  case longLong = "long long"
  case unsignedLongLong = "unsigned long long"
  case size = "size_t"
  case signedSize = "ssize_t"
  case pointerDifference = "ptrdiff_t"
  case intPointer = "intptr_t"
  case unsignedIntPointer = "uintptr_t"

  /// The width in bytes on the machine that this was compiled for.
  public var byteCount: Int {
    switch self {
    case .int8, .uint8, .signedChar, .unsignedChar: 1
    case .int16, .uint16: 2
    case .int32, .uint32: 4
    case .int64, .uint64: 8
    case .short, .unsignedShort: MemoryLayout<CShort>.size
    case .int, .unsignedInt: MemoryLayout<CInt>.size
    case .long, .unsignedLong: MemoryLayout<CLong>.size
    case .longLong, .unsignedLongLong: MemoryLayout<CLongLong>.size
    case .size, .signedSize, .pointerDifference, .intPointer, .unsignedIntPointer:
      MemoryLayout<Int>.size
    }
  }

  /// Whether negative numbers are among its values.
  public var isSigned: Bool {
    switch self {
    case .uint8, .uint16, .uint32, .uint64, .unsignedChar, .unsignedShort, .unsignedInt,
      .unsignedLong, .unsignedLongLong, .size, .unsignedIntPointer:
      false
    default: true
    }
  }
}
