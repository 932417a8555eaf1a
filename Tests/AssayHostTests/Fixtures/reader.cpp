// A reader that counts: count:N gives N rows; other names fail, each in its own way.
#include <assay/plugin.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

ASSAY_MANIFEST extern const char manifest[] = R"json({
  "manifest_version": 1, "plugin": "fixture.reader", "version": "1.0.0", "abi": {"major": 1},
  "readers": [{"name": "counter", "extensions": ["count", "count.gz"],
    "open": "int32_t counter_open(const char *uri, const char *options, size_t options_len, struct ArrowArrayStream *out, struct assay_error *error)"}]})json";

// Lists of numbers: [], [1, 2, 3], [4], [5, 6]. Everything is static, so that nothing is freed.
static int list_schema(ArrowArrayStream *, ArrowSchema *out) {
  static auto keep = [](ArrowSchema *s) { s->release = nullptr; };
  static ArrowSchema item = {"g", "item", nullptr, 2, 0, nullptr, nullptr, keep, nullptr};
  static ArrowSchema *items[] = {&item};
  static ArrowSchema list = {"+l", "values", nullptr, 2, 1, items, nullptr, keep, nullptr};
  static ArrowSchema *lists[] = {&list};
  *out = ArrowSchema{"+s", "", nullptr, 0, 1, lists, nullptr, keep, nullptr};
  return 0;
}

static int list_next(ArrowArrayStream *stream, ArrowArray *out) {
  static auto keep = [](ArrowArray *a) { a->release = nullptr; };
  static const double numbers[] = {1, 2, 3, 4, 5, 6};
  static const int32_t offsets[] = {0, 0, 3, 4, 6};
  static const void *itemBuffers[] = {nullptr, numbers}, *listBuffers[] = {nullptr, offsets}, *none[] = {nullptr};
  static ArrowArray item = {6, 0, 0, 2, 0, itemBuffers, nullptr, nullptr, keep, nullptr};
  static ArrowArray *items[] = {&item};
  static ArrowArray list = {4, 0, 0, 2, 1, listBuffers, items, nullptr, keep, nullptr};
  static ArrowArray *lists[] = {&list};
  *out = ArrowArray{};
  if (stream->private_data == nullptr) return 0;
  stream->private_data = nullptr;
  *out = ArrowArray{4, 0, 0, 1, 1, none, lists, nullptr, keep, nullptr};
  return 0;
}

struct Counter {
  int64_t rows;
  bool done;
  bool throws;
};

static int get_schema(ArrowArrayStream *, ArrowSchema *out) {
  auto *child = new ArrowSchema{"l", "n", nullptr, 0, 0, nullptr, nullptr, [](ArrowSchema *s) { s->release = nullptr; }, nullptr};
  *out = ArrowSchema{"+s", "", nullptr, 0, 1, new ArrowSchema *[1]{child}, nullptr,
    [](ArrowSchema *s) { delete s->children[0]; delete[] s->children; s->release = nullptr; }, nullptr};
  return 0;
}

static int get_next(ArrowArrayStream *stream, ArrowArray *out) {
  auto *counter = static_cast<Counter *>(stream->private_data);
  if (counter->throws) throw std::runtime_error("in the middle");
  memset(out, 0, sizeof *out);
  if (counter->done) return 0;
  counter->done = true;
  auto *values = new int64_t[counter->rows];
  for (int64_t row = 0; row < counter->rows; ++row) values[row] = row;
  auto *child = new ArrowArray{counter->rows, 0, 0, 2, 0, new const void *[2]{nullptr, values}, nullptr, nullptr,
    [](ArrowArray *a) { delete[] static_cast<int64_t *>(a->private_data); delete[] a->buffers; a->release = nullptr; }, values};
  *out = ArrowArray{counter->rows, 0, 0, 1, 1, new const void *[1]{nullptr}, new ArrowArray *[1]{child}, nullptr,
    [](ArrowArray *a) {
      if (a->children[0]->release) a->children[0]->release(a->children[0]);
      delete a->children[0]; delete[] a->children; delete[] a->buffers; a->release = nullptr;
    }, nullptr};
  return 0;
}

ASSAY_EXPORT int32_t counter_open(const char *uri, const char *options, size_t length, ArrowArrayStream *out, assay_error *error) {
  if (length < 2 || options[0] != '{') return ASSAY_INVALID_ARGUMENT;
  if (strcmp(uri, "missing.count") == 0) {
    snprintf(error->text, sizeof error->text, "missing.count: there is no such file");
    return ASSAY_BAD_DATA;
  }
  if (strcmp(uri, "throwing.count") == 0) throw std::runtime_error("while opening");
  if (strcmp(uri, "nothing.count") == 0) return ASSAY_OK;
  if (strcmp(uri, "lists.count") == 0) {
    *out = ArrowArrayStream{list_schema, list_next, nullptr, [](ArrowArrayStream *s) { s->release = nullptr; }, out};
    return ASSAY_OK;
  }
  *out = ArrowArrayStream{get_schema, get_next, [](ArrowArrayStream *) -> const char * { return "the reader's words"; },
    [](ArrowArrayStream *s) { delete static_cast<Counter *>(s->private_data); s->release = nullptr; },
    new Counter{5, false, strcmp(uri, "middle.count") == 0}};
  return ASSAY_OK;
}
