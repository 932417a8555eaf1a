/// A type that a prototype may name.
///
/// Only what libffi passes the same way on every machine is here; the parser
/// refuses the rest. ``character``, ``structure(tag:)``, ``union(tag:)`` and
/// ``named(_:)`` occur behind pointers only.
public indirect enum CType: Sendable, Hashable {
  /// As a result, or behind a pointer.
  case void
  /// `bool`: one byte, 0 or 1.
  case bool
  case integer(CInteger)
  case float
  case double
  /// `char`, the element of a text.
  case character
  /// `struct tag`, whose insides nobody needs to know.
  case structure(tag: String)
  /// `union tag`, likewise.
  case union(tag: String)
  /// A type that the author has defined elsewhere.
  case named(String)
  /// A pointer; `isConst` says that what it points to may not be written.
  case pointer(to: CType, isConst: Bool)
  /// A pointer to a function; the prototype has no name.
  case function(Prototype)
}

extension CType {
  /// Whether a value of this type is an address.
  public var isPointer: Bool {
    switch self {
    case .pointer, .function: true
    default: false
    }
  }

  /// What a pointer to data points to.
  public var pointee: CType? {
    if case .pointer(let pointee, _) = self { pointee } else { nil }
  }

  /// Whether this is a number: an integer or a floating one. A truth value is not.
  public var isNumber: Bool {
    switch self {
    case .integer, .float, .double: true
    default: false
    }
  }

  /// Whether a value of this type can be passed or returned.
  var isComplete: Bool {
    switch self {
    case .character, .structure, .union, .named, .void: false
    default: true
    }
  }

  /// The size in bytes of a value; nil for what is never a value.
  public var byteCount: Int? {
    switch self {
    case .void, .structure, .union, .named: nil
    case .bool, .character: 1
    case .integer(let integer): integer.byteCount
    case .float: 4
    case .double: 8
    case .pointer, .function: MemoryLayout<Int>.size
    }
  }
}
