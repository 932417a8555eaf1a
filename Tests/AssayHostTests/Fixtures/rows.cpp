// Row functions: one misdeed each.
#include <cerrno>
#include <cfenv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <stdexcept>

extern "C" {

double difference(double predicted, double actual) { return predicted - actual; }
float single(float x) { return x * 2; }
int8_t narrow(int8_t x) { return int8_t(-x); }
uint16_t unsigned_narrow(uint16_t x) { return uint16_t(x + 1); }
int64_t wide(int64_t x) { return x; }

// A bool with rubbish in the upper bits, as foreign code returns it.
uint32_t rubbish_truth(double x) { return 0xabcd0000u | (x > 0 ? 2u : 0u); }

double length_of(const char *text, size_t text_len) { return text == nullptr ? -1 : double(text_len); }
double terminated_length(const char *text) { return text == nullptr ? -1 : double(strlen(text)); }
double first_byte(const unsigned char *text, size_t n) { return n == 0 ? -1 : text[0]; }
double small_length(const char *text, int32_t n) { return text == nullptr ? -1 : n; }

double throws_on_negative(double x) {
  if (x < 0) throw std::runtime_error("negative: not here");
  return x;
}
double throws_other(double x) {
  if (x == 1) throw 7;
  if (x == 2) throw "a text";
  if (x == 3) throw std::runtime_error("caf\xe9");
  return x;
}

int32_t status_of(double x, double *score) {
  if (x < 0) return 3;
  *score = x * 10;
  return 0;
}
void writes_only(double x, double *score) {
  if (x >= 0) *score = x;
}
double sets_errno(double x) {
  if (x < 0) errno = EDOM;
  return x;
}
double changes_rounding(double x) {
  if (x < 0) fesetround(FE_UPWARD);
  return x;
}
double gives_nan(double x) { return x < 0 ? NAN : x; }
double gives_negative(double x) { return x; }
double deep(double x) {
  volatile char room[7 << 20];
  for (size_t i = 0; i < sizeof room; i += 4096) room[i] = 1;
  return x + room[4096] - 1;
}
double is_true(bool flag) { return flag ? 1 : 0; }
double scaled(double x, double factor, const char *unit) { return x * factor + double(strlen(unit)); }

double sum_of_list(const double *values, size_t count) {
  double sum = 0;
  for (size_t i = 0; i < count; ++i) sum += values[i];
  return sum;
}

// Columns.
void absolute(const double *x, size_t n, double *out) {
  for (size_t i = 0; i < n; ++i) out[i] = std::fabs(x[i]);
}
void leaves_last(const double *x, size_t n, double *out) {
  for (size_t i = 0; i + 1 < n; ++i) out[i] = x[i];
}
double mean_of(const double *x, size_t n) {
  double sum = 0;
  for (size_t i = 0; i < n; ++i) sum += x[i];
  return n == 0 ? NAN : sum / double(n);
}
int32_t count_true(const bool *flags, size_t n) {
  int32_t count = 0;
  for (size_t i = 0; i < n; ++i) count += flags[i];
  return count;
}
int32_t sum_lengths(const int32_t *offsets, const char *bytes, size_t n, double *out) {
  for (size_t i = 0; i < n; ++i) out[i] = offsets[i + 1] - offsets[i] + (bytes == nullptr ? 100 : 0);
  return 0;
}
void skips_odd(const double *x, size_t n, double *out, uint8_t *validity) {
  for (size_t i = 0; i < n; ++i) {
    out[i] = x[i];
    if (i % 2 == 1) validity[i / 8] &= uint8_t(~(1u << (i % 8)));
  }
}
int32_t column_fails(const double *x, size_t n, double *out) {
  (void)x, (void)n, (void)out;
  return 5;
}
double column_throws(const double *x, size_t n) {
  (void)x, (void)n;
  throw std::runtime_error("the whole column");
}

// Callbacks.
double with_log(double x, void (*log)(int, const char *)) {
  log(2, "caf\xe9 seen");
  return x;
}
double with_progress(double x, void (*progress)(double)) {
  progress(0.5);
  return x;
}
double asks_cancelled(double x, int (*cancelled)(void)) { return cancelled() ? -1 : x; }
double best_of(const char *output, const char *first, const char *second,
               double (*similarity)(const char *output, const char *expected)) {
  return std::fmax(similarity(output, first), similarity(output, second));
}
double doubled(double x, double (*inner)(double x)) { return 2 * inner(x); }
float narrowed(float x, float (*inner)(float)) { return inner(x); }
double same_start(const char *output, size_t output_len, const char *expected, size_t expected_len) {
  return output_len > 0 && expected_len > 0 && output[0] == expected[0] ? 1 : 0.25;
}

// What an earlier call kept of a callback, called after its time.
static int (*kept)(void) = nullptr;
double keeps_callback(double x, int (*cancelled)(void)) {
  kept = cancelled;
  return x;
}
double calls_kept(double x) { return kept == nullptr ? -1 : x + kept(); }
}
