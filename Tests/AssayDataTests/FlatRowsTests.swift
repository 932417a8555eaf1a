import AssayArrow
import AssayCore
import AssayData
import Testing

/// Rows are read straight from the index of signs where they are plain objects. Each
/// case is read so, and in the general way, which a column of lists calls for.
@Suite struct `Plain JSON rows` {
  let folder = Folder()

  private func columns(_ text: String, _ requests: [ColumnRequest]) throws -> [[String?]] {
    let table = try open(folder.file("a.jsonl", text))
    let names = requests.map(\.name)
    let batches = try table.read(requests).collect()
    return names.indices.map { index in batches.flatMap { $0.columns[index].texts } }
  }

  private static let wanted = [
    ColumnRequest("n", accepts: [.float64]), ColumnRequest("i", accepts: [.int64]),
    ColumnRequest("b", accepts: [.bool]), ColumnRequest("t", accepts: [.utf8]),
  ]

  @Test(arguments: [
    #"{"n":1,"i":2,"b":true,"t":"x"}"#,
    #"{"n":0.1,"i":-0,"b":false,"t":""}"#,
    #"{ "t" : "a b" , "b" : null , "i" : 9223372036854775807 , "n" : -12.5 }"#,
    #"{"n":1e-3,"i":12,"t":"e\u00e9\n\"}{"}"#,
    #"{"n":0.30000000000000004,"t":12.50,"i":7}"#,
    #"{"n":123456789012345,"i":null,"t":true,"x":{"n":5,"y":[1,{"n":6}]}}"#,
    #"{"n":1234567890123456,"n":2,"t":null}"#,
    #"{"x":[],"y":{},"z":"}","n":99999999.9999999}"#,
    #"{"n":5e-324,"i":3.0}"#, #"{"n":1.7976931348623157e308,"extra":tru}"#,
    #"{"\u006e":7,"n":8}"#, #"{"n":NaN}"#, "{}",
  ])
  func `hold the same as in the general way`(row: String) throws {
    // The first row tells the types and the order of the keys.
    let text = #"{"n":0.5,"i":1,"b":true,"t":"t","l":[1]}"# + "\n" + row + "\n\n" + row + "\r\n"
    let plain = try columns(text, Self.wanted)
    let general = try columns(text, Self.wanted + [ColumnRequest("l")])
    #expect(plain == Array(general.prefix(4)))
    #expect(plain.allSatisfy { $0.count == 3 })
  }

  @Test(arguments: [
    ("0.1", "0.1"), ("-0.25", "-0.25"), ("123456.789012345", "123456.789012345"), ("1e22", "1e+22"),
    ("8.41", "8.41"), ("900719925474099.3", "900719925474099.2"), ("0.000000000000001", "1e-15"),
  ])
  func `have correctly rounded numbers`(written: String, read: String) throws {
    let found = try columns("{\"n\":\(written)}", [ColumnRequest("n", accepts: [.float64])])[0][0]
    #expect(found == read)
    #expect(found.flatMap { Double($0) } == Double(written))
  }

  @Test(arguments: ["01", "-", "1.", ".5", "1e", "+1", "0x10", "1 2", "-01", "", "1..2", "tru"])
  func `refuse what is no number`(written: String) {
    let error = failure {
      _ = try columns("{\"n\":1}\n{\"n\":\(written)}", [ColumnRequest("n", accepts: [.float64])])
    }
    #expect(error?.message.contains("row 2 (line 2)") == true, "\(error?.message ?? "no error")")
  }

  @Test(arguments: [
    "{\"n\":1} {\"n\":2}", "{\"n\":1}{\"n\":2}", "{\"n\":1,}", "{\"n\" 1}", "{\"n\":1 2}",
    "{\"n\":1}}", "{,\"n\":1}", "{\"n\":[1,2}", "{\"n\"", "[{\"n\":1}]", "{\"n\":1}\n5",
  ])
  func `refuse what is no row`(line: String) {
    let error = failure {
      _ = try columns("{\"n\":1}\n" + line + "\n", [ColumnRequest("n", accepts: [.float64])])
    }
    #expect(error != nil)
  }

  @Test func `of a range leave the others alone`() throws {
    let text = (0..<50).map { "{\"n\":\($0 == 3 ? "\"x\"" : String($0))}" }.joined(separator: "\n")
    let table = try open(folder.file("r.jsonl", text), range: RowRange(first: 10, end: 13))
    #expect(try table.read([ColumnRequest("n", accepts: [.int64])]).texts("n") == ["10", "11", "12"])
  }
}
