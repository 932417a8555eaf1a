import AssayJSON
import Foundation
import Testing

@Suite(.enabled(if: Built.hasTabular, "the tabular plugin is not built")) struct `Applying files of evaluators` {
  private let place: Workplace

  init() throws { place = try Workplace() }

  private static let two = """
    name: gate
    type: plugin
    evaluator: tabular.binary
    pass_threshold: 0.9
    ---
    name: polite
    type: judge
    model: small-1
    prompt: Is {output} polite?
    ---

    """

  private func assay(_ arguments: String..., input: String? = nil) throws -> Ending {
    try place.start(arguments, input: input).wait()
  }

  private func names() throws -> [String] {
    let listed = try assay("evaluators", "list", "--limit", "100", "--format", "json").json()
    let all = listed["data"]?.arrayValue?.compactMap { $0["name"]?.stringValue } ?? []
    return all.filter { !$0.contains(".") }
  }

  @Test func `takes several documents from a file and from standard input`() throws {
    try place.write(Self.two, to: "gates.yaml")
    let made = try assay("evaluators", "apply", "-f", "gates.yaml", "--format", "json")
    #expect(made.code == 0, "\(made.error)")
    let list = try made.json()
    #expect(list["object"] == "list" && list["total"]?.integerValue == 2)
    #expect(list["data"]?.arrayValue?.map { $0["name"] ?? .null } == ["gate", "polite"])
    let again = try assay("evaluators", "apply", "-f", "-", "--format", "json", input: Self.two)
    #expect(again.code == 0, "\(again.error)")
    #expect(try again.json()["data"]?.arrayValue?.map { $0["version"] ?? .null } == [1, 1])
    let shown = try assay("evaluators", "apply", "-f", "-", input: Self.two.replacing("0.9", with: "0.8"))
    #expect(shown.code == 0 && shown.output.contains("polite"))
    #expect(try assay("evaluators", "get", "gate", "--format", "json").json()["version"] == 2)
  }

  @Test(arguments: [
    ("model: small-1\n", "", "registry.invalid", "Document 2 of 2 (polite)"),
    ("type: judge", "type: judgment", "registry.invalid", "judge"),
    ("name: polite", "name: gate", "registry.invalid", "there twice"),
    ("name: polite", "name: tabular.binary", "registry.conflict", "Document 2 of 2"),
    ("prompt: Is {output} polite?", "prompt: Is {output} polite?\ncontainer: nowhere", "registry.not-found", "Document 2 of 2"),
    ("prompt: Is {output} polite?", "prompt: [", "config.invalid", "line"),
    ("---\nname: polite", "---\n- polite\n---\nname: x", "config.invalid", "document 2"),
  ])
  func `changes nothing where one document is refused`(old: String, new: String, code: String, words: String) throws {
    #expect(try assay("evaluators", "create", "--name", "kept", "--type", "external").code == 0)
    let bad = Self.two.replacing(old, with: new)
    let refused = try assay("evaluators", "apply", "-f", "-", "--format", "json", input: bad)
    #expect(refused.code == 2 && refused.output.isEmpty)
    let error = try JSONValue(parsing: refused.error)["error"]
    #expect(error?["code"]?.stringValue == code, "\(refused.error)")
    #expect(error?["message"]?.stringValue?.contains(words) == true, "\(refused.error)")
    #expect(try names() == ["kept"])
  }

  @Test func `changes nothing where a later one is refused in the registry`() throws {
    // The type of an evaluator is known to the store alone, inside the transaction.
    #expect(try assay("evaluators", "create", "--name", "polite", "--type", "external").code == 0)
    let refused = try assay("evaluators", "apply", "-f", "-", "--format", "json", input: Self.two)
    #expect(refused.code == 2 && refused.error.contains("registry.conflict"), "\(refused.error)")
    #expect(refused.error.contains("Document 2 of 2 (polite)") && refused.error.contains("Nothing was changed"))
    #expect(try names() == ["polite"])
  }

  @Test func `goes with one version seen, for one evaluator`() throws {
    let several = try assay("evaluators", "apply", "-f", "-", "--if-match", "1", input: Self.two)
    #expect(several.code == 2 && several.error.contains("--if-match"))
    let created = try assay("evaluators", "create", "-f", "-", input: Self.two)
    #expect(created.code == 2 && created.error.contains("apply"), "\(created.error)")
    let empty = try assay("evaluators", "apply", "-f", "-", input: "---\n---\n")
    #expect(empty.code == 2 && empty.error.contains("empty"))
    #expect(place.names.isEmpty)
  }
}
