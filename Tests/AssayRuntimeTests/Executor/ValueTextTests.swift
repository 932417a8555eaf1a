import AssayArrow
import AssayJSON
import Testing

@testable import AssayRuntime

@Suite struct `The text of a value that a row keeps` {
  private func list(_ elements: Column) -> Column { Column(lists: elements, ends: [elements.length]) }

  /// Of the first row.
  @Test(arguments: [
    (Column(["as \"it\" is"] as [String?]), #""as \"it\" is""#), (Column([0.5]), "0.5"),
    (Column([2.0]), "2.0"),
    (Column([true] as [Bool?]), "true"), (Column([Int64(-7)]), "-7"), (Column([nil] as [String?]), nil),
    (Column(nulls: 1), nil), (Column(binary: [[1, 2, 3]]), "\"3 bytes\""),
    (Column(lists: Column([1.5, 2.5]), ends: [2]), "[1.5,2.5]"),
    (Column(lists: Column([Double]()), ends: [0]), "[]"),
    (Column(lists: Column(["a\n", nil] as [String?]), ends: [2]), #"["a\n",null]"#),
    (Column(lists: Column([Double.nan, .infinity]), ends: [2]), "[null,null]"),
    (Column(lists: Column([true, nil] as [Bool?]), ends: [2]), "[true,null]"),
    (Column(lists: Column(lists: Column([Int64(1), 2, 3]), ends: [1, 3]), ends: [2]), "[[1],[2,3]]"),
  ])
  func `is JSON, and nil for null`(column: Column, text: String?) {
    #expect(ValueText.text(of: column, at: 0) == text)
  }

  @Test func `is that of the row and not of its neighbours`() {
    let column = Column(lists: Column([Int64(1), 2, 3]), ends: [1, 1, 3])
    #expect((0..<3).map { ValueText.text(of: column, at: $0) } == ["[1]", "[]", "[2,3]"])
    let sliced = column.slice(offset: 1, count: 2)
    #expect((0..<2).map { ValueText.text(of: sliced, at: $0) } == ["[]", "[2,3]"])
  }

  @Test func `ends a long list with how many elements are left out`() throws {
    let text = try #require(ValueText.text(of: list(Column((0..<10_000).map { Double($0) + 0.5 })), at: 0))
    #expect(text.utf8.count > ValueText.limit && text.utf8.count < ValueText.limit + 40)
    let elements = try #require(try JSONValue(parsing: text).arrayValue)
    let kept = elements.dropLast().compactMap(\.doubleValue)
    #expect(kept == (0..<kept.count).map { Double($0) + 0.5 })
    #expect(elements.last?.stringValue == "… \(10_000 - kept.count) more")
  }

  @Test func `cuts what is long inside of a list, and stays JSON`() throws {
    let long = String(repeating: "é", count: 5000)
    let column = list(Column([long, "b"] as [String?]))
    let texts = try JSONValue(parsing: try #require(ValueText.text(of: column, at: 0)))
    let first = try #require(texts.arrayValue?.first?.stringValue)
    #expect(first.hasSuffix("…") && first.utf8.count < ValueText.limit + 8)
    #expect(texts.arrayValue?.last?.stringValue == "… 1 more")
    let nested = list(Column(lists: Column([Double](repeating: 0.25, count: 9000)), ends: [4000, 9000]))
    let lists = try JSONValue(parsing: try #require(ValueText.text(of: nested, at: 0)))
    #expect(lists.arrayValue?.count == 2 && lists.arrayValue?.last?.stringValue == "… 1 more")
    #expect(lists.arrayValue?.first?.arrayValue?.last?.stringValue?.hasSuffix(" more") == true)
  }

  @Test func `leaves a text whole that is no element of a list`() {
    let long = String(repeating: "x", count: 100_000)
    let both = ValueText.text(of: [("a", Column([long] as [String?])), ("b", Column([1.5]))], at: 0)
    #expect(both == #"{"a":"\#(long)","b":1.5}"#)
  }

  @Test func `of several roles is an object, and nil where none has a value`() {
    let columns: [(String, Column)] = [
      ("boxes", Column(lists: Column([Int64(1)]), ends: [1, 1])), ("name", Column(["n", nil] as [String?])),
    ]
    #expect(ValueText.text(of: columns, at: 0) == #"{"boxes":[1],"name":"n"}"#)
    #expect(ValueText.text(of: columns, at: 1) == #"{"boxes":[],"name":null}"#)
    #expect(ValueText.text(of: [("x", Column(nulls: 1)), ("y", Column(nulls: 1))], at: 0) == nil)
  }
}
