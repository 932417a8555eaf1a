/// The functions that the benchmark calls: as cheap as functions get, and one that
/// does what a metric does.
#include <math.h>
#include <stddef.h>
#include <string.h>

double absolute_error(double predicted, double actual) { return fabs(predicted - actual); }

void absolute_errors(const double *predicted, const double *actual, size_t n, double *out) {
  for (size_t i = 0; i < n; ++i) out[i] = fabs(predicted[i] - actual[i]);
}

void log_losses(const double *predicted, const double *actual, size_t n, double *out) {
  for (size_t i = 0; i < n; ++i)
    out[i] = -(actual[i] * log(predicted[i]) + (1 - actual[i]) * log1p(-predicted[i]));
}

double same_text(const char *a, size_t a_length, const char *b, size_t b_length) {
  return a_length == b_length && a[0] == b[0] ? 1.0 : 0.0;
}
