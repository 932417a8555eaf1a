/// The names that somebody may have meant, nearest first.
///
/// Near is an edit distance (insertions, deletions, substitutions and swaps of
/// neighbours) of at most a third of the length, or a shared beginning of three
/// letters; case and the marks `_`, `-` and `.` do not count.
///
/// - Complexity: O(*n* *m*²) for *n* candidates of *m* characters.
public func nearNames(
  to name: String, in candidates: some Sequence<String>, limit: Int = 3
) -> [String] {
  let wanted = folded(name)
  var found: [(distance: Int, name: String)] = []
  for candidate in candidates {
    let other = folded(candidate)
    let distance = editDistance(wanted, other)
    let isNear = distance <= max(1, max(wanted.count, other.count) / 3)
    let sharesBeginning =
      wanted.count >= 3 && other.count >= 3 && wanted.prefix(3) == other.prefix(3)
    if isNear || sharesBeginning { found.append((distance, candidate)) }
  }
  found.sort { ($0.distance, $0.name) < ($1.distance, $1.name) }
  return found.prefix(limit).map(\.name)
}

/// The end of a message that suggests names: ` Did you mean "a" or "b"?`, or nothing.
public func suggestion(for name: String, in candidates: some Sequence<String>) -> String {
  let names = nearNames(to: name, in: candidates).map { "\"\($0)\"" }
  return names.isEmpty ? "" : " Did you mean \(names.joined(separator: " or "))?"
}

private func folded(_ name: String) -> [UInt8] {
  name.lowercased().utf8.filter { $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: ".") }
}

/// The optimal string alignment distance.
private func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
  var beforePrevious = [Int](repeating: 0, count: b.count + 1)
  var previous = Array(0...b.count)
  for i in a.indices {
    var current = [i + 1] + [Int](repeating: 0, count: b.count)
    for j in b.indices {
      let substitution = previous[j] + (a[i] == b[j] ? 0 : 1)
      current[j + 1] = min(previous[j + 1] + 1, current[j] + 1, substitution)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        current[j + 1] = min(current[j + 1], beforePrevious[j - 1] + 1)
      }
    }
    (beforePrevious, previous) = (previous, current)
  }
  return previous[b.count]
}
