import KernelSupport
import Testing
import VisionKernels

@Suite struct `Replicates of detection` {
  /// A state with row numbers.
  private func state(_ rows: [ReferenceCase.Row], _ data: ReferenceCase) throws -> DetectionState {
    var state = try DetectionState(
      options: data.options,
      classes: ClassTable(declaring: data.categories.map { .init(id: $0, name: "class \($0)") }))
    try state.add(rows, numbered: true)
    try state.prepareReplicas()
    return state
  }

  /// The values of the metrics, to a rounding error.
  private func values(_ findings: Findings) -> [String: Double] {
    Dictionary(uniqueKeysWithValues: findings.metrics.map {
      ($0.name, (($0.value ?? -1) * 1e12).rounded() / 1e12)
    })
  }

  @Test(arguments: ReferenceCase.all)
  func `in which each image counts once say what the images say`(data: ReferenceCase) throws {
    var state = try state(data.rows, data)
    let replicate = state.replicate(Request()) { rows, counts in
      for index in rows.indices { counts[index] = 1 }
    }
    #expect(replicate.metrics == (try state.finish(Request()).metrics))
    #expect(replicate.tables.isEmpty)
  }

  @Test(arguments: ReferenceCase.all)
  func `count an image as often as it was drawn`(data: ReferenceCase) throws {
    // Copies have names of their own, between the image's and the next one's.
    var copies: [ReferenceCase.Row] = []
    for (index, row) in data.rows.enumerated() {
      for copy in 0..<index % 3 {
        copies.append(row)
        copies[copies.count - 1].image_id = row.image_id * 4 + Int64(copy)
      }
    }
    let replicate = try state(data.rows, data).replicate(Request()) { rows, counts in
      for index in rows.indices { counts[index] = UInt8(rows[index] % 3) }
    }
    var repeated = try state(copies, data)
    #expect(values(replicate) == (try values(repeated.finish(Request()))))
  }

  @Test func `need row numbers`() throws {
    let data = try #require(ReferenceCase.all.first)
    var state = try DetectionState(
      data.rows, categories: data.categories.map { .init(id: $0, name: "class \($0)") }, data.options)
    let error = #expect(throws: KernelError.self) { try state.prepareReplicas() }
    #expect(error?.message == "Replicates need the role row_id.")
  }
}
