public import AssayCore
import CAssayCall
import CAssaySystem
import Glibc

/// A library that was loaded into this process, for as long as the process lives.
///
/// Libraries are never closed: thread-local destructors, exit handlers and language
/// runtimes inside them may still be called. Loading one twice gives the same code.
@safe
public final class SharedLibrary: Sendable {
  /// The path, or the bare name where the loader was to search for it.
  public let name: String
  /// The path that the loader found it under.
  public let path: String
  // Safety: a handle is only ever read, by functions that any thread may call.
  private nonisolated(unsafe) let handle: UnsafeMutableRawPointer

  /// Loads a library by path; a name without a slash is found as the loader finds it.
  ///
  /// - Parameter needed: The sonames of what it needs, as far as they are known;
  ///   Swift's runtime libraries among them are loaded first.
  /// - Throws: `plugin.missing`, `plugin.unresolved-symbol`, or `plugin.not-loadable`
  ///   with the loader's words.
  public init(loading name: String, needing needed: [String] = []) throws(AssayError) {
    if name.contains("/"), !FileSystem.exists(name) {
      throw AssayError(
        .pluginMissing, "There is no library \(name). Check the path.", details: ["file": name])
    }
    RuntimeLibraries.preload(needed)
    let handle = try unsafe Self.open(name)
    self.name = name
    unsafe self.handle = handle
    path = unsafe boundedText { unsafe assay_library_path(handle, $0, $1) != 0 } ?? name
  }

  /// The address of a function that this very library defines.
  ///
  /// `dlsym` also finds what the library's dependencies define; that would be
  /// another function than the manifest means.
  /// - Throws: `plugin.missing-symbol`, `plugin.foreign-symbol`.
  public func function(_ symbol: String) throws(AssayError) -> FunctionAddress {
    guard let address = unsafe dlsym(handle, symbol) else {
      throw AssayError(
        .pluginSymbolMissing, "\(name) has no function \"\(symbol)\".",
        details: ["file": path, "symbol": symbol])
    }
    var owner = Int32(ASSAY_OWNER_UNKNOWN)
    let ownerPath = unsafe boundedText { text, capacity in
      owner = unsafe assay_symbol_owner(handle, address, text, capacity)
      return true
    }
    if Int(owner) == ASSAY_OWNER_OTHER {
      throw AssayError(
        .pluginForeignSymbol,
        "\(name) does not define \"\(symbol)\" itself; the loader found it in \(ownerPath ?? "another library"). Name that library instead.",
        details: ["file": path, "symbol": symbol, "owner": ownerPath ?? ""])
    }
    return unsafe FunctionAddress(address)
  }

  /// Whether a library of that name is in the process already.
  static func isLoaded(_ name: String) -> Bool {
    unsafe dlopen(name, RTLD_NOW | RTLD_LOCAL | RTLD_NOLOAD) != nil
  }

  @unsafe
  private static func open(_ name: String) throws(AssayError) -> UnsafeMutableRawPointer {
    // Constructors run inside: an exception or a changed rounding mode stops here.
    let flags = RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE
    let open: @convention(c) (UnsafePointer<CChar>?, Int32) -> UnsafeMutableRawPointer? = unsafe dlopen
    let interface = CallInterface(result: .pointer, parameters: [.pointer, .int32])
    let bits = try unsafe name.withCStringTyped { (text) throws(AssayError) in
      // Safety: `dlopen` has the prototype that the interface describes.
      try unsafe FunctionAddress(unsafeBitCast(open, to: UnsafeMutableRawPointer.self))
        .call(interface, [UInt64(UInt(bitPattern: text)), UInt64(UInt32(bitPattern: flags))], as: "the constructors of \(name)")
    }
    if let handle = unsafe UnsafeMutableRawPointer(bitPattern: UInt(bits)) { return unsafe handle }
    throw refusal(of: name, reason: unsafe dlerror().map { unsafe String(cString: $0) } ?? "no reason given")
  }

  private static func refusal(of name: String, reason: String) -> AssayError {
    let details = ["file": name, "loader": reason]
    if reason.contains("undefined symbol") {
      return AssayError(
        .pluginUnresolved,
        "\(name) needs a symbol that nothing defines: \(reason). Link the library that defines it into the plugin (-l…), or build it with -Wl,-z,defs to see this when it is linked.",
        details: details)
    }
    if !name.contains("/"), reason.contains("cannot open shared object file"), reason.hasPrefix(name) {
      return AssayError(
        .pluginMissing,
        FileSystem.exists(name)
          ? "The loader finds no library \(name), and a file of the working directory is not loaded by its name alone: write ./\(name)."
          : "The loader finds no library \(name). Give its path, or install the package that holds it.",
        details: details)
    }
    return AssayError(.pluginNotLoadable, "\(name) cannot be loaded: \(reason).", details: details)
  }
}

/// A text that a C function writes into a buffer of a path's size.
func boundedText(
  _ fill: (UnsafeMutablePointer<CChar>, Int) -> Bool
) -> String? {
  unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4096) { buffer in
    guard let start = buffer.baseAddress, unsafe fill(start, buffer.count) else { return nil }
    let text = unsafe String(cString: start)
    return text.isEmpty ? nil : text
  }
}
