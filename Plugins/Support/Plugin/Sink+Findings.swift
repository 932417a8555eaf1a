public import AssayArrow
public import AssayPluginKit
public import KernelSupport

extension Sink {
  /// What the kernels have to know of the run's wishes.
  public var request: Request {
    Request(intervalLevel: intervalLevel) { wants($0) }
  }

  /// Reports everything that a kernel found.
  public func report(_ findings: Findings) throws(PluginError) {
    for finding in findings.metrics {
      if let value = finding.value {
        try metric(finding.name, value, MetricDetail(finding))
      } else {
        try undefined(finding.name, finding.reason ?? "It is undefined.", MetricDetail(finding))
      }
    }
    for found in findings.tables { try table(found.name, RecordBatch(found)) }
  }
}

extension MetricDetail {
  /// What stands behind a finding.
  public init(_ finding: Finding) {
    self.init()
    numerator = finding.numerator
    denominator = finding.denominator
    support = finding.support
    skipped = finding.skipped
    standardError = finding.standardError
    method = finding.method
    conventional = finding.conventional
  }
}

extension RecordBatch {
  /// A found table as Arrow: numbers are `float64`, counts `int64`, texts `utf8`.
  public init(_ found: FoundTable) {
    let columns = found.columns.map { Column($0.values) }
    self.init(
      schema: Schema(zip(found.columns, columns).map { Field($0.name, $1.type) }),
      columns: columns, rowCount: columns.first?.length ?? 0)
  }
}

extension Column {
  fileprivate init(_ values: FoundTable.Values) {
    switch values {
    case .numbers(let numbers): self.init(numbers)
    case .counts(let counts): self.init(counts.map(Int64.init))
    case .optionalCounts(let counts): self.init(counts.map { $0.map(Int64.init) })
    case .texts(let texts): self.init(texts)
    }
  }
}
