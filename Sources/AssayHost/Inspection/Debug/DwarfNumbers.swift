/// The kinds of entries that matter here, as DWARF numbers them.
enum DwarfTag {
  static let arrayType: UInt64 = 0x01
  static let classType: UInt64 = 0x02
  static let enumerationType: UInt64 = 0x04
  static let formalParameter: UInt64 = 0x05
  static let pointerType: UInt64 = 0x0F
  static let referenceType: UInt64 = 0x10
  static let structureType: UInt64 = 0x13
  static let subroutineType: UInt64 = 0x15
  static let typedef: UInt64 = 0x16
  static let unionType: UInt64 = 0x17
  static let unspecifiedParameters: UInt64 = 0x18
  static let baseType: UInt64 = 0x24
  static let constType: UInt64 = 0x26
  static let subprogram: UInt64 = 0x2E
  static let volatileType: UInt64 = 0x35
  static let restrictType: UInt64 = 0x37
  static let namespace: UInt64 = 0x39
  static let rvalueReferenceType: UInt64 = 0x42
  static let atomicType: UInt64 = 0x47
}

/// The attributes that matter here.
enum DwarfAttribute {
  static let name: UInt64 = 0x03
  static let byteSize: UInt64 = 0x0B
  static let lowPC: UInt64 = 0x11
  static let language: UInt64 = 0x13
  static let producer: UInt64 = 0x25
  static let prototyped: UInt64 = 0x27
  static let abstractOrigin: UInt64 = 0x31
  static let declaration: UInt64 = 0x3C
  static let encoding: UInt64 = 0x3E
  static let external: UInt64 = 0x3F
  static let specification: UInt64 = 0x47
  static let type: UInt64 = 0x49
  static let linkageName: UInt64 = 0x6E
  static let stringOffsetsBase: UInt64 = 0x72
  static let addressBase: UInt64 = 0x73
  static let oldLinkageName: UInt64 = 0x2007
}

/// The forms whose numbers are needed by name.
enum DwarfForm {
  static let implicitConst: UInt64 = 0x21
}
