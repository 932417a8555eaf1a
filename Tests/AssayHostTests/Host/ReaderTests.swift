import AssayArrow
import AssayCore
import AssayHost
import Testing

@Suite struct `A reader` {
  private func host() throws -> PluginHost {
    let folder = try FixtureLibrary.newFolder("reader-\(UInt64.random(in: 0 ... .max))")
    try FixtureLibrary.compile("reader.cpp", to: "\(folder)/libreader.so")
    return PluginHost(searchPath: PluginSearchPath(folders: [.init(path: folder)]))
  }

  @Test func `is found by the file's ending and gives batches`() throws {
    let host = try host()
    #expect(host.readableExtensions() == ["count", "count.gz"])
    let stream = try host.openReader(for: "COUNT", uri: "five.count")
    #expect(stream.schema.fields.map(\.name) == ["n"])
    let batch = try #require(try stream.next())
    #expect(batch.rowCount == 5)
    #expect(batch.column(named: "n")?.integer(at: 4) == 4)
    #expect(try stream.next() == nil)
  }

  @Test func `gives lists, whose elements a row function sees`() throws {
    let stream = try host().openReader(for: "count", uri: "lists.count")
    let batch = try #require(try stream.next())
    let sum = try described(
      "double sum_of_list(const double *values, size_t count)",
      bind: [("values", "values.ptr"), ("count", "values.len")])
    #expect(try sum.score(batch).scores == [0, 6, 4, 11])
    #expect(try sum.score(batch.slice(offset: 2, count: 2)).scores == [4, 11])
  }

  @Test(arguments: [
    ("missing.count", "data.read", "missing.count: there is no such file"),
    ("throwing.count", "plugin.exception", "while opening"),
    ("nothing.count", "plugin.misbehaved", "gave no stream"),
  ])
  func `says why it cannot open a file`(uri: String, code: String, text: String) throws {
    let host = try host()
    let error = #expect(throws: AssayError.self) { try host.openReader(for: "count", uri: uri) }
    #expect(error?.code.rawValue == code)
    #expect(error?.message.contains(text) == true)
  }

  @Test func `that throws in the middle fails its stream and nothing else`() throws {
    let stream = try host().openReader(for: "count", uri: "middle.count")
    let error = #expect(throws: AssayError.self) { try stream.next() }
    #expect(error?.message.contains("in the middle") == true)
  }

  @Test func `that is not there is named with the ones that are`() throws {
    let host = try host()
    let error = #expect(throws: AssayError.self) { try host.openReader(for: "cuont", uri: "x.cuont") }
    #expect(error?.code.rawValue == "plugin.unknown-reader")
    #expect(error?.message.contains("\"count\"") == true)
  }
}
