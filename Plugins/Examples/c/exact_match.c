/* An evaluator that knows nothing of Assay: one ordinary C function.
 *
 *   cc -O2 -g -shared -fPIC -o libexact_match.so exact_match.c
 *
 * The sidecar libexact_match.assay.json holds its prototype. Debug information
 * (-g) lets the host check that the prototype is true.
 */
#include <ctype.h>
#include <stddef.h>

static size_t skip_spaces(const char *text, size_t length, size_t at) {
  while (at < length && isspace((unsigned char)text[at])) at++;
  return at;
}

/* 1 where both texts are the same but for case and white space, else 0. */
double normalized_exact_match(const char *output, size_t output_len,
                              const char *expected, size_t expected_len) {
  size_t i = skip_spaces(output, output_len, 0);
  size_t j = skip_spaces(expected, expected_len, 0);
  while (i < output_len && j < expected_len) {
    if (tolower((unsigned char)output[i]) != tolower((unsigned char)expected[j])) return 0;
    i = skip_spaces(output, output_len, i + 1);
    j = skip_spaces(expected, expected_len, j + 1);
  }
  return i == output_len && j == expected_len;
}
