import AssayCore
import Synchronization

/// Merges what belongs to chunks, in a shape that depends on the chunk numbers
/// alone: neighbours first, as the carries of a binary counter.
///
/// Whoever completes the second of two siblings merges them, outside of any lock;
/// the left one always takes the right one's.
final class MergeTree<Node: Sendable>: Sendable {
  private struct Position: Hashable {
    var level: Int
    var index: Int
    var firstChunk: Int { index << level }
  }

  private let waiting = Mutex<[Position: Node]>([:])
  private let merge: @Sendable (inout Node, Node) throws(AssayError) -> Void

  /// - Parameter merge: Puts the second, later one into the first.
  init(merge: @escaping @Sendable (inout Node, Node) throws(AssayError) -> Void) {
    self.merge = merge
  }

  /// Adds what belongs to a chunk. Every chunk is added once.
  func insert(_ node: Node, at index: Int) throws(AssayError) {
    var node = node
    var position = Position(level: 0, index: index)
    while let sibling = exchange(node, at: position) {
      if position.index & 1 == 0 {
        try merge(&node, sibling)
      } else {
        var left = sibling
        try merge(&left, node)
        node = left
      }
      position = Position(level: position.level + 1, index: position.index >> 1)
    }
  }

  /// The sibling where it waits, else nil and the node waits itself.
  private func exchange(_ node: Node, at position: Position) -> Node? {
    waiting.withLock { waiting in
      let sibling = Position(level: position.level, index: position.index ^ 1)
      if let found = waiting.removeValue(forKey: sibling) { return found }
      waiting[position] = node
      return nil
    }
  }

  /// The whole, after the last chunk; nil without any.
  ///
  /// What is left are the digits of the counter; the last and smallest is merged
  /// into the one before it, and so on.
  func finish() throws(AssayError) -> Node? {
    let rest = waiting.withLock { waiting in
      defer { waiting = [:] }
      return waiting.sorted { $0.key.firstChunk > $1.key.firstChunk }.map(\.value)
    }
    guard var whole = rest.first else { return nil }
    for left in rest.dropFirst() {
      var left = left
      try merge(&left, whole)
      whole = left
    }
    return whole
  }
}
