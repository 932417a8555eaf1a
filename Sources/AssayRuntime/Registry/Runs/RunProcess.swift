public import AssayCore
import AssayStore
import CAssaySystem
import Glibc

extension Registry {
  /// Starts a process of its own that does a run, and does not wait for it.
  ///
  /// The process leaves the caller's session and terminal; what it says goes to the end of
  /// ``logFile(ofRun:)``.
  /// - Parameters:
  ///   - run: A run that waits. The process does this revision of it and no other; if it dies
  ///     before it has begun, the run shows as interrupted.
  ///   - executable: The command `assay`; nil for the program that runs now.
  /// - Throws: `run.cannot-start`; the run then counts as failed, and can be resumed.
  public func startProcess(for run: StoredRun, executable: String? = nil) throws(AssayError) {
    let program: String
    if let executable { program = executable } else { program = try Self.thisProgram() }
    let id = run.id
    try store.makeFolder("logs")
    let arguments = [
      "assay", "runs", "execute", id, "--revision", String(run.revision), "--store", store.folder,
    ]
    let (process, status) = Self.start(program, arguments, log: logFile(ofRun: id))
    guard status != 0 else { return try store.noteStart(ofRun: run.number, processID: process) }
    // Safety: the text is static and copied at once.
    let words = unsafe String(cString: strerror(status))
    let error = AssayError(
      .cannotStart,
      "No process could be started for the run \(id): \(words). Do it here with: assay runs resume \(id) --wait",
      details: ["id": id, "program": program])
    try store.failStart(ofRun: run.number, error.json)
    throw error
  }

  /// Where the process of a run says what it has to say.
  public func logFile(ofRun id: String) -> String { store.path(of: "logs/\(id).log") }

  private static func thisProgram() throws(AssayError) -> String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    // Safety: the buffer is longer than the call is told, so that its last byte stays 0.
    let count = unsafe readlink("/proc/self/exe", &buffer, buffer.count - 1)
    guard count > 0 else {
      throw AssayError(.cannotStart, "The path of this program cannot be read from /proc/self/exe.")
    }
    return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func start(
    _ program: String, _ arguments: [String], log: String
  ) -> (process: Int, status: Int32) {
    // Safety: the copies live until they are given back, after the program has begun.
    var pointers = unsafe arguments.map { unsafe strdup($0) }
    unsafe pointers.append(nil)
    defer { unsafe pointers.forEach { unsafe free($0) } }
    var process: Int32 = 0
    let status = unsafe assay_start_detached(program, pointers, log, &process)
    return (Int(process), status)
  }
}

extension AssayError.Code {
  /// The process of a run could not be started.
  public static let cannotStart = Self(rawValue: "run.cannot-start")
}
