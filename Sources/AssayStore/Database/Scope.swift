/// Whose objects are meant: every object belongs to a project and has an owner.
public struct Scope: Sendable, Hashable {
  public var project: String
  public var owner: String

  public init(project: String = "default", owner: String = "local") {
    self.project = project
    self.owner = owner
  }

  /// The project and the owner of a store that one person uses.
  public static let local = Scope()
}

/// A stretch of a list.
public struct Page: Sendable, Hashable {
  public var limit: Int
  public var offset: Int

  /// - Parameter limit: At most so many objects; 20 where nothing is said.
  public init(limit: Int = 20, offset: Int = 0) {
    self.limit = max(0, limit)
    self.offset = max(0, offset)
  }
}

/// Some objects of a list, and how many there are in all.
public struct Listing<Element: Sendable>: Sendable {
  public var elements: [Element]
  public var total: Int

  public init(elements: [Element], total: Int) {
    self.elements = elements
    self.total = total
  }
}
