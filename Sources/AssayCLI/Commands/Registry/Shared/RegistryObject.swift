import ArgumentParser
import AssayCore
import AssayJSON
import AssayRuntime

/// A kind of objects of the registry, for the commands that are the same for all.
protocol RegistryObject: SendableMetatype {
  /// What messages call one of them.
  static var noun: String { get }
  static var nouns: String { get }
  /// The member `object` of a response.
  static var kind: ObjectKind { get }
  static var columns: [ObjectColumn] { get }

  static func get(_ reference: String, _ registry: Registry) throws(AssayError) -> JSONObject
  static func list(_ page: Page, _ registry: Registry) throws(AssayError) -> Listing<JSONObject>
  static func delete(_ reference: String, _ registry: Registry) throws(AssayError) -> String
}

extension RegistryObject {
  /// The command above, such as `containers`.
  static var command: String { kind.word + "s" }

  /// What the Tab key offers.
  static func names() -> [String] {
    guard let registry = try? StoreOptions.parse([]).reading(),
      let listing = try? list(Page(limit: 1000), registry)
    else { return [] }
    return listing.elements.compactMap { $0["name"]?.stringValue }
  }
}

extension Listing {
  /// The list of what a change makes of each element.
  func map<Other: Sendable>(_ change: (Element) -> Other) -> Listing<Other> {
    Listing<Other>(elements: elements.map(change), total: total)
  }
}
