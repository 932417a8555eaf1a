/// How grave a line of a plugin's log is; the raw values are those of the C contract.
public enum LogLevel: Int32, Sendable, Hashable, CaseIterable {
  case debug, info, warning, error
}
