import AssayPluginKit
import TabularKernels

extension PluginError {
  init(_ error: KernelError) {
    self.init(error.kind == .badData ? .badData : .invalidArgument, error.message, row: error.row)
  }
}

/// Runs kernel code whose errors become the plugin's.
func kernel<Result>(_ body: () throws(KernelError) -> Result) throws(PluginError) -> Result {
  do {
    return try body()
  } catch {
    throw PluginError(error)
  }
}
