/// A Swift number that a column can hold as it is.
public protocol ArrowNumber: BitwiseCopyable, Sendable {
  static var dataType: DataType { get }
}

extension Int8: ArrowNumber { public static var dataType: DataType { .int8 } }
extension Int16: ArrowNumber { public static var dataType: DataType { .int16 } }
extension Int32: ArrowNumber { public static var dataType: DataType { .int32 } }
extension Int64: ArrowNumber { public static var dataType: DataType { .int64 } }
extension UInt8: ArrowNumber { public static var dataType: DataType { .uint8 } }
extension UInt16: ArrowNumber { public static var dataType: DataType { .uint16 } }
extension UInt32: ArrowNumber { public static var dataType: DataType { .uint32 } }
extension UInt64: ArrowNumber { public static var dataType: DataType { .uint64 } }
extension Float: ArrowNumber { public static var dataType: DataType { .float32 } }
extension Double: ArrowNumber { public static var dataType: DataType { .float64 } }
