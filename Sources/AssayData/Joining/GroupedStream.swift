public import AssayArrow
public import AssayCore

/// A table with a row for each element, such as a box, as one with a row for each key,
/// such as an image.
///
/// Keys come as they are first seen, elements in the order of their rows. A row without a
/// value in any of the columns that become lists adds its key and no element: so a table
/// says that an image has no boxes. The other columns must not differ within a key.
public final class GroupedStream: BatchStream {
  public let schema: Schema
  private let stream: any BatchStream
  private let key: String
  private let lists: Set<String>
  private let name: String
  private let side: Side
  private var isAtEnd = false

  /// - Parameters:
  ///   - key: The column whose values belong together.
  ///   - lists: The columns that become lists; those that hold lists already become
  ///     lists of lists.
  ///   - name: What messages call the table.
  /// - Throws: `data.missing-column`. `next` throws `data.invalid-key` and
  ///   `data.differing-group`.
  public init(
    _ stream: any BatchStream, by key: String, lists: Set<String>, named name: String, side: Side
  ) throws(AssayError) {
    guard stream.schema.index(of: key) != nil else { throw JoinRule(on: key).missingKey(side) }
    self.stream = stream
    self.key = key
    self.lists = lists.subtracting([key])
    self.name = name
    self.side = side
    schema = Schema(
      stream.schema.fields.map { field in
        lists.contains(field.name) && field.name != key
          ? Field(field.name, .list(Field("item", field.type.decoded))) : Field(field.name, field.type.decoded)
      }, metadata: stream.schema.metadata)
  }

  /// All rows at once; nil after that.
  public func next() throws(AssayError) -> RecordBatch? {
    guard !isAtEnd, let table = try collected() else { return nil }
    let keys = try JoinKeys(
      table[index(of: key)], named: key, side: side, asText: false, firstRow: 0)
    let groups = KeyGroups(keys)
    let listed = schema.fields.indices.filter { lists.contains(schema.fields[$0].name) }
    let (rows, ends) = groups.members { row in listed.contains { table[$0].isValid(row) } }
    let isInOrder = rows.count == groups.groups.count && rows.indices.allSatisfy { rows[$0] == $0 }
    var columns: [Column] = []
    for (position, column) in table.enumerated() {
      if listed.contains(position) {
        columns.append(Column(lists: isInOrder ? column : column.gather(rows), ends: Array(ends.dropFirst())))
      } else {
        try checkAlike(column, schema.fields[position].name, groups, keys)
        columns.append(column.gather(groups.firstRows))
      }
    }
    let fields = zip(schema.fields, columns).map { Field($0.name, $1.type) }
    return RecordBatch(schema: Schema(fields), columns: columns, rowCount: groups.firstRows.count)
  }

  private func index(of column: String) -> Int { schema.index(of: column) ?? 0 }

  /// The columns of all rows; nil where there are none.
  private func collected() throws(AssayError) -> [Column]? {
    var parts = [[Column]](repeating: [], count: schema.fields.count)
    var rows = 0
    while let batch = try stream.next() {
      guard batch.rowCount > 0 else { continue }
      rows += batch.rowCount
      for (position, column) in batch.columns.enumerated() { parts[position].append(column.decoded()) }
    }
    isAtEnd = true
    guard rows <= Int(Int32.max) else {
      throw AssayError(.keyInvalid, "\(name) has \(rows) rows, more than can be put together by key.")
    }
    return rows == 0 ? nil : parts.map { Column.concatenate($0) }
  }

  private func checkAlike(
    _ column: Column, _ columnName: String, _ groups: KeyGroups, _ keys: JoinKeys
  ) throws(AssayError) {
    guard columnName != key else { return }
    for row in groups.groups.indices {
      let first = Int(groups.firstRows[Int(groups.groups[row])])
      guard first != row, !column.hasSameValue(first, row) else { continue }
      throw AssayError(
        .groupDiffers,
        "\(name): rows \(first + 1) and \(row + 1) have the same \(key) \"\(keys.text(at: row))\" and differ "
          + "in \"\(columnName)\", which has one value for each \(key).",
        details: ["key": keys.text(at: row), "column": columnName, "row": String(row + 1), "file": name])
    }
  }
}

extension DataType {
  /// The type of the values behind a dictionary; the type itself for any other.
  var decoded: DataType {
    if case .dictionary(_, let values) = self { values } else { self }
  }
}
