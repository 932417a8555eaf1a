import AssayCore
import AssayData
import AssayHost
import AssayJSON

/// What a reader says of the evaluators' parameters in the metadata of its schema, such
/// as the categories of a COCO file.
struct ReaderParameters: Sendable {
  /// The key of the metadata: its value is a JSON object.
  static let key = "assay.parameters"

  /// What messages call the reader: it and its file.
  let origin: String
  let values: JSONObject

  /// - Returns: Nil where the table's reader says nothing.
  /// - Throws: `data.invalid-parameters` where it says no JSON object.
  init?(_ table: Table) throws(AssayError) {
    guard let text = table.schema.metadata[Self.key] else { return nil }
    origin = "\(table.readerName ?? "the reader") of \(table.name)"
    let origin = origin
    func invalid(_ why: String) -> AssayError {
      AssayError(
        .invalidParameters, "\(origin) gave \"\(Self.key)\" that is no JSON object: \(why)",
        details: ["file": table.name])
    }
    let value: JSONValue
    do throws(AssayError) { value = try JSONValue(parsing: text) } catch { throw invalid(error.message) }
    guard let object = value.objectValue else { throw invalid("it is \(value.text().prefix(60))") }
    values = object
  }

  /// Sets the parameters that the evaluator declares and nobody set.
  ///
  /// - Throws: What the parameter's schema says of the value, with the reader in front.
  func fill(_ parameters: inout JSONObject, of evaluator: Evaluator) throws(AssayError) {
    for (name, value) in values {
      guard parameters[name] == nil, HostParameter(rawValue: name) == nil,
        let schema = evaluator.definition.parameters[name]
      else { continue }
      do throws(AssayError) {
        parameters[name] = try schema.validate(value, at: "parameters.\(name)")
      } catch {
        throw AssayError(
          error.code, "\(origin), for \(evaluator.name): \(error.message) Set it with --param \(name)=….",
          details: error.details)
      }
    }
  }
}

extension AssayError.Code {
  /// A reader's parameters are no JSON object.
  static let invalidParameters = Self(rawValue: "data.invalid-parameters")
}
