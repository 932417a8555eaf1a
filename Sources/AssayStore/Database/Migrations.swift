import GRDB

/// The shape of the database, version by version. A migration that was published is
/// never changed; what comes later is a migration of its own.
enum Migrations {
  static var all: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { database in
      for part in [evaluators, containers, datasets, models, benchmarks, runs] {
        try database.execute(sql: part)
      }
    }
    return migrator
  }

  /// What every object has.
  private static let common = """
      id TEXT NOT NULL PRIMARY KEY,
      project TEXT NOT NULL,
      owner TEXT NOT NULL,
      metadata TEXT NOT NULL DEFAULT '{}',
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL,
      deleted_at TEXT
    """

  private static let containers = """
    CREATE TABLE containers (
      \(common),
      label TEXT NOT NULL,
      description TEXT,
      revision INTEGER NOT NULL DEFAULT 1
    );
    CREATE UNIQUE INDEX containers_by_label ON containers (project, label) WHERE deleted_at IS NULL;
    CREATE TABLE log_entries (
      container_id TEXT NOT NULL REFERENCES containers (id),
      position INTEGER NOT NULL,
      id TEXT NOT NULL,
      entry TEXT NOT NULL,
      created_at TEXT NOT NULL,
      PRIMARY KEY (container_id, position),
      UNIQUE (container_id, id)
    ) WITHOUT ROWID;
    """

  private static let evaluators = """
    CREATE TABLE evaluators (
      \(common),
      name TEXT NOT NULL,
      container_id TEXT REFERENCES containers (id),
      version INTEGER NOT NULL
    );
    CREATE INDEX evaluators_by_container ON evaluators (container_id);
    CREATE UNIQUE INDEX evaluators_by_name ON evaluators (project, name) WHERE deleted_at IS NULL;
    CREATE TABLE evaluator_versions (
      evaluator_id TEXT NOT NULL REFERENCES evaluators (id),
      version INTEGER NOT NULL,
      project TEXT NOT NULL,
      name TEXT NOT NULL,
      definition TEXT NOT NULL,
      fingerprint TEXT NOT NULL,
      created_at TEXT NOT NULL,
      PRIMARY KEY (evaluator_id, version),
      UNIQUE (project, name, version)
    ) WITHOUT ROWID;
    """

  private static let datasets = """
    CREATE TABLE datasets (
      \(common),
      name TEXT NOT NULL,
      description TEXT,
      version INTEGER NOT NULL
    );
    CREATE UNIQUE INDEX datasets_by_name ON datasets (project, name) WHERE deleted_at IS NULL;
    CREATE TABLE dataset_versions (
      dataset_id TEXT NOT NULL REFERENCES datasets (id),
      version INTEGER NOT NULL,
      content_hash TEXT NOT NULL,
      file TEXT NOT NULL,
      row_count INTEGER NOT NULL,
      splits TEXT NOT NULL,
      origin TEXT NOT NULL,
      created_at TEXT NOT NULL,
      PRIMARY KEY (dataset_id, version)
    ) WITHOUT ROWID;
    """

  private static let models = """
    CREATE TABLE models (
      \(common),
      name TEXT NOT NULL,
      description TEXT,
      promoted_version INTEGER,
      revision INTEGER NOT NULL DEFAULT 1
    );
    CREATE UNIQUE INDEX models_by_name ON models (project, name) WHERE deleted_at IS NULL;
    CREATE TABLE model_versions (
      model_id TEXT NOT NULL REFERENCES models (id),
      version INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('draft', 'training', 'ready')),
      metadata TEXT NOT NULL DEFAULT '{}',
      created_at TEXT NOT NULL,
      PRIMARY KEY (model_id, version)
    ) WITHOUT ROWID;
    CREATE TABLE predictions (
      id TEXT NOT NULL PRIMARY KEY,
      model_id TEXT NOT NULL,
      model_version INTEGER NOT NULL,
      dataset_id TEXT NOT NULL,
      dataset_version INTEGER NOT NULL,
      content_hash TEXT NOT NULL,
      file TEXT NOT NULL,
      created_at TEXT NOT NULL,
      FOREIGN KEY (model_id, model_version) REFERENCES model_versions (model_id, version),
      FOREIGN KEY (dataset_id, dataset_version) REFERENCES dataset_versions (dataset_id, version)
    );
    CREATE INDEX predictions_by_model ON predictions (model_id, model_version);
    """

  private static let benchmarks = """
    CREATE TABLE benchmarks (
      \(common),
      name TEXT NOT NULL,
      description TEXT,
      dataset_id TEXT NOT NULL REFERENCES datasets (id),
      dataset_version INTEGER,
      definition TEXT NOT NULL,
      revision INTEGER NOT NULL DEFAULT 1
    );
    CREATE UNIQUE INDEX benchmarks_by_name ON benchmarks (project, name) WHERE deleted_at IS NULL;
    """

  /// A run is kept by its number; an id that is used again is a later revision. One without a
  /// revision is being made or removed, and nobody sees it.
  ///
  /// `process_…` tell who does a run or is to begin with it, `lease` is the token of the
  /// execution that may write. It was worked on from `begun_at` to `worked_until`, and for
  /// `worked_seconds` before.
  private static let runs = """
    CREATE TABLE runs (
      number INTEGER NOT NULL PRIMARY KEY,
      id TEXT NOT NULL,
      revision INTEGER,
      project TEXT NOT NULL,
      owner TEXT NOT NULL,
      container_id TEXT REFERENCES containers (id),
      type TEXT NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('pending', 'running', 'completed', 'failed', 'cancelled')),
      message TEXT,
      config TEXT NOT NULL,
      sources TEXT,
      environment TEXT NOT NULL,
      dataset_id TEXT REFERENCES datasets (id),
      process_id INTEGER,
      process_place TEXT,
      process_start INTEGER,
      lease TEXT,
      lease_until REAL,
      spend REAL,
      metadata TEXT NOT NULL DEFAULT '{}',
      total_rows INTEGER,
      done_rows INTEGER NOT NULL DEFAULT 0,
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL,
      queued_at TEXT,
      started_at TEXT,
      finished_at TEXT,
      begun_at TEXT,
      worked_until TEXT,
      worked_seconds REAL NOT NULL DEFAULT 0,
      error TEXT,
      error_at TEXT,
      verdict TEXT,
      exit_code INTEGER,
      result TEXT,
      UNIQUE (project, id, revision)
    );
    CREATE INDEX runs_in_order ON runs (project, number);
    CREATE INDEX runs_unseen ON runs (number) WHERE revision IS NULL;
    CREATE TABLE run_copies (
      run INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
      folder TEXT NOT NULL,
      PRIMARY KEY (run, folder)
    ) WITHOUT ROWID;
    CREATE INDEX run_copies_by_folder ON run_copies (folder);
    CREATE TABLE run_evaluators (
      run INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      evaluator_id TEXT,
      version INTEGER,
      name TEXT NOT NULL,
      model TEXT,
      fingerprint TEXT,
      PRIMARY KEY (run, position),
      FOREIGN KEY (evaluator_id, version) REFERENCES evaluator_versions (evaluator_id, version)
    ) WITHOUT ROWID;
    CREATE TABLE run_metrics (
      run INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      metric TEXT NOT NULL,
      value REAL,
      source TEXT NOT NULL,
      PRIMARY KEY (run, position, metric)
    ) WITHOUT ROWID;
    CREATE TABLE run_chunks (
      run INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      chunk INTEGER NOT NULL,
      first_row INTEGER NOT NULL,
      row_count INTEGER NOT NULL,
      part BLOB NOT NULL,
      PRIMARY KEY (run, position, chunk)
    ) WITHOUT ROWID;
    CREATE TABLE run_rows (
      run INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      row INTEGER NOT NULL,
      key TEXT,
      split TEXT,
      model TEXT,
      output TEXT,
      expected TEXT,
      score REAL,
      sub_scores TEXT,
      outcome TEXT NOT NULL,
      cause TEXT,
      explanation TEXT,
      latency REAL,
      input_tokens INTEGER,
      output_tokens INTEGER,
      cost REAL,
      detail TEXT,
      PRIMARY KEY (run, position, row)
    ) WITHOUT ROWID;
    CREATE TABLE run_retries (
      run INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      row INTEGER NOT NULL,
      PRIMARY KEY (run, position, row)
    ) WITHOUT ROWID;
    CREATE TABLE idempotency_keys (
      project TEXT NOT NULL,
      key TEXT NOT NULL,
      request TEXT NOT NULL,
      run INTEGER NOT NULL REFERENCES runs (number) ON DELETE CASCADE,
      PRIMARY KEY (project, key)
    ) WITHOUT ROWID;
    CREATE INDEX idempotency_keys_by_run ON idempotency_keys (run);
    """
}
