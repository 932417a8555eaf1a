import AssayCore
import AssayJSON
import Glibc

/// The two streams that a command writes to.
///
/// Standard output carries the result and nothing else; everything that is said
/// about the work goes to standard error.
enum Console {
  enum Stream: Int32 {
    case output = 1
    case error = 2
  }

  /// Writes a result.
  ///
  /// A reader that has gone away (`assay … | head`) is no error: it has seen what it wanted.
  /// - Throws: `file.not-writable` where the stream cannot take it, such as a full disk.
  static func print(_ text: String) throws(AssayError) {
    let status = write(text, to: .output)
    guard status != 0, status != EPIPE else { return }
    throw AssayError(
      .fileUnwritable, "Standard output cannot be written: \(systemMessage(status)).")
  }

  /// Says something about the work. What cannot be said is not said.
  static func say(_ text: String) {
    _ = write(text + "\n", to: .error)
  }

  /// Says what went wrong: for people, or for a program that asked for JSON.
  static func report(_ error: AssayError, asJSON: Bool) {
    guard asJSON else { return say("assay: \(error.message)") }
    var details = JSONObject()
    for name in error.details.keys.sorted() {
      details[name] = JSONValue(error.details[name])
    }
    let document: JSONValue = [
      "error": [
        "code": .string(error.code.rawValue), "message": .string(error.message),
        "details": .object(details),
      ]
    ]
    say(document.text())
  }

  /// Writes all of the text; the number of the error, or 0.
  static func write(_ text: String, to stream: Stream) -> Int32 {
    var text = text
    return text.withUTF8 { bytes in
      var sent = 0
      while sent < bytes.count {
        // Safety: the rest of a buffer that lives until the closure returns.
        let rest = unsafe UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[sent...])
        let count = unsafe Glibc.write(stream.rawValue, rest.baseAddress, rest.count)
        if count >= 0 {
          sent += count
        } else if errno != EINTR && errno != EAGAIN {
          return errno
        }
      }
      return 0
    }
  }
}

/// What the system says about one of its error numbers.
func systemMessage(_ number: Int32) -> String {
  // Safety: strerror gives a terminated text, which is copied at once.
  guard let text = unsafe strerror(number) else { return "error \(number)" }
  return unsafe String(cString: text)
}
