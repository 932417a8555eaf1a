import AssayArrow
import AssayCore
import CAssayPlugin
import Testing

@Suite struct `The metadata of a schema` {
  @Test func `goes through the C interface and back`() throws {
    let metadata = ["assay.parameters": #"{"a": [1, "ü"]}"#, "": "", "pandas": String(repeating: "x", count: 70_000)]
    var exported = ArrowSchema()
    Schema([Field("x", .int64)], metadata: metadata).export(to: &exported)
    defer { exported.release?(&exported) }
    #expect(try Schema(importing: &exported).metadata == metadata)
  }

  @Test func `is null where there is none`() throws {
    var exported = ArrowSchema()
    Schema([Field("x", .int64)]).export(to: &exported)
    defer { exported.release?(&exported) }
    #expect(exported.metadata == nil)
    #expect(try Schema(importing: &exported).metadata.isEmpty)
  }

  @Test func `does not count where schemas are compared`() {
    #expect(Schema([Field("x", .int64)], metadata: ["a": "b"]) == Schema([Field("x", .int64)]))
    #expect(Schema([Field("x", .int64)]) != Schema([Field("x", .int32)]))
  }

  @Test(arguments: [
    [-1], [1, -1], [.max], [70_000], [1, 1 << 29], [1, 0, -5], [2, 0, 0, .min],
  ] as [[Int32]])
  func `is refused where its numbers make no sense`(numbers: [Int32]) throws {
    let error = #expect(throws: AssayError.self) { try imported(numbers.flatMap { bytes($0) }) }
    #expect(error?.code == .invalidArrow)
  }

  @Test func `keeps the first of two values, and repairs what is not UTF-8`() throws {
    let pairs = bytes(2) + bytes(1) + [0x61] + bytes(2) + [0xC3, 0x28] + bytes(1) + [0x61] + bytes(0)
    #expect(try imported(pairs) == ["a": "\u{FFFD}("])
  }

  private func bytes(_ number: Int32) -> [UInt8] { withUnsafeBytes(of: number) { Array($0) } }

  private func imported(_ metadata: [UInt8]) throws -> [String: String] {
    var exported = ArrowSchema()
    Schema([Field("x", .int64)]).export(to: &exported)
    defer { exported.release?(&exported) }
    return try metadata.withUnsafeBytes { bytes in
      exported.metadata = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      defer { exported.metadata = nil }
      return try Schema(importing: &exported).metadata
    }
  }
}
