public import KernelSupport

extension DetectionState {
  /// Prepares for ``replicate(_:_:)``.
  ///
  /// - Throws: ``KernelError`` `invalid` where the images came without row numbers,
  ///   `badData` where one came twice.
  public mutating func prepareReplicas() throws(KernelError) {
    try join()
    guard let block = blocks.first, block.rows.isEmpty else { return }
    throw KernelError(.invalid, "Replicates need the role row_id.")
  }

  /// The metrics of a bootstrap replicate, in which each image counts as often as it was
  /// drawn, as if it were there as many times. May be called from several threads at once.
  ///
  /// The confidence is the parameter, or the one that is best in the replicate.
  ///
  /// - Precondition: ``prepareReplicas()`` was called after the last image was added.
  /// - Complexity: O(*n*) in the detections, and a copy of those that were drawn.
  public func replicate(_ request: Request, _ draw: Draw) -> Findings {
    var drawn = self
    drawn.blocks = []
    if var block = blocks.first {
      block.keepForMetrics()
      let counts = draws(of: block.rows, draw)
      let images = counts.indices.flatMap { Array(repeating: $0, count: Int(counts[$0])) }
      if !images.isEmpty { drawn.blocks = [block.picking(images, options)] }
    }
    let metrics = Request { request.wants($0) && !DetectionReport.tableNames.contains($0) }
    return DetectionReport(RunSummary(drawn), metrics).findings
  }
}

extension ImageBlock {
  /// Drops what only tables show.
  fileprivate mutating func keepForMetrics() {
    pairs = OverlapPairs()
    details = ImageDetails()
    detections.boxes = []
    truths.boxes = []
  }
}
