import AssayCore
import AssayHost
import Testing

@Suite struct `Debug information` {
  static let source = """
    #include <stdbool.h>
    #include <stddef.h>
    #include <stdint.h>
    struct point { double x, y; };
    enum mode { FAST, SLOW };
    typedef double (*kernel)(double);
    double two(double x, int32_t n) { return x * n; }
    int counts(const char *text, size_t n) { return text[n]; }
    void fill(const double *x, double *out, size_t n) { for (size_t i = 0; i < n; i++) out[i] = x[i]; }
    double apply(kernel k, double x) { return k(x); }
    bool flag(bool x, unsigned char c) { return x && c; }
    float single(float x) { return x; }
    double of_struct(struct point p) { return p.x; }
    double of_pointer(const struct point *p) { return p->x; }
    double of_enum(enum mode m) { return m; }
    unsigned long wide(unsigned long a, long long b) { return a + b; }
    double many(const char *format, ...) { return format[0]; }
    double legacy() { return 1; }
    double nothing(void) { return 1; }
    long double longer(double x) { return x; }
    """

  /// Prototype, and `=` for a match, `?` for unknown, else part of the mismatch.
  static let comparisons: [(String, String)] = [
    ("double two(double x, int32_t n)", "="),
    ("double two(double x, int n)", "="),
    ("double two(double x)", "two takes 2 parameters, and the prototype has 1 parameter"),
    ("double two(double x, int32_t n, double y)", "two takes 2 parameters, and the prototype has 3 parameters"),
    ("double two(double x, int64_t n)", #"parameter 2 of two is int32_t, and the prototype has "int64_t n""#),
    ("double two(float x, int32_t n)", #"parameter 1 of two is double, and the prototype has "float x""#),
    ("double two(double x, double n)", #"parameter 2 of two is int32_t, and the prototype has "double n""#),
    ("double two(double x, uint32_t n)", #"parameter 2 of two is int32_t, and the prototype has "uint32_t n""#),
    ("int two(double x, int32_t n)", "two returns double, and the prototype says int"),
    ("float two(double x, int32_t n)", "two returns double, and the prototype says float"),
    ("void two(double x, int32_t n)", "two returns double, and the prototype says void"),
    ("double two(const double *x, int32_t n)", #"parameter 1 of two is double, and the prototype has "const double *x""#),
    ("int counts(const char *text, size_t n)", "="),
    ("int32_t counts(const uint8_t *text, uint64_t n)", "="),
    ("int counts(const void *text, unsigned long n)", "="),
    ("int counts(const char *text, uint32_t n)", "parameter 2 of counts is size_t"),
    ("int counts(const double *text, size_t n)", #"and the prototype has "const double *text""#),
    ("void fill(const double *x, double *out, size_t n)", "="),
    ("void fill(const float *x, double *out, size_t n)", #"parameter 1 of fill is const double *"#),
    ("double fill(const double *x, double *out, size_t n)", "fill returns void, and the prototype says double"),
    ("double apply(double (*k)(double), double x)", "="),
    ("double apply(void *k, double x)", "="),
    ("double apply(double k, double x)", "parameter 1 of apply is double (*)(double)"),
    ("bool flag(bool x, unsigned char c)", "="),
    ("uint8_t flag(uint8_t x, uint8_t c)", "="),
    ("float single(float x)", "="),
    ("double single(float x)", "single returns float"),
    ("double of_struct(const struct point *p)", "parameter 1 of of_struct is struct point"),
    ("double of_pointer(const struct point *p)", "="),
    ("double of_enum(int32_t m)", "="),
    ("double of_enum(uint32_t m)", "="),
    ("double of_enum(int64_t m)", "parameter 1 of of_enum is uint32_t"),
    ("unsigned long wide(unsigned long a, long long b)", "="),
    ("uint64_t wide(uint64_t a, int64_t b)", "="),
    ("double many(const char *format)", "many takes any number of arguments"),
    ("double legacy(void)", "?it was compiled without a prototype"),
    ("double nothing(void)", "="),
    ("double nothing(double x)", "nothing takes no parameters, and the prototype has 1 parameter"),
    ("double longer(double x)", "longer returns long double"),
    ("double absent(double x)", "?there is no debug information about absent"),
  ]

  static let flags: [[String]] = [
    ["-gdwarf-5", "-O2"], ["-gdwarf-4", "-O2"], ["-gdwarf-5", "-O0"], ["-gdwarf-4", "-O0"],
    ["-gdwarf-3", "-O1"], ["-gdwarf-2", "-O1"], ["-gdwarf-5", "-gz=zlib"], ["-gdwarf-4", "-gz=zlib"],
  ]

  @Test(arguments: flags)
  func `of C tells a prototype from a wrong one`(flags: [String]) throws {
    try compare(Self.comparisons, source: Self.source, tool: "cc", flags: flags + ["-std=gnu11"])
  }

  @Test(.enabled(if: Compiler.has("clang")), arguments: flags)
  func `of clang is read as well`(flags: [String]) throws {
    try compare(
      Self.comparisons, source: Self.source, tool: "clang",
      flags: flags + ["-std=gnu11", "-w", "-Wno-deprecated-non-prototype"])
  }

  private func compare(
    _ comparisons: [(String, String)], source: String, suffix: String = "c", tool: String,
    flags: [String]
  ) throws {
    try Compiler.library(source, suffix: suffix, tool: tool, flags: flags) { path in
      let information = DebugInformation(try ELFFile(path: path))
      for (declaration, expected) in comparisons {
        let answer = information.compare(try Prototype(parsing: declaration))
        switch answer {
        case .match: #expect(expected == "=", "\(declaration)")
        case .unknown(let reason):
          #expect(expected.hasPrefix("?") && reason.contains(expected.dropFirst()), "\(declaration): \(reason)")
        case .mismatch(let reason): #expect(reason.contains(expected), "\(declaration): \(reason)")
        }
      }
    }
  }

  @Test(arguments: ["c++", "clang++"])
  func `of C++ follows specifications and references`(tool: String) throws {
    guard Compiler.has(tool) else { return }
    let source = """
      #include <cstddef>
      struct box { double side; };
      namespace acme { extern "C" double inner(double x, const box &b) { return x * b.side; } }
      extern "C" double outer(const double *x, size_t n);
      double outer(const double *x, size_t n) { return n ? x[0] : 0; }
      extern "C" double nothing() { return 1; }
      enum class mode : short { a, b };
      extern "C" double of_enum(mode m) { return m == mode::a; }
      """
    for version in ["-gdwarf-4", "-gdwarf-5"] {
      try compare(
        [
          ("double inner(double x, const struct box *b)", "="),
          ("double inner(double x, double b)", "parameter 2 of inner is const struct box *"),
          ("double outer(const double *x, size_t n)", "="),
          ("double outer(const double *x)", "outer takes 2 parameters"),
          ("double nothing(void)", "="),
          ("double nothing(int x)", "nothing takes no parameters"),
          ("double of_enum(int16_t m)", "="),
          ("double of_enum(int32_t m)", "parameter 1 of of_enum is uint16_t"),
        ], source: source, suffix: "cpp", tool: tool, flags: [version, "-O1"])
    }
  }

  @Test(.enabled(if: Compiler.has("rustc"))) func `of Rust is read`() throws {
    let source = """
      use std::ffi::c_char;
      #[unsafe(no_mangle)] pub extern "C" fn scale(x: f64, n: i32) -> f64 { x * n as f64 }
      #[unsafe(no_mangle)] pub extern "C" fn text(p: *const c_char, n: usize) -> u8 { if n > 0 { unsafe { *p as u8 } } else { 0 } }
      #[unsafe(no_mangle)] pub extern "C" fn mean(p: *const f64, out: *mut f64, n: usize) -> bool { unsafe { *out = *p; } n > 0 }
      #[unsafe(no_mangle)] pub extern "C" fn called(f: Option<extern "C" fn(f64) -> f64>) -> f64 { f.map_or(0.0, |f| f(1.0)) }
      """
    try compare(
      [
        ("double scale(double x, int32_t n)", "="),
        ("double scale(double x)", "scale takes 2 parameters"),
        ("float scale(double x, int32_t n)", "scale returns double"),
        ("uint8_t text(const char *p, size_t n)", "="),
        ("uint8_t text(const double *p, size_t n)", "parameter 1 of text"),
        ("bool mean(const double *p, double *out, size_t n)", "="),
        ("bool mean(const double *p, float *out, size_t n)", "parameter 2 of mean is double *"),
        ("double called(double (*f)(double))", "?it is a Rust struct"),
      ], source: source, suffix: "rs", tool: "rustc", flags: ["-g", "-C", "panic=abort"])
  }

  @Test(.enabled(if: Compiler.has("swiftc"))) func `of Swift is read where it is told`() throws {
    let source = """
      @c(swift_scale) public func scale(_ x: Double, _ n: Int32) -> Double { x * Double(n) }
      @c(swift_first) public func first(_ p: UnsafePointer<Double>, _ n: Int) -> Double { n > 0 ? p[0] : 0 }
      @c(swift_out) public func out(_ p: UnsafeMutablePointer<UnsafeMutableRawPointer?>, _ o: OpaquePointer?, _ f: (@convention(c) (Double) -> Double)?) -> Bool { true }
      @c(swift_nothing) public func nothing(_ p: UnsafeMutableRawPointer?) {}
      @c(swift_state) public func state(_ p: UnsafeMutableRawPointer?) -> Int32 { p == nil ? 1 : 0 }
      """
    try compare(
      [
        ("double swift_scale(double x, int32_t n)", "="),
        ("double swift_scale(double x)", "swift_scale takes 2 parameters"),
        ("double swift_scale(double x, int64_t n)", "parameter 2 of swift_scale is int32_t"),
        ("double swift_first(const double *p, ptrdiff_t n)", "="),
        ("double swift_first(const double *p, size_t n)", "="),
        ("double swift_first(const double *p, int32_t n)", "parameter 2 of swift_first is ptrdiff_t"),
        ("void swift_nothing(void *p)", "="),
        ("int swift_nothing(void *p)", "swift_nothing returns void"),
        ("double swift_first(double p, ptrdiff_t n)", "parameter 1 of swift_first"),
        ("int32_t swift_state(void *state)", "="),
        ("bool swift_out(void **p, struct thing *o, double (*f)(double))", "="),
        ("bool swift_out(void **p, struct thing *o, double f)", "parameter 3 of swift_out is void *"),
      ], source: source, suffix: "swift", tool: "swiftc", flags: ["-g"])
  }

  @Test func `of a function that is chosen when it is loaded is unknown`() throws {
    let source = """
      static double twice(double x) { return 2 * x; }
      static void *choose(void) { return (void *)twice; }
      double chosen(double x) __attribute__((ifunc("choose")));
      """
    try Compiler.library(source, flags: ["-g", "-O1", "-Wno-attributes"]) { path in
      let information = DebugInformation(try ELFFile(path: path))
      for declaration in ["double chosen(double x)", "void *chosen(void)"] {
        let answer = information.compare(try Prototype(parsing: declaration))
        guard case .unknown(let reason) = answer else {
          Issue.record("\(declaration): \(answer)")
          continue
        }
        #expect(reason.contains("when it is loaded"))
      }
    }
  }

  @Test(arguments: [("c++", "cpp"), ("cc", "c")])
  func `with names and lines alone is unknown`(tool: String, suffix: String) throws {
    let linkage = suffix == "cpp" ? "extern \"C\" " : ""
    let source = "\(linkage)double two(double x, int n) { return x * n; }"
    try Compiler.library(source, suffix: suffix, tool: tool, flags: ["-g1", "-O2"]) { path in
      let information = DebugInformation(try ELFFile(path: path))
      let answer = information.compare(try Prototype(parsing: "double two(double x, int n)"))
      guard case .unknown = answer else {
        Issue.record("\(answer)")
        return
      }
    }
  }

  static let absent: [([String], String)] = [
    (["-O2"], "it has no debug information; compile it with -g"),
    (["-g", "-s"], "it has no debug information; compile it with -g"),
  ]

  @Test(arguments: absent)
  func `that is not there is unknown and never a match`(flags: [String], reason: String) throws {
    try Compiler.library(Self.source, flags: flags) { path in
      let information = DebugInformation(try ELFFile(path: path))
      let answer = information.compare(try Prototype(parsing: "double two(double x, int32_t n)"))
      guard case .unknown(let said) = answer else {
        Issue.record("\(answer)")
        return
      }
      #expect(said.hasPrefix(reason))
    }
  }
}
