public import AssayPluginKit
public import KernelSupport

extension PluginError {
  /// A kernel's error for the host, its row with it.
  public init(_ error: KernelError) {
    self.init(error.kind == .badData ? .badData : .invalidArgument, error.message, row: error.row)
  }
}

/// Runs kernel code whose errors become the plugin's.
public func kernel<Result>(_ body: () throws(KernelError) -> Result) throws(PluginError) -> Result {
  do {
    return try body()
  } catch {
    throw PluginError(error)
  }
}
