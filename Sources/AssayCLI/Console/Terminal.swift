import AssayReport
import Glibc

/// What stands at the other end of a stream, and what the user wants to see there.
struct Terminal {
  /// Whether the stream goes to a person.
  let isInteractive: Bool
  let style: TerminalStyle
  /// In cells.
  let width: Int

  /// `NO_COLOR` takes the colours away; without a terminal there are none, and
  /// tables are as wide as a page.
  init(_ stream: Console.Stream) {
    isInteractive = isatty(stream.rawValue) == 1 && environment("TERM") != "dumb"
    let allowsColor = (environment("NO_COLOR") ?? "").isEmpty
    style = isInteractive && allowsColor ? .ansi : .plain
    width = Self.width(of: stream) ?? 100
  }

  private static func width(of stream: Console.Stream) -> Int? {
    var size = winsize()
    // Safety: the call fills a structure that lives here.
    if unsafe ioctl(stream.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
      return Int(size.ws_col)
    }
    return environment("COLUMNS").flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
  }
}

/// A variable of the environment; nil where it is not set.
func environment(_ name: String) -> String? {
  // Safety: the text is copied at once, and nothing here changes the environment.
  guard let value = unsafe getenv(name) else { return nil }
  return unsafe String(cString: value)
}

/// Whether a variable is set to something other than nothing, `0` and `false`.
func isSet(_ name: String) -> Bool {
  guard let value = environment(name) else { return false }
  return !["", "0", "false"].contains(value)
}
