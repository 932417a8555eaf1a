/// Which models were preferred to which, as a graph.
struct ComparisonGraph {
  /// To whom each model did not lose: an edge from the winner to the loser, both ways
  /// for ties.
  private let edges: [[Int]]

  init(models: Int, pairs: [MetPair]) {
    var edges = [[Int]](repeating: [], count: models)
    for pair in pairs {
      if pair.wins + pair.ties > 0 { edges[pair.first].append(pair.second) }
      if pair.losses + pair.ties > 0 { edges[pair.second].append(pair.first) }
    }
    self.edges = edges
  }

  /// Throws unless the abilities have a finite likeliest value (Ford 1957): in every
  /// split of the models in two groups, someone of each is preferred to someone of the
  /// other.
  func requireFord() throws(Undefined) {
    let parts = components(of: undirected)
    guard parts.count == 1 else {
      throw Undefined(
        .disconnected,
        "the models fall into \(parts.count) groups that were never compared with each other",
        groups: parts)
    }
    // Components come with those first that beat nobody outside.
    let groups = Array(components(of: edges).reversed())
    guard groups.count == 1 else {
      throw Undefined(
        .separated,
        "the models fall into \(groups.count) groups of which no later one ever beats an earlier "
          + "one, so their abilities are infinitely far apart",
        groups: groups)
    }
  }

  private var undirected: [[Int]] {
    var both = edges
    for (from, list) in edges.enumerated() {
      for to in list { both[to].append(from) }
    }
    return both
  }

  /// The strongly connected components, each sorted (Tarjan 1972, without recursion).
  private func components(of edges: [[Int]]) -> [[Int]] {
    var search = TarjanSearch(count: edges.count)
    for start in edges.indices where search.index[start] < 0 { search.visit(start, edges) }
    return search.components
  }
}

private struct TarjanSearch {
  var index: [Int]
  var components: [[Int]] = []
  private var low: [Int]
  private var isOpen: [Bool]
  private var open: [Int] = []
  private var found = 0

  init(count: Int) {
    index = [Int](repeating: -1, count: count)
    low = index
    isOpen = [Bool](repeating: false, count: count)
  }

  mutating func visit(_ start: Int, _ edges: [[Int]]) {
    var path: [(node: Int, next: Int)] = [(start, 0)]
    enter(start)
    while let (node, next) = path.last {
      if next < edges[node].count {
        path[path.count - 1].next += 1
        let to = edges[node][next]
        if index[to] < 0 {
          enter(to)
          path.append((to, 0))
        } else if isOpen[to] {
          low[node] = min(low[node], index[to])
        }
        continue
      }
      path.removeLast()
      if let parent = path.last?.node { low[parent] = min(low[parent], low[node]) }
      if low[node] == index[node] { close(node) }
    }
  }

  private mutating func enter(_ node: Int) {
    index[node] = found
    low[node] = found
    found += 1
    open.append(node)
    isOpen[node] = true
  }

  private mutating func close(_ root: Int) {
    var component: [Int] = []
    while let node = open.popLast() {
      isOpen[node] = false
      component.append(node)
      if node == root { break }
    }
    components.append(component.sorted())
  }
}
