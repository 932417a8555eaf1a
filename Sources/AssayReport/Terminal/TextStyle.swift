/// Whether a terminal is sent colours.
public enum TerminalStyle: Sendable, Hashable {
  /// Text alone.
  case plain
  /// Text with the sixteen colours that follow the terminal's own theme.
  case ansi
}

/// What a piece of text is, from which its colour follows.
enum TextRole {
  case normal, strong, faint, good, bad, open, heading

  private var code: String? {
    switch self {
    case .normal: nil
    case .strong: "1"
    case .faint: "2"
    case .good: "32"
    case .bad: "1;31"
    case .open: "33"
    case .heading: "1;36"
    }
  }

  /// The text, made safe for a terminal and coloured where the style has colours.
  func painted(_ text: String, _ style: TerminalStyle) -> String {
    let text = Escaping.terminal(text)
    guard style == .ansi, let code, !text.isEmpty else { return text }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}
