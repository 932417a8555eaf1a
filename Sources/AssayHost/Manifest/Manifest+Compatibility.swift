public import AssayCore
import CAssayPlugin

extension Manifest {
  /// The major version of the contract that this host keeps.
  public static let hostMajor = Int(ASSAY_ABI_MAJOR)
  /// The minor version of the contract that this host keeps.
  public static let hostMinor = Int(ASSAY_ABI_MINOR)
  /// What a plugin may require of this host.
  public static let hostCapabilities = ["log", "progress", "cancelled", "evaluator", "resample"]

  /// Refuses a plugin that this host cannot serve, before its library is opened.
  ///
  /// - Throws: `plugin.abi-mismatch` or `plugin.missing-capability`; the message
  ///   names the field, both values and the way out.
  public func checkCompatibility() throws(AssayError) {
    guard abi.major == Self.hostMajor else {
      throw AssayError(
        .pluginABI,
        "\(plugin) \(version) needs abi.major \(abi.major), and this Assay has \(Self.hostMajor); "
          + (abi.major > Self.hostMajor
            ? "install a newer Assay" : "install a newer \(plugin), or build it anew"),
        details: ["plugin": plugin, "field": "abi.major"])
    }
    guard abi.requiresMinor <= Self.hostMinor else {
      throw AssayError(
        .pluginABI,
        "\(plugin) \(version) needs abi.requires_minor \(abi.requiresMinor), and this Assay has "
          + "\(Self.hostMinor); install a newer Assay, or an older \(plugin)",
        details: ["plugin": plugin, "field": "abi.requires_minor"])
    }
    let missing = abi.requires.filter { !Self.hostCapabilities.contains($0) }
    guard missing.isEmpty else {
      let near = missing.map { suggestion(for: $0, in: Self.hostCapabilities) }.joined()
      throw AssayError(
        .pluginCapability,
        "\(plugin) \(version) requires \(missing.joined(separator: ", ")), which this Assay does not "
          + "have; it has \(Self.hostCapabilities.joined(separator: ", ")).\(near)",
        details: ["plugin": plugin, "field": "abi.requires"])
    }
  }
}
