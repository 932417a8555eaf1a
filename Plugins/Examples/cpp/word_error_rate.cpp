// The word error rate over a whole data set: a stateful evaluator in C++.
//
//   c++ -std=c++17 -O2 -g -shared -fPIC -I PREFIX/include
//       -o libword_error_rate.so word_error_rate.cpp
//
// A state counts errors and expected words of the rows it has seen. States of
// different rows merge by adding up, so that the host may use all cores, and the
// counts are integers, so that the result does not depend on how it did. `evaluate`
// gives each row a rate of its own.

#include <assay/plugin.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace {

struct State {
  int64_t errors = 0;
  int64_t words = 0;
  int64_t rows = 0;
};

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> words;
  constexpr std::string_view spaces = " \t\r\n";
  for (size_t at = text.find_first_not_of(spaces); at != text.npos;) {
    const size_t end = std::min(text.find_first_of(spaces, at), text.size());
    words.push_back(text.substr(at, end - at));
    at = text.find_first_not_of(spaces, end);
  }
  return words;
}

// Insertions, deletions and substitutions that turn one text into the other.
int64_t edits(const std::vector<std::string_view> &a, const std::vector<std::string_view> &b) {
  std::vector<int64_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); j++) row[j] = j;
  for (size_t i = 1; i <= a.size(); i++) {
    int64_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); j++) {
      const int64_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, substituted});
    }
  }
  return row[b.size()];
}

// A text column of the batch, found by the name of its role.
class TextColumn {
 public:
  TextColumn(const ArrowSchema *schema, const ArrowArray *batch, const char *role) {
    for (int64_t i = 0; i < schema->n_children; i++) {
      if (std::strcmp(schema->children[i]->name, role) != 0) continue;
      const ArrowArray *array = batch->children[i];
      offsets_ = static_cast<const int32_t *>(array->buffers[1]);
      bytes_ = static_cast<const char *>(array->buffers[2]);
    }
  }

  explicit operator bool() const { return offsets_ != nullptr; }

  std::string_view operator[](int64_t row) const {
    return {bytes_ + offsets_[row], static_cast<size_t>(offsets_[row + 1] - offsets_[row])};
  }

 private:
  const int32_t *offsets_ = nullptr;
  const char *bytes_ = nullptr;
};

// A float64 array that owns itself until it is released; null where nothing was set.
class Scores {
 public:
  explicit Scores(int64_t length) : values_(length), valid_((length + 7) / 8) {}

  void set(int64_t row, double value) {
    values_[row] = value;
    valid_[row / 8] = static_cast<uint8_t>(valid_[row / 8] | 1 << row % 8);
  }

  void move_to(ArrowArray *out) {
    buffers_[0] = valid_.data();
    buffers_[1] = values_.data();
    *out = ArrowArray{};
    out->length = static_cast<int64_t>(values_.size());
    out->null_count = -1;
    out->n_buffers = 2;
    out->buffers = buffers_;
    out->private_data = this;
    out->release = [](ArrowArray *array) {
      delete static_cast<Scores *>(array->private_data);
      array->release = nullptr;
    };
  }

 private:
  std::vector<double> values_;
  std::vector<uint8_t> valid_;
  const void *buffers_[2] = {};
};

int32_t fail(assay_error *error, int32_t code, const char *text) {
  error->code = code;
  error->row = -1;
  std::snprintf(error->text, sizeof error->text, "%s", text);
  return code;
}

}  // namespace

ASSAY_EXPORT int32_t word_error_rate_create(const char *, size_t, void **state, assay_error *) {
  *state = new State;
  return ASSAY_OK;
}

ASSAY_EXPORT int32_t word_error_rate_update(void *state, const ArrowSchema *schema,
                                            ArrowArray *batch, assay_error *error) {
  const TextColumn output(schema, batch, "output");
  const TextColumn expected(schema, batch, "expected");
  if (batch->length > 0 && (!output || !expected)) {
    return fail(error, ASSAY_UNSUPPORTED, "The roles output and expected are needed as utf8.");
  }
  auto &counts = *static_cast<State *>(state);
  for (int64_t row = 0; row < batch->length; row++) {
    const auto words = split(expected[row]);
    counts.errors += edits(words, split(output[row]));
    counts.words += static_cast<int64_t>(words.size());
    counts.rows += 1;
  }
  return ASSAY_OK;
}

ASSAY_EXPORT int32_t word_error_rate_merge(void *into, void *from, assay_error *) {
  auto &target = *static_cast<State *>(into);
  const auto &source = *static_cast<const State *>(from);
  target.errors += source.errors;
  target.words += source.words;
  target.rows += source.rows;
  return ASSAY_OK;
}

ASSAY_EXPORT int32_t word_error_rate_finish(void *state, const assay_sink *sink, assay_error *) {
  const auto &counts = *static_cast<const State *>(state);
  assay_detail detail = ASSAY_DETAIL_INIT;
  detail.support = counts.rows;
  if (counts.words == 0) {
    return sink->undefined(sink->context, "word_error_rate", "No expected text has a word.", &detail);
  }
  const double rate = static_cast<double>(counts.errors) / static_cast<double>(counts.words);
  return sink->metric(sink->context, "word_error_rate", rate, &detail);
}

// The rate of each row, for --rows; a row without an expected word has none (null).
ASSAY_EXPORT int32_t word_error_rate_evaluate(void *, const ArrowSchema *schema, ArrowArray *batch,
                                              ArrowArray *out, assay_error *error) {
  const TextColumn output(schema, batch, "output");
  const TextColumn expected(schema, batch, "expected");
  if (batch->length > 0 && (!output || !expected)) {
    return fail(error, ASSAY_UNSUPPORTED, "The roles output and expected are needed as utf8.");
  }
  auto scores = std::make_unique<Scores>(batch->length);
  for (int64_t row = 0; row < batch->length; row++) {
    const auto words = split(expected[row]);
    if (words.empty()) continue;
    const auto errors = static_cast<double>(edits(words, split(output[row])));
    scores->set(row, errors / static_cast<double>(words.size()));
  }
  scores.release()->move_to(out);
  return ASSAY_OK;
}

ASSAY_EXPORT void word_error_rate_destroy(void *state) { delete static_cast<State *>(state); }
