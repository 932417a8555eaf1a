import AssayCore
import CAssaySystem
import Glibc

/// The runtime libraries of Swift that a plugin needs and this process has not got.
///
/// A plugin is found by its path, but what it needs is searched for where the process
/// was told to search, and a host without Foundation does not know where Foundation is.
/// The folder of the Swift runtime that is already here does.
enum RuntimeLibraries {
  /// Loads those of the sonames that belong to Swift's runtime and are missing.
  ///
  /// What cannot be found is left to the loader, whose message then names it.
  static func preload(_ needed: [String]) {
    for name in needed where isSwift(name) && !SharedLibrary.isLoaded(name) {
      guard let folder else { return }
      let path = "\(folder)/\(name)"
      guard FileSystem.exists(path) else { continue }
      // Safety: Swift's own runtime libraries, from beside the one that runs this.
      unsafe _ = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE)
    }
  }

  private static func isSwift(_ name: String) -> Bool {
    ["libswift", "lib_Foundation", "libFoundation", "libdispatch", "libBlocksRuntime", "lib_Internal"]
      .contains { name.hasPrefix($0) }
  }

  /// The folder that this process has its Swift runtime from; nil where the runtime is
  /// inside the executable.
  private static let folder: String? = {
    guard let address = unsafe dlsym(nil, "swift_retain"),
      let path = unsafe boundedText({ unsafe assay_object_path(address, $0, $1) != 0 }),
      FileSystem.lastComponent(of: path).hasPrefix("libswiftCore")
    else { return nil }
    return FileSystem.folder(of: FileSystem.resolved(path) ?? path)
  }()
}
