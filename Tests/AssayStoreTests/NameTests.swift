import AssayCore
import AssayJSON
import AssayStore
import Testing

/// Which object a name or an id means.
@Suite struct `Names and ids` {
  private let temporary: TemporaryStore
  private var store: Store { temporary.store }

  init() throws { temporary = try TemporaryStore() }

  private func create(_ name: String, id: String? = nil) throws -> StoredEvaluator {
    try store.createEvaluator(TemporaryStore.gate(name), fingerprint: "f", id: id)
  }

  @Test func `of evaluators have no dots`() throws {
    #expect(code { try create("mine", id: "tabular.binary") } == "registry.invalid")
    #expect(code { try ObjectKind.run.check(id: "nightly.1") } == nil)
    #expect(try store.evaluators().total == 0)
  }

  @Test func `never mean two evaluators`() throws {
    let foo = try create("bar", id: "foo")
    #expect(code { try create("foo") } == "registry.conflict")
    #expect(code { try create("other", id: "bar") } == "registry.conflict")
    #expect(code { try create("other", id: "foo") } == "registry.conflict")
    let applied = code { try store.applyEvaluators([(TemporaryStore.gate("foo"), fingerprint: "f")]) }
    #expect(applied == "registry.conflict")
    #expect(try store.evaluator("foo").specification.name == "bar")
    _ = try create("baz")
    let rename = code {
      try store.updateEvaluator("baz") { ($0.specification.named("foo"), fingerprint: $0.fingerprint) }
    }
    #expect(rename == "registry.conflict")
    // Its own id is no other's.
    let renamed = try store.updateEvaluator("bar") { ($0.specification.named("foo"), fingerprint: $0.fingerprint) }
    #expect(renamed.id == foo.id && renamed.specification.name == "foo")
    #expect(try create("same", id: "same").id == "same")
  }

  @Test func `mean what is there, before what was deleted`() throws {
    _ = try create("bar", id: "foo")
    _ = try store.deleteEvaluator("foo")
    #expect(try store.evaluator("foo").deletedAt != nil)
    let new = try create("foo")
    #expect(try store.evaluator("foo").id == new.id)
    #expect(try store.evaluator("foo@1").id == new.id)
    #expect(try store.evaluator(id: "foo", version: 1).specification.name == "bar")
    let updated = try store.updateEvaluator("foo") { current in
      (current.specification.described("new"), fingerprint: current.fingerprint)
    }
    #expect(updated.id == new.id)
    #expect(try store.deleteEvaluator("foo") == new.id)
  }

  @Test func `never mean two other objects`() throws {
    _ = try store.createContainer(ContainerSpecification(label: "one"), id: "c1")
    #expect(code { try store.createContainer(ContainerSpecification(label: "two"), id: "one") } == "registry.conflict")
    #expect(code { try store.createContainer(ContainerSpecification(label: "c1")) } == "registry.conflict")
    _ = try store.createModel(name: "one", id: "m1")
    #expect(code { try store.createModel(name: "two", id: "one") } == "registry.conflict")
    #expect(code { try store.createModel(name: "two", id: "m1") } == "registry.conflict")
    #expect(code { try store.createModel(name: "m1") } == "registry.conflict")
    #expect(code { try store.createModel(name: "m1", id: "a/b") } == "registry.invalid")
    #expect(try store.models().total == 1 && store.containers().total == 1)
  }
}

extension EvaluatorSpecification {
  fileprivate func named(_ name: String) -> EvaluatorSpecification {
    var specification = self
    specification.name = name
    return specification
  }

  fileprivate func described(_ description: String) -> EvaluatorSpecification {
    var specification = self
    specification.description = description
    return specification
  }
}
