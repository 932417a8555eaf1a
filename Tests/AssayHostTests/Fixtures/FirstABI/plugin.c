// A plugin as one was built against version 1.0 of the contract.
//
// Frozen: it includes none of today's headers, and must load and answer for as long
// as the major version is 1. Never change it; write a new one beside it.
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct ArrowSchema {
  const char *format, *name, *metadata;
  int64_t flags, n_children;
  struct ArrowSchema **children, *dictionary;
  void (*release)(struct ArrowSchema *);
  void *private_data;
};
struct ArrowArray {
  int64_t length, null_count, offset, n_buffers, n_children;
  const void **buffers;
  struct ArrowArray **children, *dictionary;
  void (*release)(struct ArrowArray *);
  void *private_data;
};
struct assay_error {
  uint32_t size;
  int32_t code;
  uint32_t flags, reserved;
  int64_t row;
  char text[1000];
};
struct assay_detail {
  uint32_t size, reserved;
  double numerator, denominator;
  int64_t support, skipped;
  double standard_error, low, high;
  const char *method;
  double conventional;
};
struct assay_sink {
  uint32_t size, reserved;
  void *context;
  double interval_level;
  int32_t (*wants)(void *, const char *);
  int32_t (*metric)(void *, const char *, double, const struct assay_detail *);
  int32_t (*undefined)(void *, const char *, const char *, const struct assay_detail *);
  int32_t (*table)(void *, const char *, struct ArrowSchema *, struct ArrowArray *);
};
struct assay_writer {
  uint32_t size, reserved;
  void *context;
  int32_t (*write)(void *, const void *, size_t);
};
struct assay_services {
  uint32_t size, reserved;
  void *context;
  void (*log)(void *, int32_t, const char *, size_t);
  void (*progress)(void *, double);
  int32_t (*cancelled)(void *);
};

__attribute__((used, section(".assay.manifest"))) const char first_abi_manifest[] =
    "{\"manifest_version\": 1, \"plugin\": \"frozen.first\", \"version\": \"1.0.0\","
    " \"abi\": {\"major\": 1, \"requires_minor\": 0}, \"evaluators\": ["
    "{\"name\": \"frozen.row\", \"mode\": \"reference\","
    " \"call\": \"double frozen_row(double a, double b, const struct assay_services *services)\"},"
    "{\"name\": \"frozen.total\", \"mode\": \"pointwise\", \"inputs\": {\"x\": {\"types\": [\"float64\"]}},"
    " \"metrics\": {\"total\": {\"range\": [0, null]}}, \"functions\": {"
    "\"create\": \"int32_t frozen_create(const char *parameters, size_t parameters_len, void **state, struct assay_error *error)\","
    "\"update\": \"int32_t frozen_update(void *state, const struct ArrowSchema *schema, struct ArrowArray *batch, struct assay_error *error)\","
    "\"merge\": \"int32_t frozen_merge(void *into, void *from, struct assay_error *error)\","
    "\"save\": \"int32_t frozen_save(void *state, const struct assay_writer *writer, struct assay_error *error)\","
    "\"load\": \"int32_t frozen_load(const uint8_t *saved, size_t saved_len, void **state, struct assay_error *error)\","
    "\"finish\": \"int32_t frozen_finish(void *state, const struct assay_sink *sink, struct assay_error *error)\","
    "\"destroy\": \"void frozen_destroy(void *state)\"}}]}";

double frozen_row(double a, double b, const struct assay_services *services) {
  if (services->size < 40 || services->cancelled(services->context)) return NAN;
  services->log(services->context, 1, "frozen", 6);
  services->progress(services->context, 1);
  return a - b;
}

int32_t frozen_create(const char *parameters, size_t length, void **state, struct assay_error *error) {
  if (error->size < sizeof *error || length < 2 || parameters[0] != '{') return 9;
  *state = calloc(1, sizeof(double));
  return 0;
}
int32_t frozen_update(void *state, const struct ArrowSchema *schema, struct ArrowArray *batch, struct assay_error *error) {
  (void)error;
  if (strcmp(schema->format, "+s") != 0 || strcmp(schema->children[0]->format, "g") != 0) return 9;
  const double *x = batch->children[0]->buffers[1];
  for (int64_t row = 0; row < batch->length; ++row) *(double *)state += x[row];
  return 0;
}
int32_t frozen_merge(void *into, void *from, struct assay_error *error) {
  (void)error;
  *(double *)into += *(double *)from;
  return 0;
}
int32_t frozen_save(void *state, const struct assay_writer *writer, struct assay_error *error) {
  (void)error;
  return writer->write(writer->context, state, sizeof(double));
}
int32_t frozen_load(const uint8_t *saved, size_t length, void **state, struct assay_error *error) {
  (void)error;
  if (length != sizeof(double)) return 3;
  *state = malloc(sizeof(double));
  memcpy(*state, saved, sizeof(double));
  return 0;
}
int32_t frozen_finish(void *state, const struct assay_sink *sink, struct assay_error *error) {
  (void)error;
  if (sink->size < 56 || !sink->wants(sink->context, "total")) return 9;
  struct assay_detail detail = {80, 0, *(double *)state, 1, 7, -1, NAN, NAN, NAN, NULL, NAN};
  return sink->metric(sink->context, "total", *(double *)state, &detail);
}
void frozen_destroy(void *state) { free(state); }
