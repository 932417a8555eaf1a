import AssayCore
import AssayData
import AssayHost
import Synchronization

/// The digests of a run's files and folders, made beside the reading.
final class SourceDigests: Sendable {
  private let threads: PluginThreads
  private let digests = Mutex<[Side: String?]>([:])
  private let made = Signal()
  private let sides: [Side]

  /// Starts with the files that the sources name; standard input and memory have
  /// no digest.
  init(_ sources: [(side: Side, source: DataSource)], control: RunControl) {
    var paths: [(Side, String)] = []
    for (side, source) in sources {
      if let path = source.path { paths.append((side, path)) }
    }
    sides = paths.map(\.0)
    threads = PluginThreads(count: max(1, paths.count))
    for (side, path) in paths {
      threads.submit { [self] in
        let digest = sha256(sourceAt: path) { control.isCancelled }
        digests.withLock { $0[side] = .some(digest) }
        made.raise()
      }
    }
  }

  /// Waits for the digest of a side; nil where it has none.
  func digest(of side: Side) -> String? {
    guard sides.contains(side) else { return nil }
    while true {
      let ticket = made.ticket
      if let digest = digests.withLock({ $0[side] }) { return digest }
      made.wait(after: ticket)
    }
  }
}

extension DataSource {
  /// The file or the folder behind a source.
  fileprivate var path: String? {
    if case .folder(let folder) = content { return folder.path }
    guard case .uri(let text) = content, case .file(let path)? = try? SourceURI(parsing: text) else {
      return nil
    }
    return path
  }
}
