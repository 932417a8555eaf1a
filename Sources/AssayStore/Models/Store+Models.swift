import GRDB

public import AssayCore
public import AssayJSON

extension Store {
  /// Adds a model with its first version.
  ///
  /// - Throws: `registry.conflict` where the name or the id is taken.
  public func createModel(
    name: String, description: String? = nil, metadata: JSONObject = [:],
    state: ModelVersion.State = .ready, id: String? = nil, scope: Scope = .local
  ) throws(AssayError) -> StoredModel {
    try check(name: name, field: "name", of: .model)
    return try write { database in
      try Self.checkFree(id: id, of: .model, scope, database)
      let id = id ?? ObjectKind.model.makeID()
      guard try Self.modelID(name, scope, database) == nil else {
        throw AssayError(
          .conflict,
          "There is a model \"\(name)\" already. Add a version to it with: assay models update \(name) --new-version",
          details: ["name": name])
      }
      try database.execute(
        sql: """
          INSERT INTO models (id, project, owner, metadata, created_at, updated_at, name, description)
          VALUES (?, ?, ?, ?, \(now), \(now), ?, ?)
          """,
        arguments: [id, scope.project, scope.owner, metadata.text, name, description])
      try Self.insertModelVersion(1, of: id, state, metadata, database)
      return try Self.model(id, database)
    }
  }

  /// Changes a model: all that is asked for, or nothing.
  ///
  /// - Throws: `registry.not-found` for a model or a version, `registry.conflict` for
  ///   promoting a version that is not ready.
  public func updateModel(
    _ reference: String, _ change: ModelChange, scope: Scope = .local
  ) throws(AssayError) -> StoredModel {
    try changeModel(reference, scope) { current, database in
      let next = change.words.applied(to: current.description, current.metadata)
      try database.execute(
        sql: "UPDATE models SET description = ?, metadata = ? WHERE id = ?",
        arguments: [next.description, next.metadata.text, current.id])
      if let state = change.added {
        let last = current.versions.last?.number ?? 0
        try Self.insertModelVersion(
          last + 1, of: current.id, state, change.addedMetadata, database)
      }
      if let state = change.state {
        try Self.set(state, of: current, version: change.version, database)
      }
      if let version = change.promoted {
        try Self.promote(version, of: Self.model(current.id, database), database)
      }
    }
  }

  /// The model of that id or name.
  ///
  /// - Throws: `registry.not-found` with near names.
  public func model(_ reference: String, scope: Scope = .local) throws(AssayError) -> StoredModel {
    try read { try Self.findModel(reference, scope, $0) }
  }

  /// The models that are not deleted, the oldest first.
  public func models(page: Page = Page(), scope: Scope = .local) throws(AssayError) -> Listing<StoredModel> {
    try read { database in
      let place = "models WHERE project = ? AND deleted_at IS NULL"
      let total = try Int.fetchOne(
        database, sql: "SELECT count(*) FROM \(place)", arguments: [scope.project])
      let ids = try String.fetchAll(
        database, sql: "SELECT id FROM \(place) ORDER BY created_at, rowid LIMIT ? OFFSET ?",
        arguments: [scope.project, page.limit, page.offset])
      return Listing(elements: try ids.map { try Self.model($0, database) }, total: total ?? 0)
    }
  }

  /// Hides a model; its versions stay for the runs that used them.
  public func deleteModel(_ reference: String, scope: Scope = .local) throws(AssayError) -> String {
    try write { database in
      let id = try Self.findModel(reference, scope, database).id
      try database.execute(
        sql: "UPDATE models SET deleted_at = \(now) WHERE id = ?", arguments: [id])
      return id
    }
  }

  /// Registers the outputs of a model version for a data set version.
  ///
  /// - Parameter model: `NAME`, or `NAME@VERSION`.
  public func addPrediction(
    model: String, dataset: String, contentHash: String, file: String, scope: Scope = .local
  ) throws(AssayError) -> Prediction {
    try write { database in
      let (found, version) = try Self.findVersion(ofModel: model, scope, database)
      let data = try Self.findDataset(dataset, scope, database)
      let id = ObjectKind.prediction.makeID()
      try database.execute(
        sql: """
          INSERT INTO predictions (id, model_id, model_version, dataset_id, dataset_version, content_hash, file, created_at)
          VALUES (?, ?, ?, ?, ?, ?, ?, \(now))
          """,
        arguments: [id, found.id, version, data.id, data.version.number, contentHash, file])
      return try Self.predictions("p.id = ?", [id], database)[0]
    }
  }

  /// The outputs that are registered for a model, the newest first.
  ///
  /// - Parameter dataset: Only those for this data set, at the version that it names.
  public func predictions(
    ofModel model: String, dataset: String? = nil, scope: Scope = .local
  ) throws(AssayError) -> [Prediction] {
    try read { database in
      let (found, version) = try Self.findVersion(ofModel: model, scope, database)
      var condition = "p.model_id = ? AND p.model_version = ?"
      var arguments: StatementArguments = [found.id, version]
      if let dataset {
        let data = try Self.findDataset(dataset, scope, database)
        condition += " AND p.dataset_id = ? AND p.dataset_version = ?"
        arguments += [data.id, data.version.number]
      }
      return try Self.predictions(condition, arguments, database)
    }
  }
}
