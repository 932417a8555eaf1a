import AssayArrow
import AssayCore
import AssayHost
import Glibc

/// The calls that are compared, over the same columns.
@safe
struct ComparedCalls {
  private typealias Column2 = @convention(c) (
    UnsafePointer<Double>, UnsafePointer<Double>, Int, UnsafeMutablePointer<Double>
  ) -> Void
  private typealias BareNumbers = @convention(c) (
    UnsafeMutableRawPointer, UnsafePointer<Double>, UnsafePointer<Double>, Int,
    UnsafeMutablePointer<Double>
  ) -> Void
  private typealias BareTexts = @convention(c) (
    UnsafeMutableRawPointer, UnsafePointer<Int32>, UnsafePointer<UInt8>, Int,
    UnsafeMutablePointer<Double>
  ) -> Void

  private let library: String
  private let kernels: Symbols
  private let bare: Symbols
  private let rows = 65_536
  private let predicted: [Double]
  private let actual: [Double]
  private let scores: UnsafeMutablePointer<Double>

  init(kernels: String, bare: String) throws(AssayError) {
    library = kernels
    self.kernels = try Symbols(kernels)
    self.bare = try Symbols(bare)
    predicted = (0..<rows).map { Double($0 % 97 + 1) / 98 }
    actual = (0..<rows).map { Double($0 % 2) }
    // For as long as the process lives, as everything here.
    unsafe scores = .allocate(capacity: rows)
    unsafe scores.initialize(repeating: 0, count: rows)
  }

  /// What is measured, in the order of the report.
  func pairs() throws(AssayError) -> [ComparedPair] {
    [
      try numbers(), try texts(),
      try column("a column, |p - y|", "absolute_errors", target: nil),
      try column("a column, log loss", "log_losses", target: 1.05),
    ]
  }

  private var batch: RecordBatch {
    RecordBatch(["predicted": Column(predicted), "actual": Column(actual)])
  }

  private func numbers() throws(AssayError) -> ComparedPair {
    let function = unsafe try kernels.address(of: "absolute_error")
    let loop = unsafe unsafeBitCast(try bare.address(of: "bare_numbers"), to: BareNumbers.self)
    return try pair(
      "a row, two doubles", "double absolute_error(double predicted, double actual)", batch,
      target: 1.3
    ) { [self] in
      // Safety: every column and the scores have `rows` values.
      unsafe loop(function, predicted, actual, rows, scores)
    }
  }

  private func texts() throws(AssayError) -> ComparedPair {
    let texts = (0..<rows).map { "prediction \($0)" }
    let bytes = texts.flatMap(\.utf8)
    let offsets = texts.reduce(into: [Int32(0)]) { $0.append($0[$0.count - 1] + Int32($1.utf8.count)) }
    let function = unsafe try kernels.address(of: "same_text")
    let loop = unsafe unsafeBitCast(try bare.address(of: "bare_texts"), to: BareTexts.self)
    return try pair(
      "a row, two texts with lengths",
      "double same_text(const char *a, size_t a_length, const char *b, size_t b_length)",
      RecordBatch(["a": Column(texts as [String?]), "b": Column(texts as [String?])]),
      bind: [("a", "a.ptr"), ("a_length", "a.len"), ("b", "b.ptr"), ("b_length", "b.len")],
      target: 1.3
    ) { [self] in
      // Safety: an offset more than there are rows, all inside of the bytes.
      unsafe loop(function, offsets, bytes, rows, scores)
    }
  }

  private func column(_ name: String, _ symbol: String, target: Double?) throws(AssayError) -> ComparedPair {
    let function = unsafe unsafeBitCast(try kernels.address(of: symbol), to: Column2.self)
    return try pair(
      name, "void \(symbol)(const double *predicted, const double *actual, size_t n, double *out)",
      batch, bind: [("out", "out:score")], target: target
    ) { [self] in
      // Safety: every column and the scores have `rows` values.
      unsafe function(predicted, actual, rows, scores)
    }
  }

  private func pair(
    _ name: String, _ prototype: String, _ batch: RecordBatch, bind: [(String, String)] = [],
    target: Double?, bare: @escaping () -> Void
  ) throws(AssayError) -> ComparedPair {
    let host = PluginHost(searchPath: PluginSearchPath(folders: []))
    let evaluator = try host.describe(library: library, prototype: prototype, bind: bind).prepare()
    let check = try evaluator.score(batch)
    guard check.errorCount == 0, check.scores.count == rows else {
      throw AssayError(.internal, "\(name): \(check.errors.first?.message ?? "no scores")")
    }
    return ComparedPair(name: name, target: target, rows: rows, bare: bare) {
      // Nothing can fail that did not fail above.
      _ = try? evaluator.score(batch)
    }
  }
}

/// A library that was opened for its symbols.
@safe
private struct Symbols {
  private let path: String
  private let handle: UnsafeMutableRawPointer

  init(_ path: String) throws(AssayError) {
    guard let handle = unsafe dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
      throw AssayError(.internal, "\(path) cannot be opened.")
    }
    self.path = path
    unsafe self.handle = handle
  }

  func address(of name: String) throws(AssayError) -> UnsafeMutableRawPointer {
    guard let address = unsafe dlsym(handle, name) else {
      throw AssayError(.internal, "\(path) has no \(name).")
    }
    return unsafe address
  }
}
