// A stateful mean, and functions that break the contract in one way each.
#include <assay/plugin.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

static std::atomic<int> living{0};

struct Mean {
  double sum = 0;
  int64_t count = 0;
  std::vector<double> values;
  bool prepared = false;
};

static int32_t fail(assay_error *error, int32_t code, int64_t row, const char *text) {
  error->code = code;
  error->row = row;
  snprintf(error->text, sizeof error->text, "%s", text);
  return code;
}

ASSAY_EXPORT double living_states(double x) { return x + living.load(); }

ASSAY_EXPORT int32_t mean_create(const char *parameters, size_t length, void **state, assay_error *error) {
  std::string text(parameters, length);
  if (text.find("\"refuse\":true") != std::string::npos)
    return fail(error, ASSAY_INVALID_ARGUMENT, -1, "refused as asked");
  *state = new Mean;
  ++living;
  return ASSAY_OK;
}

ASSAY_EXPORT int32_t mean_update(void *state, const ArrowSchema *schema, ArrowArray *batch, assay_error *error) {
  auto *mean = static_cast<Mean *>(state);
  for (int64_t child = 0; child < schema->n_children; ++child) {
    if (strcmp(schema->children[child]->name, "x") != 0) continue;
    auto *values = static_cast<const double *>(batch->children[child]->buffers[1]);
    for (int64_t row = 0; row < batch->length; ++row) {
      if (values[row] == -1) return fail(error, ASSAY_BAD_DATA, row, "caf\xe9: minus one");
      if (values[row] == -2) throw std::runtime_error("minus two");
      if (values[row] == -3) return ASSAY_RESOURCE;
      if (values[row] == -4) return ASSAY_CANCELLED;
      if (values[row] == -5) return ASSAY_INTERNAL;
      if (values[row] == -6) return ASSAY_UNSUPPORTED;
      mean->sum += values[row];
      mean->count += 1;
      mean->values.push_back(values[row]);
    }
  }
  return ASSAY_OK;
}

ASSAY_EXPORT int32_t mean_merge(void *into, void *from, assay_error *) {
  auto *left = static_cast<Mean *>(into);
  auto *right = static_cast<Mean *>(from);
  left->sum += right->sum;
  left->count += right->count;
  left->values.insert(left->values.end(), right->values.begin(), right->values.end());
  right->values.clear();
  return ASSAY_OK;
}

struct TableData {
  double values[2];
  const void *buffers[2];
  ArrowArray *child;
};

static void release_child_schema(ArrowSchema *schema) { schema->release = nullptr; }
static void release_schema(ArrowSchema *schema) {
  ArrowSchema *child = schema->children[0];
  if (child->release != nullptr) child->release(child);
  delete child;
  delete[] schema->children;
  schema->release = nullptr;
}
static void release_child(ArrowArray *array) {
  delete[] static_cast<double *>(array->private_data);
  delete[] array->buffers;
  array->release = nullptr;
}
static void release_array(ArrowArray *array) {
  ArrowArray *child = array->children[0];
  if (child->release != nullptr) child->release(child);
  delete child;
  delete[] array->children;
  delete[] array->buffers;
  array->release = nullptr;
}

static int32_t send_table(const assay_sink *sink, const char *name, const char *column, double first) {
  auto *childSchema = new ArrowSchema{"g", column, nullptr, 2, 0, nullptr, nullptr, release_child_schema, nullptr};
  ArrowSchema schema = {"+s", "", nullptr, 0, 1, new ArrowSchema *[1]{childSchema}, nullptr, release_schema, nullptr};
  auto *values = new double[2]{first, ASSAY_NAN};
  auto *child = new ArrowArray{2, 0, 0, 2, 0, new const void *[2]{nullptr, values}, nullptr, nullptr, release_child, values};
  ArrowArray array = {2, 0, 0, 1, 1, new const void *[1]{nullptr}, new ArrowArray *[1]{child}, nullptr, release_array, nullptr};
  return sink->table(sink->context, name, &schema, &array);
}

static int32_t report(const Mean &mean, double sum, double weight, const assay_sink *sink) {
  if (weight == 0) return sink->undefined(sink->context, "mean", "there are no rows \xe9", nullptr);
  assay_detail detail = ASSAY_DETAIL_INIT;
  detail.support = mean.count;
  detail.numerator = sum;
  detail.method = "sum";
  return sink->metric(sink->context, "mean", sum / weight, &detail);
}

ASSAY_EXPORT int32_t mean_finish(void *state, const assay_sink *sink, assay_error *error) {
  auto *mean = static_cast<Mean *>(state);
  if (int32_t status = report(*mean, mean->sum, double(mean->count), sink)) return status;
  sink->metric(sink->context, "at_0_5", ASSAY_NAN, nullptr);
  if (sink->interval_level > 0) sink->metric(sink->context, "level", sink->interval_level, nullptr);
  if (sink->wants(sink->context, "curve") && send_table(sink, "curve", "value", mean->sum))
    return fail(error, ASSAY_INTERNAL, -1, "the table was refused");
  return ASSAY_OK;
}

ASSAY_EXPORT int32_t mean_resample(void *state, uint64_t seed, int64_t first, int64_t count,
                                   const assay_sink *sinks, assay_error *error) {
  auto *mean = static_cast<Mean *>(state);
  if (count == 0) {
    if (sinks != nullptr) return fail(error, ASSAY_INTERNAL, -1, "sinks in the first call");
    mean->prepared = true;
    return ASSAY_OK;
  }
  if (!mean->prepared) return fail(error, ASSAY_INTERNAL, -1, "not prepared");
  for (int64_t replicate = 0; replicate < count; ++replicate) {
    uint64_t stream = assay_resample_stream(seed, uint64_t(first + replicate));
    double sum = 0, weight = 0;
    for (size_t row = 0; row < mean->values.size(); ++row) {
      uint32_t times = assay_resample_weight(stream, row);
      sum += times * mean->values[row];
      weight += times;
    }
    report(*mean, sum, weight, &sinks[replicate]);
  }
  return ASSAY_OK;
}

ASSAY_EXPORT int32_t mean_save(void *state, const assay_writer *writer, assay_error *) {
  auto *mean = static_cast<Mean *>(state);
  int32_t status = writer->write(writer->context, &mean->sum, sizeof mean->sum);
  if (status != ASSAY_OK) return status;
  return writer->write(writer->context, &mean->count, sizeof mean->count);
}

ASSAY_EXPORT int32_t mean_load(const uint8_t *saved, size_t saved_len, void **state, assay_error *error) {
  if (saved_len != 16) return fail(error, ASSAY_BAD_DATA, -1, "not 16 bytes");
  auto *mean = new Mean;
  memcpy(&mean->sum, saved, 8);
  memcpy(&mean->count, saved + 8, 8);
  *state = mean;
  ++living;
  return ASSAY_OK;
}

ASSAY_EXPORT void mean_destroy(void *state) {
  if (state == nullptr) return;
  delete static_cast<Mean *>(state);
  --living;
}

ASSAY_EXPORT int32_t mean_evaluate(void *state, const ArrowSchema *schema, ArrowArray *batch, ArrowArray *out, assay_error *error) {
  (void)state, (void)schema;
  if (batch->length == 0) return fail(error, ASSAY_BAD_DATA, -1, "no rows");
  int64_t length = batch->length;
  auto *values = new double[length];
  for (int64_t row = 0; row < length; ++row) values[row] = double(row);
  *out = ArrowArray{length, 0, 0, 2, 0, new const void *[2]{nullptr, values}, nullptr, nullptr, release_child, values};
  return ASSAY_OK;
}

// Contract breakers: other finishes over the same state.
ASSAY_EXPORT int32_t finish_unknown(void *, const assay_sink *sink, assay_error *) {
  sink->metric(sink->context, "meen", 1, nullptr);
  return ASSAY_OK;
}
ASSAY_EXPORT int32_t finish_twice(void *, const assay_sink *sink, assay_error *) {
  sink->metric(sink->context, "mean", 1, nullptr);
  sink->metric(sink->context, "mean", 2, nullptr);
  return ASSAY_OK;
}
ASSAY_EXPORT int32_t finish_table_unknown(void *, const assay_sink *sink, assay_error *) {
  send_table(sink, "cruve", "value", 1);
  return ASSAY_OK;
}
ASSAY_EXPORT int32_t finish_table_wrong(void *, const assay_sink *sink, assay_error *) {
  send_table(sink, "curve", "other", 1);
  return ASSAY_OK;
}
ASSAY_EXPORT int32_t finish_throws(void *, const assay_sink *, assay_error *) { throw std::string("text"); }
ASSAY_EXPORT int32_t finish_long_text(void *, const assay_sink *, assay_error *error) {
  memset(error->text, 'x', sizeof error->text);
  error->flags = ASSAY_ERROR_TRUNCATED;
  return ASSAY_INTERNAL;
}
