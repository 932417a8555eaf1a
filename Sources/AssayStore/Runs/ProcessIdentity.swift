import Foundation
import GRDB
import Glibc

/// Which process has a run in its hands, told apart from every other one.
///
/// A number alone says little: it is given again after the process, and other name spaces and
/// machines have the same numbers.
struct ProcessIdentity: Sendable, Hashable {
  var number: Int
  /// The boot of the machine and the name space of the number; empty where neither can be read.
  var place: String
  /// When it began, in clock ticks since the boot; 0 for one that was gone before anybody looked.
  var start: Int

  /// This process.
  static let current = ProcessIdentity(number: Int(getpid()))

  /// A process of this machine and name space, as it is now.
  init(number: Int) {
    self.init(number: number, place: Self.here, start: Self.start(of: number) ?? 0)
  }

  init(number: Int, place: String, start: Int) {
    self.number = number
    self.place = place
    self.start = start
  }

  /// Whether it has ended; nil where that cannot be told from here.
  var isGone: Bool? {
    guard !place.isEmpty, place == Self.here else { return nil }
    if let found = Self.start(of: number) { return found != start }
    // Processes of others may be hidden.
    return kill(pid_t(truncatingIfNeeded: number), 0) == 0 || errno != ESRCH ? nil : true
  }

  private static let here: String = {
    let boot = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
    let space = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")
    guard let boot, let space else { return "" }
    return boot.trimmingCharacters(in: .whitespacesAndNewlines) + " " + space
  }()

  /// nil for a process that is not there, or has ended and was not collected yet.
  private static func start(of number: Int) -> Int? {
    guard let status = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8),
      let name = status.lastIndex(of: ")")
    else { return nil }
    // What follows the name, which may hold spaces: the state first, the start as the 20th.
    let fields = status[name...].dropFirst().split(separator: " ")
    guard fields.count > 19, fields[0] != "Z", fields[0] != "X" else { return nil }
    return Int(fields[19])
  }
}

extension ProcessIdentity {
  /// For SQL: whether the process of a number, a place and a start is gone; where that cannot
  /// be told, the fourth argument, which says whether its lease has expired.
  static let isGone = DatabaseFunction("process_is_gone", argumentCount: 4, pure: false) { values in
    let isExpired = Bool.fromDatabaseValue(values[3]) ?? true
    guard let number = Int.fromDatabaseValue(values[0]), let place = String.fromDatabaseValue(values[1]),
      let start = Int.fromDatabaseValue(values[2])
    else { return isExpired }
    return ProcessIdentity(number: number, place: place, start: start).isGone ?? isExpired
  }
}
