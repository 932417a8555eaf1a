public import AssayCore
public import AssayJSON

/// An evaluator that was found and checked, ready to be prepared for a run.
public final class Evaluator: Sendable {
  public let definition: EvaluatorDefinition
  public let plugin: PluginInformation
  /// What the static checks of the description found, for each function.
  public let checks: [DescriptionCheck]
  private let lane: PluginLane
  private let host: PluginHost

  /// The plugin that an evaluator belongs to.
  public struct PluginInformation: Sendable, Hashable {
    public var name: String
    /// Empty for a function that was described without a manifest.
    public var version: String
    /// The path of the library, or its name where the loader searches for it.
    public var library: String
    /// Whether it came with Assay.
    public var isShipped: Bool
  }

  init(
    _ definition: EvaluatorDefinition, plugin: PluginInformation, checks: [DescriptionCheck],
    lane: PluginLane, host: PluginHost
  ) {
    self.definition = definition
    self.plugin = plugin
    self.checks = checks
    self.lane = lane
    self.host = host
  }

  public var name: String { definition.name }
  public var shape: EvaluatorDefinition.Shape { definition.shape }
  /// The columns that it takes, in order.
  public var roles: [InputDefinition] { definition.inputs }

  /// Loads the library and fixes everything that is the same for all rows.
  ///
  /// - Parameters:
  ///   - parameters: Checked against the manifest's schema; defaults are filled in.
  ///   - boundRoles: The roles that the batches will have columns for; nil means all.
  /// - Throws: `parameter.…` for parameters that do not fit, `binding.…` for a role that
  ///   must have a column, and what loading the library and finding its functions throws.
  public func prepare(
    parameters: JSONObject = [:], services: HostServices = HostServices(),
    boundRoles: Set<String>? = nil
  ) throws(AssayError) -> PreparedEvaluator {
    try prepare(parameters: parameters, services: services, boundRoles: boundRoles, callers: [])
  }

  /// - Parameter callers: The evaluators that call this one, outermost first.
  func prepare(
    parameters: JSONObject, services: HostServices, boundRoles: Set<String>?, callers: [String]
  ) throws(AssayError) -> PreparedEvaluator {
    let bound = boundRoles ?? Set(roles.map(\.role))
    for input in roles where !input.isOptional && !bound.contains(input.role) {
      throw AssayError(
        .bindingUnbound, "\(name) needs a column for the role \"\(input.role)\".",
        details: ["role": input.role])
    }
    let validated: JSONObject
    do throws(AssayError) {
      validated = try definition.parameters.validate(members: parameters, at: "parameters")
    } catch {
      throw AssayError(error.code, "\(name): \(error.message)", details: error.details)
    }
    let lowering = CallPlan.Lowering(
      library: plugin.library, parameters: validated, boundRoles: bound)
    return try PreparedEvaluator(
      self, parameters: validated, lowering: lowering, services: ServicesTable(services), lane: lane,
      composing: { [host] (target, callback, owner) throws(AssayError) in
        try host.compose(target, callback: callback, owner: owner, services: services, callers: callers + [name])
      })
  }
}

/// What one static check of one function's description said.
public struct DescriptionCheck: Sendable, Hashable {
  /// A way to tell whether a description is true.
  public enum Rung: String, Sendable, Hashable, CaseIterable {
    /// The library defines a function of that name.
    case symbol
    /// The function is the library's own.
    case owner
    /// The debug information says the same.
    case debugInformation = "debug_information"
  }

  public enum Answer: Sendable, Hashable {
    case match
    /// It could not be told, and why.
    case unknown(String)
  }

  public var function: String
  public var rung: Rung
  public var answer: Answer
}
