import KernelSupport

extension NameTable {
  func save(to writer: inout StateWriter) { writer.write(names) { $0.write($1) } }

  /// - Throws: ``KernelError`` for bytes that are no table, such as one with a name twice.
  @_lifetime(reader: copy reader)
  init(from reader: inout StateReader) throws(KernelError) {
    self.init()
    for expected in 0..<(try reader.length(elementSize: 8)) {
      guard let name = try reader.text(), number(of: name) == expected else {
        throw StateReader.broken
      }
    }
  }
}
