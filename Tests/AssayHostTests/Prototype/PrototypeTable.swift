/// Declarations and what becomes of them.
enum PrototypeTable {
  /// A declaration that is accepted, and its canonical rendering.
  static let accepted: [(String, String)] = [
    ("double fabs(double x)", "double fabs(double x)"),
    ("double fabs(double x);", "double fabs(double x)"),
    ("double fabs ( double x ) ;", "double fabs(double x)"),
    ("extern double fabs(double x);", "double fabs(double x)"),
    ("double (fabs)(double x)", "double fabs(double x)"),
    ("double*f(double*x)", "double *f(double *x)"),
    ("double *f(const double *x, size_t n)", "double *f(const double *x, size_t n)"),
    ("double f(double const *x, size_t n)", "double f(const double *x, size_t n)"),
    ("double f(const double *const x, size_t n)", "double f(const double *x, size_t n)"),
    ("double f(const double *restrict x, size_t n)", "double f(const double *x, size_t n)"),
    ("double f(volatile double *x)", "double f(double *x)"),
    ("double f(const double x[n], size_t n)", "double f(const double x[n], size_t n)"),
    (
      "void f(size_t n, const double x[n], double out[n])",
      "void f(size_t n, const double x[n], double out[n])"
    ),
    (
      "void f(size_t n, const double x[static n], double out[restrict n])",
      "void f(size_t n, const double x[n], double out[n])"
    ),
    ("void f(const double x[], size_t n)", "void f(const double *x, size_t n)"),
    ("void f(const double x[4])", "void f(const double x[4])"),
    ("void f(double x[static 16])", "void f(double x[16])"),
    ("int f(void)", "int f(void)"),
    ("int f( void );", "int f(void)"),
    ("void f(void)", "void f(void)"),
    ("void f(int x)", "void f(int x)"),
    ("int f(signed x)", "int f(int x)"),
    ("int f(signed int x)", "int f(int x)"),
    ("int f(int signed x)", "int f(int x)"),
    ("unsigned f(unsigned x)", "unsigned int f(unsigned int x)"),
    ("unsigned f(unsigned int x)", "unsigned int f(unsigned int x)"),
    ("unsigned f(int unsigned x)", "unsigned int f(unsigned int x)"),
    ("short f(short x)", "short f(short x)"),
    ("short f(short int x)", "short f(short x)"),
    ("short f(int short x)", "short f(short x)"),
    ("short f(signed short int x)", "short f(short x)"),
    ("unsigned short f(unsigned short x)", "unsigned short f(unsigned short x)"),
    ("unsigned short f(short unsigned int x)", "unsigned short f(unsigned short x)"),
    ("unsigned short f(int unsigned short x)", "unsigned short f(unsigned short x)"),
    ("long f(long x)", "long f(long x)"),
    ("long f(long int x)", "long f(long x)"),
    ("long f(int long x)", "long f(long x)"),
    ("long f(signed long x)", "long f(long x)"),
    ("unsigned long f(unsigned long int x)", "unsigned long f(unsigned long x)"),
    ("unsigned long f(long unsigned x)", "unsigned long f(unsigned long x)"),
    ("unsigned long f(long int unsigned x)", "unsigned long f(unsigned long x)"),
    ("long long f(long long x)", "long long f(long long x)"),
    ("long long f(long long int x)", "long long f(long long x)"),
    ("long long f(long int long x)", "long long f(long long x)"),
    ("long long f(signed long long int x)", "long long f(long long x)"),
    ("unsigned long long f(unsigned long long x)", "unsigned long long f(unsigned long long x)"),
    (
      "unsigned long long f(long unsigned long int x)",
      "unsigned long long f(unsigned long long x)"
    ),
    ("signed char f(signed char x)", "signed char f(signed char x)"),
    ("signed char f(char signed x)", "signed char f(signed char x)"),
    ("unsigned char f(unsigned char x)", "unsigned char f(unsigned char x)"),
    ("unsigned char f(char unsigned x)", "unsigned char f(unsigned char x)"),
    ("int8_t f(int8_t x)", "int8_t f(int8_t x)"),
    ("int16_t f(int16_t x)", "int16_t f(int16_t x)"),
    ("int32_t f(int32_t x)", "int32_t f(int32_t x)"),
    ("int64_t f(int64_t x)", "int64_t f(int64_t x)"),
    ("uint8_t f(uint8_t x)", "uint8_t f(uint8_t x)"),
    ("uint16_t f(uint16_t x)", "uint16_t f(uint16_t x)"),
    ("uint32_t f(uint32_t x)", "uint32_t f(uint32_t x)"),
    ("uint64_t f(uint64_t x)", "uint64_t f(uint64_t x)"),
    ("size_t f(size_t x)", "size_t f(size_t x)"),
    ("ssize_t f(ssize_t x)", "ssize_t f(ssize_t x)"),
    ("ptrdiff_t f(ptrdiff_t x)", "ptrdiff_t f(ptrdiff_t x)"),
    ("intptr_t f(intptr_t x)", "intptr_t f(intptr_t x)"),
    ("uintptr_t f(uintptr_t x)", "uintptr_t f(uintptr_t x)"),
    ("bool f(bool x)", "bool f(bool x)"),
    ("_Bool f(_Bool x)", "bool f(bool x)"),
    ("float f(float x)", "float f(float x)"),
    ("double f(const double x)", "double f(double x)"),
    ("const char *f(const char *text)", "const char *f(const char *text)"),
    ("char *f(char *text)", "char *f(char *text)"),
    ("char const *f(char const *text)", "const char *f(const char *text)"),
    ("int f(const char *const *texts, size_t n)", "int f(const char *const *texts, size_t n)"),
    ("int f(char **texts)", "int f(char **texts)"),
    ("int f(const char *texts[], int n)", "int f(const char **texts, int n)"),
    ("void *f(void *p)", "void *f(void *p)"),
    ("const void *f(const void *p)", "const void *f(const void *p)"),
    ("void f(void **p)", "void f(void **p)"),
    ("void f(const void *const *p)", "void f(const void *const *p)"),
    ("double f(const bool *flags, size_t n)", "double f(const bool *flags, size_t n)"),
    (
      "double f(const unsigned char *bytes, size_t n)",
      "double f(const unsigned char *bytes, size_t n)"
    ),
    ("double f(struct point *p)", "double f(struct point *p)"),
    ("double f(const struct point *p)", "double f(const struct point *p)"),
    ("double f(union value *v)", "double f(union value *v)"),
    ("double f(const union value *v)", "double f(const union value *v)"),
    ("struct point *f(void)", "struct point *f(void)"),
    (
      "const struct point *f(const struct point *p)",
      "const struct point *f(const struct point *p)"
    ),
    ("FILE *f(FILE *stream)", "FILE *f(FILE *stream)"),
    ("double f(const FILE *stream)", "double f(const FILE *stream)"),
    ("gsl_vector *f(const gsl_vector *v)", "gsl_vector *f(const gsl_vector *v)"),
    ("double f(double (*g)(double))", "double f(double (*g)(double))"),
    ("double f(double (*g)(double x))", "double f(double (*g)(double x))"),
    ("double f(double (*g)(double), double x)", "double f(double (*g)(double), double x)"),
    ("double f(double g(double), double x)", "double f(double (*g)(double), double x)"),
    (
      "void f(void (*log)(int, const char *), double x)",
      "void f(void (*log)(int, const char *), double x)"
    ),
    ("void f(void (*progress)(double))", "void f(void (*progress)(double))"),
    ("int f(int (*cancelled)(void))", "int f(int (*cancelled)(void))"),
    (
      "double f(double (*similarity)(const char *output, const char *expected), const char *output, const char *expected)",
      "double f(double (*similarity)(const char *output, const char *expected), const char *output, const char *expected)"
    ),
    (
      "double f(const double *(*g)(const double *x, size_t n), double x)",
      "double f(const double *(*g)(const double *x, size_t n), double x)"
    ),
    ("double f(double (*const g)(double), double x)", "double f(double (*g)(double), double x)"),
    ("double f(double (**g)(double), double x)", "double f(double (**g)(double), double x)"),
    (
      "double f(void (*g)(void *context, int32_t level, const char *text, size_t length), void *context)",
      "double f(void (*g)(void *context, int32_t level, const char *text, size_t length), void *context)"
    ),
    (
      "double jaro_winkler(const char *output, size_t output_len, const char *expected, size_t expected_len, double prefix)",
      "double jaro_winkler(const char *output, size_t output_len, const char *expected, size_t expected_len, double prefix)"
    ),
    (
      "int32_t tabular_binary_create(const char *parameters, size_t parameters_len, void **state, struct assay_error *error)",
      "int32_t tabular_binary_create(const char *parameters, size_t parameters_len, void **state, struct assay_error *error)"
    ),
    (
      "int32_t tabular_binary_update(void *state, const struct ArrowSchema *schema, struct ArrowArray *batch, struct assay_error *error)",
      "int32_t tabular_binary_update(void *state, const struct ArrowSchema *schema, struct ArrowArray *batch, struct assay_error *error)"
    ),
    (
      "int32_t tabular_binary_merge(void *into, void *from, struct assay_error *error)",
      "int32_t tabular_binary_merge(void *into, void *from, struct assay_error *error)"
    ),
    (
      "int32_t tabular_binary_finish(void *state, const struct assay_sink *sink, struct assay_error *error)",
      "int32_t tabular_binary_finish(void *state, const struct assay_sink *sink, struct assay_error *error)"
    ),
    ("void tabular_binary_destroy(void *state)", "void tabular_binary_destroy(void *state)"),
    (
      "int32_t f(const char *uri, const char *options, size_t options_len, struct ArrowArrayStream *out, struct assay_error *error)",
      "int32_t f(const char *uri, const char *options, size_t options_len, struct ArrowArrayStream *out, struct assay_error *error)"
    ),
    (
      "unsigned long adler32(unsigned long adler, const unsigned char *buf, unsigned int len)",
      "unsigned long adler32(unsigned long adler, const unsigned char *buf, unsigned int len)"
    ),
    (
      "double f(double a, double b, double c, double d, double e, double g, double h, double i)",
      "double f(double a, double b, double c, double d, double e, double g, double h, double i)"
    ),
    ("double f(double /* the value */ x)", "double f(double x)"),
    ("double f(\n  double x,\n  double y\n)", "double f(double x, double y)"),
    ("double f(double _x, double x1, double X)", "double f(double _x, double x1, double X)"),
    ("double $f(double x)", "double $f(double x)"),
    ("double _f(double x)", "double _f(double x)"),
    ("double f(double (x))", "double f(double x)"),
    ("double f(double *(x))", "double f(double *x)"),
    ("double f(double (*x))", "double f(double *x)"),
    ("double *(f)(double x)", "double *f(double x)"),
    ("const double *const f(void)", "const double *f(void)"),
    ("__const double f(__restrict__ double x)", "double f(double x)"),
    ("double f(float *x, int8_t *y, uint16_t *z)", "double f(float *x, int8_t *y, uint16_t *z)"),
    ("void f(double *out)", "void f(double *out)"),
    ("int f(long *a, unsigned long long *b)", "int f(long *a, unsigned long long *b)"),
    ("double f(size_t len, int level)", "double f(size_t len, int level)"),
    ("double f(int n, double x[n])", "double f(int n, double x[n])"),
    ("double f(double **rows, size_t n)", "double f(double **rows, size_t n)"),
    ("double f(double *rows[n], size_t n)", "double f(double *rows[n], size_t n)"),
    ("double f(double * * * deep)", "double f(double ***deep)"),
    ("double f(const double *const *const *deep)", "double f(const double *const *const *deep)"),
    ("extern const char *f(extern int x)", "const char *f(int x)"),
    ("double f(double (*g[3])(double))", "double f(double (*g[3])(double))"),
    ("double f(double x) // the value", "double f(double x)"),
  ]

  /// A declaration that is refused: the code, where the caret stands (line and
  /// column from 1), and what the message says to write instead.
  static let refused: [(String, String, String, String)] = [
    ("", "prototype.syntax", "1:1", "write for example double f(double x)"),
    (";", "prototype.missing-type", "1:1", "write it first, as in double f(…), or void"),
    (
      "double",
      "prototype.syntax",
      "1:7",
      "write the name of the symbol before the parameters, as in double f(double x)"
    ),
    (
      "double;",
      "prototype.syntax",
      "1:7",
      "write the name of the symbol before the parameters, as in double f(double x)"
    ),
    (
      "double f",
      "prototype.not-a-function",
      "1:8",
      "write its parameters in parentheses, as in double f(double x)"
    ),
    (
      "double f;",
      "prototype.not-a-function",
      "1:8",
      "write its parameters in parentheses, as in double f(double x)"
    ),
    (
      "double *f;",
      "prototype.not-a-function",
      "1:9",
      "write its parameters in parentheses, as in double f(double x)"
    ),
    (
      "double f[3];",
      "prototype.not-a-function",
      "1:8",
      "write its parameters in parentheses, as in double f(double x)"
    ),
    (
      "double (*f)(double);",
      "prototype.not-a-function",
      "1:10",
      "write its parameters in parentheses, as in double f(double x)"
    ),
    ("f(double x)", "prototype.missing-type", "1:1", "write it first, as in double f(…), or void"),
    ("f(void)", "prototype.missing-type", "1:1", "write it first, as in double f(…), or void"),
    ("fabs", "prototype.missing-type", "1:1", "write it first, as in double fabs(…), or void"),
    (
      "const f(double x)",
      "prototype.missing-type",
      "1:1",
      "write it first, as in double f(…), or void"
    ),
    (
      "extern f(double x)",
      "prototype.missing-type",
      "1:1",
      "write it first, as in double f(…), or void"
    ),
    (
      "double f()",
      "prototype.unprototyped",
      "1:9",
      "write f(void) if it takes nothing, else its parameters"
    ),
    (
      "double f(double (*g)())",
      "prototype.unprototyped",
      "1:21",
      "write g(void) if it takes nothing, else its parameters"
    ),
    (
      "double (double x)",
      "prototype.syntax",
      "1:18",
      "write the name of the symbol before the parameters, as in double f(double x)"
    ),
    ("double f(double)", "prototype.unnamed-parameter", "1:10", "write for example double x"),
    (
      "double f(double, int n)",
      "prototype.unnamed-parameter",
      "1:10",
      "write for example double x"
    ),
    (
      "double f(const double *)",
      "prototype.unnamed-parameter",
      "1:10",
      "write for example const double *x"
    ),
    (
      "double f(double (*)(double))",
      "prototype.unnamed-parameter",
      "1:10",
      "write for example double (*x)(double)"
    ),
    ("double f(x)", "prototype.missing-type", "1:10", "write for example double x"),
    ("double f(double x, y)", "prototype.missing-type", "1:20", "write for example double y"),
    ("double f(x, y)", "prototype.missing-type", "1:10", "write for example double x"),
    ("double f(double x y)", "prototype.syntax", "1:19", #"write "," before it, or one name only"#),
    ("double f(double x,)", "prototype.syntax", "1:19", "write a type and a name, as in double x"),
    ("double f(,double x)", "prototype.syntax", "1:10", "write a type and a name, as in double x"),
    ("double f(double x", "prototype.syntax", "1:18", #"write ")" at the end"#),
    ("double f(double x;", "prototype.syntax", "1:18", #"write "," or ")""#),
    ("double f(double x; double y)", "prototype.syntax", "1:18", #"write "," or ")""#),
    ("double f(double x))", "prototype.syntax", "1:19", #"end the declaration with ")" or ");""#),
    ("double f(double x) g", "prototype.syntax", "1:20", #"end the declaration with ")" or ");""#),
    ("double f(double x), g(double x);", "prototype.syntax", "1:19", "write one declaration only"),
    (
      "double f(double x); double g(double x);",
      "prototype.syntax",
      "1:21",
      "write one declaration only"
    ),
    ("double f(double x) { return x; }", "prototype.syntax", "1:20", #"end it with ")" or ");""#),
    ("double f(double x) = 0", "prototype.syntax", "1:20", #"end the declaration with ")""#),
    (
      "double f(double x = 1)",
      "prototype.syntax",
      "1:19",
      "leave it out and bind the parameter with a default, as in param:NAME=0.5"
    ),
    (
      "double f(double x, ...)",
      "prototype.variadic",
      "1:20",
      "write or export a function with the parameters that you need"
    ),
    (
      "int printf(const char *format, ...)",
      "prototype.variadic",
      "1:32",
      "write or export a function with the parameters that you need"
    ),
    (
      "int f(...)",
      "prototype.variadic",
      "1:7",
      "write or export a function with the parameters that you need"
    ),
    ("double f(double x, double x)", "prototype.duplicate-parameter", "1:20", "rename one of them"),
    (
      "double f(void, double x)",
      "prototype.syntax",
      "1:10",
      "write (void) alone for no parameters, or void *x"
    ),
    (
      "double f(void x)",
      "prototype.syntax",
      "1:10",
      "write (void) alone for no parameters, or void *x"
    ),
    ("void f(void x[3])", "prototype.syntax", "1:14", "write void *"),
    (
      "double f(char c)",
      "prototype.unsupported-type",
      "1:10",
      "write int8_t or uint8_t for a number, const char * for a text"
    ),
    (
      "char f(double x)",
      "prototype.unsupported-type",
      "1:1",
      "write int8_t or uint8_t for a number, const char * for a text"
    ),
    (
      "const char f(double x)",
      "prototype.unsupported-type",
      "1:7",
      "write int8_t or uint8_t for a number, const char * for a text"
    ),
    ("long double f(double x)", "prototype.unsupported-type", "1:1", "write double"),
    ("double f(long double x)", "prototype.unsupported-type", "1:10", "write double"),
    ("double f(double long x)", "prototype.unsupported-type", "1:10", "write double"),
    (
      "double f(double _Complex z)",
      "prototype.unsupported-type",
      "1:10",
      "pass the two parts as two doubles, or a const double *"
    ),
    (
      "double _Complex f(double z)",
      "prototype.unsupported-type",
      "1:1",
      "pass the two parts as two doubles, or a const double *"
    ),
    (
      "double complex f(double z)",
      "prototype.unsupported-type",
      "1:1",
      "pass the two parts as two doubles, or a const double *"
    ),
    (
      "double f(float _Complex z)",
      "prototype.unsupported-type",
      "1:10",
      "pass the two parts as two doubles, or a const double *"
    ),
    (
      "double f(__int128 x)",
      "prototype.unsupported-type",
      "1:10",
      "write int64_t, or pass two of them"
    ),
    (
      "__int128_t f(void)",
      "prototype.unsupported-type",
      "1:1",
      "write int64_t, or pass two of them"
    ),
    (
      "double f(unsigned __int128 x)",
      "prototype.unsupported-type",
      "1:19",
      "write int64_t, or pass two of them"
    ),
    ("double f(_Float16 x)", "prototype.unsupported-type", "1:10", "write float"),
    ("double f(__fp16 x)", "prototype.unsupported-type", "1:10", "write float"),
    ("double f(_Float128 x)", "prototype.unsupported-type", "1:10", "write double"),
    ("double f(_BitInt(7) x)", "prototype.unsupported-type", "1:10", "write int32_t or int64_t"),
    (
      "double f(wchar_t x)",
      "prototype.unsupported-type",
      "1:10",
      "write const char * for a text, or int32_t for one code point"
    ),
    (
      "double f(const wchar_t *x)",
      "prototype.unsupported-type",
      "1:16",
      "write const char * for a text, or int32_t for one code point"
    ),
    ("double f(char16_t x)", "prototype.unsupported-type", "1:10", "write const char *"),
    (
      "double f(const char32_t *x)",
      "prototype.unsupported-type",
      "1:16",
      "write const char *, or uint32_t for one code point"
    ),
    (
      "double f(__m256d x)",
      "prototype.unsupported-type",
      "1:10",
      "pass a pointer to the elements, as in const float *"
    ),
    (
      "double f(__m128 x)",
      "prototype.unsupported-type",
      "1:10",
      "pass a pointer to the elements, as in const float *"
    ),
    (
      "double f(va_list x)",
      "prototype.unsupported-type",
      "1:10",
      "write the parameters one by one"
    ),
    (
      "double f(enum mode m)",
      "prototype.unsupported-type",
      "1:10",
      #"write its carrier, usually int32_t or uint32_t, or give it in the manifest: "types": {"enum mode": "int32_t"}"#
    ),
    (
      "double f(enum mode *m)",
      "prototype.unsupported-type",
      "1:10",
      #"write its carrier, usually int32_t or uint32_t, or give it in the manifest: "types": {"enum mode": "int32_t"}"#
    ),
    (
      "enum mode f(double x)",
      "prototype.unsupported-type",
      "1:1",
      #"write its carrier, usually int32_t or uint32_t, or give it in the manifest: "types": {"enum mode": "int32_t"}"#
    ),
    (
      "double f(struct point p)",
      "prototype.unsupported-type",
      "1:10",
      "write const struct point *p, or pass its numbers one by one"
    ),
    (
      "struct point f(double x)",
      "prototype.unsupported-type",
      "1:1",
      "let the function fill a struct point * that it is given, or return its numbers one by one"
    ),
    (
      "double f(const struct point p)",
      "prototype.unsupported-type",
      "1:16",
      "write const struct point *p, or pass its numbers one by one"
    ),
    (
      "double f(struct point p[2])",
      "prototype.unsupported-type",
      "1:10",
      "write const struct point *p, or pass its numbers one by one"
    ),
    (
      "double f(union value v)",
      "prototype.unsupported-type",
      "1:10",
      "write const union value *v, or pass its numbers one by one"
    ),
    (
      "double f(struct { int a; } p)",
      "prototype.syntax",
      "1:17",
      "write its name, as in struct thing *"
    ),
    (
      "double f(struct point { int a; } *p)",
      "prototype.syntax",
      "1:23",
      "write struct point * alone"
    ),
    ("double f(struct *p)", "prototype.syntax", "1:17", "write its name, as in struct thing *"),
    (
      "double f(real x)",
      "prototype.unknown-type",
      "1:10",
      #"write the type behind it, or give it in the manifest: "types": {"real": "int32_t"}"#
    ),
    (
      "real f(double x)",
      "prototype.unknown-type",
      "1:1",
      #"write the type behind it, or give it in the manifest: "types": {"real": "int32_t"}"#
    ),
    (
      "double f(int x : 3)",
      "prototype.unsupported-type",
      "1:16",
      "write a whole integer, such as uint32_t"
    ),
    ("double f(int32 x)", "prototype.unknown-type", "1:10", "write int32_t"),
    ("double f(i32 x)", "prototype.unknown-type", "1:10", "write int32_t"),
    ("double f(u64 x)", "prototype.unknown-type", "1:10", "write uint64_t"),
    ("double f(f64 x)", "prototype.unknown-type", "1:10", "write double"),
    ("f64 f(double x)", "prototype.unknown-type", "1:1", "write double"),
    ("double f(usize n)", "prototype.unknown-type", "1:10", "write size_t"),
    ("double f(string s)", "prototype.unknown-type", "1:10", "write const char *"),
    (
      "double f(std::string s)",
      "prototype.unknown-type",
      "1:10",
      "write const char * with a size_t for a text, const double * with a size_t for numbers"
    ),
    (
      "double f(const std::string &s)",
      "prototype.unknown-type",
      "1:16",
      "write const char * with a size_t for a text, const double * with a size_t for numbers"
    ),
    (
      "double f(const double &x)",
      "prototype.syntax",
      "1:23",
      #"write a pointer: "*" instead of "&""#
    ),
    ("double f(double &&x)", "prototype.syntax", "1:17", #"write a pointer: "*" instead of "&&""#),
    (
      "double f(std::vector<double> x)",
      "prototype.unknown-type",
      "1:10",
      "write const char * with a size_t for a text, const double * with a size_t for numbers"
    ),
    ("bool f(Bool x)", "prototype.unknown-type", "1:8", "write bool"),
    ("double f(uint x)", "prototype.unknown-type", "1:10", "write unsigned int"),
    ("double f(byte x)", "prototype.unknown-type", "1:10", "write uint8_t"),
    ("double f(sizet n)", "prototype.unknown-type", "1:10", "write size_t or ssize_t"),
    (
      "double f(time_t t)",
      "prototype.unknown-type",
      "1:10",
      #"write the type behind it, or give it in the manifest: "types": {"time_t": "int32_t"}"#
    ),
    ("double f(int_t x)", "prototype.unknown-type", "1:10", "write int or int8_t or int16_t"),
    (
      "double f(int double x)",
      "prototype.syntax",
      "1:10",
      "write one of the standard types, such as int32_t or double"
    ),
    (
      "double f(short long x)",
      "prototype.syntax",
      "1:10",
      "write one of the standard types, such as int32_t or double"
    ),
    (
      "double f(unsigned double x)",
      "prototype.syntax",
      "1:10",
      "write one of the standard types, such as int32_t or double"
    ),
    (
      "double f(signed unsigned x)",
      "prototype.syntax",
      "1:10",
      "write one of the standard types, such as int32_t or double"
    ),
    (
      "double f(long long long x)",
      "prototype.syntax",
      "1:10",
      "write one of the standard types, such as int32_t or double"
    ),
    (
      "double f(short char x)",
      "prototype.syntax",
      "1:10",
      "write one of the standard types, such as int32_t or double"
    ),
    ("double f(size_t int x)", "prototype.syntax", "1:17", "write one of them"),
    (
      "double f(unsigned size_t x)",
      "prototype.syntax",
      "1:19",
      #"write "," before it, or one name only"#
    ),
    (
      "double f(bool int x)",
      "prototype.syntax",
      "1:10",
      "write one of the standard types, such as int32_t or double"
    ),
    (
      "static double f(double x)",
      "prototype.attribute",
      "1:1",
      "leave static out, and export the function"
    ),
    (
      "inline double f(double x)",
      "prototype.attribute",
      "1:1",
      "leave inline out, and export the function"
    ),
    (
      "static inline double f(double x)",
      "prototype.attribute",
      "1:1",
      "leave static out, and export the function"
    ),
    (
      "typedef double f(double x)",
      "prototype.not-a-function",
      "1:1",
      #"write the declaration of a function; other names of types go into the manifest's "types""#
    ),
    ("double f(register double x)", "prototype.attribute", "1:10", "leave register out"),
    (
      #"extern "C" double f(double x)"#,
      "prototype.syntax",
      "1:8",
      #"leave "C" out and write the declaration alone"#
    ),
    ("EXPORT double f(double x)", "prototype.attribute", "1:1", "leave the macro EXPORT out"),
    (
      "ASSAY_EXPORT int32_t f(double x)",
      "prototype.attribute",
      "1:1",
      "leave the macro ASSAY_EXPORT out"
    ),
    (
      "PyAPI_FUNC double f(double x)",
      "prototype.attribute",
      "1:1",
      "leave the macro PyAPI_FUNC out"
    ),
    (
      "double WINAPI f(double x)",
      "prototype.attribute",
      "1:8",
      "export a function with the platform's own calling convention"
    ),
    (
      "double __stdcall f(double x)",
      "prototype.attribute",
      "1:8",
      "export a function with the platform's own calling convention"
    ),
    (
      "double f(double x) __attribute__((const))",
      "prototype.attribute",
      "1:20",
      "leave __attribute__ out"
    ),
    (
      "__attribute__((pure)) double f(double x)",
      "prototype.attribute",
      "1:1",
      "leave __attribute__ out"
    ),
    (
      "double __attribute__((pure)) f(double x)",
      "prototype.attribute",
      "1:8",
      "leave __attribute__ out"
    ),
    (
      "double f(__attribute__((unused)) double x)",
      "prototype.attribute",
      "1:10",
      "leave __attribute__ out"
    ),
    (
      "double f(double x __attribute__((unused)))",
      "prototype.attribute",
      "1:19",
      "leave __attribute__ out"
    ),
    ("[[nodiscard]] double f(double x)", "prototype.attribute", "1:1", "leave the attribute out"),
    ("_Noreturn void f(void)", "prototype.attribute", "1:1", "leave _Noreturn out"),
    ("double f(const char * _Nonnull x)", "prototype.attribute", "1:23", "leave _Nonnull out"),
    ("double f(_Atomic int x)", "prototype.attribute", "1:10", "leave _Atomic out"),
    ("double f(double x) noexcept", "prototype.syntax", "1:20", #"end the declaration with ")""#),
    ("double f(double x) const", "prototype.syntax", "1:20", #"end the declaration with ")""#),
    ("auto f(double x) -> double", "prototype.attribute", "1:1", "leave auto out"),
    (
      "template <class T> double f(T x)",
      "prototype.syntax",
      "1:1",
      #"export a function with extern "C" and write its C declaration"#
    ),
    ("#define f(x) x", "prototype.syntax", "1:1", "write the declaration as the compiler sees it"),
    (
      "double f(double x[3][4])",
      "prototype.unsupported-type",
      "1:18",
      "write a pointer to the elements, double *, and the sizes as parameters"
    ),
    (
      "double f(double (*x)[4])",
      "prototype.unsupported-type",
      "1:10",
      "write a pointer to the elements: double *"
    ),
    (
      "double f(double x[n])",
      "prototype.syntax",
      "1:10",
      "write the name of the parameter that holds the length, or []"
    ),
    ("double f(double x[m], size_t n)", "prototype.syntax", "1:10", "write [n], or []"),
    ("double f(double x[n], double n)", "prototype.syntax", "1:10", "write []"),
    ("double f(double x[0])", "prototype.syntax", "1:19", "write a whole number, or []"),
    (
      "double f(double x[-1])",
      "prototype.syntax",
      "1:19",
      "write [] and pass the length as a parameter of its own"
    ),
    (
      "double f(double x[2*n], size_t n)",
      "prototype.syntax",
      "1:20",
      "write [] and pass the length as a parameter of its own"
    ),
    (
      "double f(double x[)",
      "prototype.syntax",
      "1:19",
      "write [] and pass the length as a parameter of its own"
    ),
    (
      "double f(double (*g)(double (*h)(double)))",
      "prototype.callback",
      "1:22",
      "write void * for it, or take the callback as a parameter of the function itself"
    ),
    (
      "double f(double (*g)(double), double (*g)(double))",
      "prototype.duplicate-parameter",
      "1:31",
      "rename one of them"
    ),
    (
      "double f(double (*g)(double, ...))",
      "prototype.variadic",
      "1:30",
      "write or export a function with the parameters that you need"
    ),
    (
      "double f(double (*g)(char))",
      "prototype.unsupported-type",
      "1:22",
      "write int8_t or uint8_t for a number, const char * for a text"
    ),
    (
      "double f(double (*g)(struct point))",
      "prototype.unsupported-type",
      "1:22",
      "write const struct point *x, or pass its numbers one by one"
    ),
    (
      "double f(double)(double)",
      "prototype.unnamed-parameter",
      "1:10",
      "write for example double x"
    ),
    ("double f(double x)[3]", "prototype.syntax", "1:1", "write a pointer to its elements"),
    (
      "double f(double x, double, int z)",
      "prototype.unnamed-parameter",
      "1:20",
      "write for example double x2"
    ),
    ("double f(double ^x)", "prototype.syntax", "1:17", #"write a function pointer, with "*""#),
    ("double f(double @x)", "prototype.syntax", "1:17", #"write "," or ")""#),
    ("double f(ünsigned x)", "prototype.syntax", "1:10", "write a type and a name, as in double x"),
    ("double f(double größe)", "prototype.syntax", "1:19", #"write "," or ")""#),
    ("double f(3)", "prototype.syntax", "1:10", "write a type and a name, as in double x"),
    (
      "double 3f(double x)",
      "prototype.syntax",
      "1:8",
      "write the name of the symbol before the parameters, as in double f(double x)"
    ),
    (#"double f("x")"#, "prototype.syntax", "1:10", "write a type and a name, as in double x"),
    (
      "double operator+(double x)",
      "prototype.not-a-function",
      "1:8",
      "write its parameters in parentheses, as in double operator(double x)"
    ),
    ("fn f(x: f64) -> f64", "prototype.missing-type", "1:6", "write for example double x"),
    (
      "func f(_ x: Double) -> Double",
      "prototype.unsupported-type",
      "1:11",
      "write a whole integer, such as uint32_t"
    ),
    ("def f(x)", "prototype.missing-type", "1:7", "write for example double x"),
    ("double f(int (x)", "prototype.syntax", "1:17", #"write ")" at the end"#),
    (
      "double ((((((((((((((((((f))))))))))))))))))(double x)",
      "prototype.syntax",
      "1:24",
      "write it without needless parentheses"
    ),
    (
      "double f(double a0,double a1,double a2,double a3,double a4,double a5,double a6,double a7,double a8,double a9,double a10,double a11,double a12,double a13,double a14,double a15,double a16,double a17,double a18,double a19,double a20,double a21,double a22,double a23,double a24,double a25,double a26,double a27,double a28,double a29,double a30,double a31,double a32)",
      "prototype.too-many-parameters",
      "1:352",
      "pass a pointer to an array or a struct"
    ),
    ("double f(size_t const)", "prototype.unnamed-parameter", "1:10", "write for example size_t x"),
    ("int f(const x)", "prototype.missing-type", "1:7", "write for example double x"),
    (
      "double f(double x\n  char c)",
      "prototype.syntax",
      "2:3",
      #"write "," before it, or one name only"#
    ),
    (
      "double f(\n  char c)",
      "prototype.unsupported-type",
      "2:3",
      "write int8_t or uint8_t for a number, const char * for a text"
    ),
    (
      "double f(double (*)(double), double x)",
      "prototype.unnamed-parameter",
      "1:10",
      "write for example double (*x)(double)"
    ),
    ("double f(double x // the value", "prototype.syntax", "1:31", #"write ")" at the end"#),
    (
      "double (*f)(double x)",
      "prototype.not-a-function",
      "1:10",
      "write its parameters in parentheses, as in double f(double x)"
    ),
    ("double f(double x[m], size_t len, size_t n)", "prototype.syntax", "1:10", "write [n], or []"),
    (
      "double f(foo bar)",
      "prototype.unknown-type",
      "1:10",
      #"write the type behind it, or give it in the manifest: "types": {"foo": "int32_t"}"#
    ),
    (
      "double (*f(double x))(double)", "prototype.callback", "1:1", "write void * as the result"
    ),
    ("double f(double *********x)", "prototype.syntax", "1:25", "write void *"),
  ]
}
