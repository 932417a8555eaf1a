import AssayCore
import AssayHost

extension PluginHost {
  /// Loads a plugin by path; where it has no manifest, the error holds the commands
  /// that go on from there.
  func load(describing path: String) throws(AssayError) -> InstalledPlugin {
    do {
      return try load(pluginAt: path)
    } catch {
      guard error.code == .pluginWithoutManifest else { throw error }
      throw Self.withoutManifest(path)
    }
  }

  private static func withoutManifest(_ path: String) -> AssayError {
    let shown = shellQuoted(path)
    var lines = [
      "\(path) has no manifest, neither inside nor beside it. Write one from its debug information:",
      "  assay plugins describe \(shown) > \(shellQuoted(sidecar(of: path)))",
    ]
    let calls = (try? LibraryDescription(ELFFile(path: path)).callLines) ?? []
    if calls.isEmpty {
      lines.append(
        "It has no debug information (compile with -g), so write the prototype of a function yourself:")
      lines.append("  assay run --library \(shown) --call 'double score(const char *output)' --sample FILE")
    } else {
      lines.append("or call a function as it is:")
      lines += calls.prefix(20).map { "  \($0)" }
    }
    return AssayError(
      .pluginWithoutManifest, lines.joined(separator: "\n"), details: ["file": path])
  }

  /// Where the manifest of a library belongs.
  private static func sidecar(of path: String) -> String {
    let stem = path.hasSuffix(".so") ? String(path.dropLast(3)) : path
    return stem + ".assay.json"
  }

  /// Text as one word of a shell.
  private static func shellQuoted(_ text: String) -> String {
    let isPlain = !text.isEmpty && text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "+"):
        true
      default: false
      }
    }
    if isPlain { return text }
    return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
  }
}
