import AssayCore
import AssayJSON
import AssayStore
import Testing

@Suite("Evaluators in the store")
struct EvaluatorTests {
  private let temporary: TemporaryStore
  private var store: Store { temporary.store }

  init() throws { temporary = try TemporaryStore() }

  @Test("are found by name, by id and by version")
  func found() throws {
    let made = try store.createEvaluator(TemporaryStore.gate("churn"), fingerprint: "a")
    _ = try store.updateEvaluator("churn") { current in
      var next = current.specification
      next.passThreshold = 0.5
      return (next, "a")
    }
    #expect(try store.evaluator("churn").version == 2)
    #expect(try store.evaluator(made.id).specification.passThreshold == 0.5)
    #expect(try store.evaluator("churn@1").specification.passThreshold == 0.9)
    #expect(code { try store.evaluator("churn@3") } == "registry.not-found")
    #expect(code { try store.evaluator("churn@x") } == "registry.not-found")
  }

  @Test("suggest a near name where there is none")
  func suggests() throws {
    _ = try store.createEvaluator(TemporaryStore.gate("churn-gate"), fingerprint: "a")
    let error = #expect(throws: AssayError.self) { try store.evaluator("churn-gat") }
    #expect(error?.code == .notFound)
    #expect(error?.message.contains("churn-gate") == true)
  }

  @Test("keep their version where an update changes nothing")
  func unchanged() throws {
    let made = try store.createEvaluator(TemporaryStore.gate("churn"), fingerprint: "a")
    let same = try store.updateEvaluator("churn") { ($0.specification, $0.fingerprint) }
    #expect(same == made)
  }

  @Test("refuse an update of a version that somebody has changed")
  func lostUpdate() throws {
    _ = try store.createEvaluator(TemporaryStore.gate("churn"), fingerprint: "a")
    _ = try store.updateEvaluator("churn", ifMatch: 1) { _ in (TemporaryStore.gate("churn", threshold: 0.1), "a") }
    let late = code {
      try store.updateEvaluator("churn", ifMatch: 1) { _ in
        (TemporaryStore.gate("churn", threshold: 0.2), "a")
      }
    }
    #expect(late == "registry.conflict")
    #expect(try store.evaluator("churn").specification.passThreshold == 0.1)
    #expect(code { try store.deleteEvaluator("churn", ifMatch: 1) } == "registry.conflict")
  }

  @Test("free their name when they are deleted, and never give a version number twice")
  func deleted() throws {
    let first = try store.createEvaluator(TemporaryStore.gate("churn"), fingerprint: "a")
    #expect(code { try store.createEvaluator(TemporaryStore.gate("churn"), fingerprint: "b") } == "registry.conflict")
    #expect(try store.deleteEvaluator("churn") == first.id)
    #expect(code { try store.evaluator("churn") } == "registry.not-found")
    #expect(code { try store.deleteEvaluator("churn") } == "registry.not-found")
    #expect(
      code { try store.updateEvaluator(first.id) { ($0.specification, "z") } } == "registry.not-found")
    #expect(try store.evaluators().total == 0)
    #expect(try store.evaluator(first.id).deletedAt != nil)

    let second = try store.createEvaluator(TemporaryStore.gate("churn"), fingerprint: "b")
    #expect(second.version == 2)
    #expect(second.id != first.id)
    #expect(try store.evaluator("churn@1").id == first.id)
    #expect(try store.versions(ofEvaluator: "churn").map(\.version) == [2])
  }

  @Test("can be renamed, not made into another type")
  func renamed() throws {
    _ = try store.createEvaluator(TemporaryStore.gate("one"), fingerprint: "a")
    _ = try store.createEvaluator(TemporaryStore.gate("two"), fingerprint: "a")
    #expect(
      code { try store.updateEvaluator("one") { _ in (TemporaryStore.gate("two"), "a") } } == "registry.conflict")
    let renamed = try store.updateEvaluator("one") { _ in (TemporaryStore.gate("three"), "a") }
    #expect(renamed.specification.name == "three")
    #expect(try store.versions(ofEvaluator: "three").map(\.specification.name) == ["one", "three"])
    let external = EvaluatorSpecification(name: "three", content: .external)
    #expect(code { try store.updateEvaluator("three") { _ in (external, "a") } } == "registry.conflict")
  }

  @Test("make a container whose label is new when they are created, and never later")
  func containers() throws {
    let made = try store.createEvaluator(TemporaryStore.gate("churn", container: "tickets"), fingerprint: "a")
    #expect(try store.container("tickets").label == "tickets")
    #expect(try store.evaluators(EvaluatorFilter(container: "tickets")).elements == [made])
    #expect(code { try store.evaluators(EvaluatorFilter(container: "other")) } == "registry.not-found")
    #expect(
      code { try store.updateEvaluator("churn") { _ in (TemporaryStore.gate("churn", container: "new"), "a") } }
        == "registry.not-found")
    #expect(code { try store.deleteContainer("tickets") } == "registry.conflict")
  }

  @Test("are listed a page at a time, with the number of all")
  func pages() throws {
    for index in 0..<5 { _ = try store.createEvaluator(TemporaryStore.gate("e\(index)"), fingerprint: "a") }
    let page = try store.evaluators(page: Page(limit: 2, offset: 3))
    #expect(page.elements.map(\.specification.name) == ["e3", "e4"])
    #expect(page.total == 5)
    #expect(try store.evaluators(EvaluatorFilter(kind: "judge")).total == 0)
  }

  @Test("belong to a project")
  func projects() throws {
    let other = Scope(project: "other")
    _ = try store.createEvaluator(TemporaryStore.gate("churn"), fingerprint: "a")
    _ = try store.createEvaluator(TemporaryStore.gate("churn"), fingerprint: "b", scope: other)
    #expect(try store.evaluator("churn", scope: other).fingerprint == "b")
    #expect(try store.evaluators().total == 1)
  }

  @Test(
    "survive the way through JSON",
    arguments: [
      #"{"name": "a", "type": "plugin", "evaluator": "tabular.binary", "parameters": {"bins": 10}, "bindings": {"target": "y"}, "pass_threshold": 0.5, "mode": "reference", "metadata": {"team": "x"}}"#,
      #"{"name": "b", "type": "judge", "model": "m", "prompt": "Is {output} right?", "inference_parameters": {"temperature": 0}}"#,
      #"{"name": "c", "type": "code", "source": "def evaluate(item): ...", "language": "python", "requirements": ["numpy"]}"#,
      #"{"name": "d", "type": "external", "description": "scores of ours", "api": "chat.completions"}"#,
    ])
  func roundTrip(text: String) throws {
    let specification = try EvaluatorSpecification(json: JSONValue(parsing: text))
    let made = try store.createEvaluator(specification, fingerprint: "a")
    #expect(made.specification == specification)
    #expect(try EvaluatorSpecification(json: .object(made.json)) == specification)
  }

  @Test(
    "are refused with the field that is wrong",
    arguments: [
      (#"{"type": "external"}"#, "name"), (#"{"name": "", "type": "external"}"#, "name"),
      (#"{"name": "a.b", "type": "external"}"#, "name"), (#"{"name": "a"}"#, "type"),
      (#"{"name": "a", "type": "magic"}"#, "type"), (#"{"name": "a", "type": "plugin"}"#, "evaluator"),
      (#"{"name": "a", "type": "judge", "prompt": "x"}"#, "model"),
      (#"{"name": "a", "type": "judge", "model": "x"}"#, "prompt"),
      (#"{"name": "a", "type": "code"}"#, "source"),
      (#"{"name": "a", "type": "external", "mode": "sideways"}"#, "mode"),
      (#"{"name": "a", "type": "external", "pass_threshold": "high"}"#, "pass_threshold"),
      (#"{"name": "a", "type": "external", "metadata": []}"#, "metadata"),
      (#"{"name": "a", "type": "external", "treshold": 1}"#, "treshold"),
      (#"{"name": "a", "type": "external", "prompt": "x"}"#, "prompt"),
    ])
  func refused(text: String, field: String) throws {
    let json = try JSONValue(parsing: text)
    let error = #expect(throws: AssayError.self) { try EvaluatorSpecification(json: json) }
    #expect(error?.code == .invalidField)
    #expect(error?.details["field"] == field)
  }

  @Test("take an id of the caller's, once")
  func ids() throws {
    let made = try store.createEvaluator(TemporaryStore.gate("a"), fingerprint: "x", id: "mine-1")
    #expect(made.id == "mine-1")
    #expect(
      code { try store.createEvaluator(TemporaryStore.gate("b"), fingerprint: "x", id: "mine-1") }
        == "registry.conflict")
    #expect(
      code { try store.createEvaluator(TemporaryStore.gate("c"), fingerprint: "x", id: "no way") }
        == "registry.invalid")
    #expect(try store.evaluators().total == 1)
  }
}
