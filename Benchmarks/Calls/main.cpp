/// What the call engine alone costs: a row call against a bare `ffi_call` loop, a
/// column call against a direct call in C. Interleaved, median of the rounds, in CPU
/// time of this thread, which other work disturbs less than the clock on the wall.
///
/// Prints a line each, which ends with MISSED where a goal is missed.
#include "assay_call.h"

#include <dlfcn.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <string>
#include <vector>

extern "C" {
void bare_numbers(void *function, const double *first, const double *second, size_t n,
                  double *scores);
void bare_texts(void *function, const int32_t *offsets, const char *bytes, size_t n,
                double *scores);
}

namespace {

constexpr int64_t rowCount = 65536;
constexpr int batches = 5;
constexpr int rounds = 61;

double processorSeconds() {
  timespec time = {};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return double(time.tv_sec) + double(time.tv_nsec) * 1e-9;
}

double secondsOf(void (*work)(void *), void *context) {
  double start = processorSeconds();
  for (int batch = 0; batch < batches; ++batch) work(context);
  return processorSeconds() - start;
}

struct Pair {
  const char *name;
  void (*bare)(void *);
  void (*engine)(void *);
  void *context;
  double target;
};

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void report(const Pair &pair) {
  std::vector<double> bare, engine;
  for (int round = 0; round < rounds; ++round) {
    bare.push_back(secondsOf(pair.bare, pair.context));
    engine.push_back(secondsOf(pair.engine, pair.context));
  }
  double perRow = 1e9 / (double(rowCount) * batches);
  double ratio = median(engine) / median(bare);
  std::printf("%-40s bare %7.3f ns/row   engine %7.3f ns/row   %.3fx   goal %.3fx %s\n", pair.name,
              median(bare) * perRow, median(engine) * perRow, ratio, pair.target,
              ratio <= pair.target ? "reached" : "MISSED");
}

struct Numbers {
  void *function;
  std::vector<double> first, second, scores;
  std::vector<uint8_t> outcomes;
};

void bareRows(void *context) {
  auto &data = *static_cast<Numbers *>(context);
  bare_numbers(data.function, data.first.data(), data.second.data(), rowCount, data.scores.data());
}

void engineRows(void *context) {
  auto &data = *static_cast<Numbers *>(context);
  const uint8_t types[] = {ASSAY_TYPE_DOUBLE, ASSAY_TYPE_DOUBLE};
  assay_argument arguments[2] = {};
  for (int index = 0; index < 2; ++index) {
    arguments[index].kind = ASSAY_ARGUMENT_ELEMENT;
    arguments[index].type = ASSAY_TYPE_DOUBLE;
    arguments[index].width = 8;
  }
  arguments[0].base = data.first.data();
  arguments[1].base = data.second.data();
  int64_t current = 0;
  assay_rows rows = {};
  rows.interface = assay_interface_intern(ASSAY_TYPE_DOUBLE, types, 2);
  rows.function = data.function;
  rows.arguments = arguments;
  rows.count = rowCount;
  rows.return_kind = ASSAY_RETURN_SCORE;
  rows.wants_errno = 1;
  rows.scores = data.scores.data();
  rows.outcomes = data.outcomes.data();
  rows.current_row = &current;
  size_t failures = 0;
  assay_call_rows(&rows, &failures);
}

struct Texts {
  void *function;
  std::vector<int32_t> offsets{0};
  std::string bytes;
  std::vector<double> scores;
  std::vector<uint8_t> outcomes;
};

void bareTexts(void *context) {
  auto &data = *static_cast<Texts *>(context);
  bare_texts(data.function, data.offsets.data(), data.bytes.data(), rowCount, data.scores.data());
}

void engineTexts(void *context) {
  auto &data = *static_cast<Texts *>(context);
  const uint8_t types[] = {ASSAY_TYPE_POINTER, ASSAY_TYPE_UINT64, ASSAY_TYPE_POINTER,
                           ASSAY_TYPE_UINT64};
  assay_argument arguments[4] = {};
  for (int index = 0; index < 4; ++index) {
    bool isLength = index % 2 == 1;
    arguments[index].kind = isLength ? ASSAY_ARGUMENT_TEXT_LENGTH : ASSAY_ARGUMENT_TEXT_POINTER;
    arguments[index].type = types[index];
    arguments[index].width = 1;
    arguments[index].offset_width = 4;
    arguments[index].base = data.offsets.data();
    arguments[index].data = data.bytes.data();
  }
  assay_rows rows = {};
  rows.interface = assay_interface_intern(ASSAY_TYPE_DOUBLE, types, 4);
  rows.function = data.function;
  rows.arguments = arguments;
  rows.count = rowCount;
  rows.return_kind = ASSAY_RETURN_SCORE;
  rows.undefined = ASSAY_UNDEFINED_NAN;
  rows.scores = data.scores.data();
  rows.outcomes = data.outcomes.data();
  size_t failures = 0;
  assay_call_rows(&rows, &failures);
}

void directColumn(void *context) {
  auto &data = *static_cast<Numbers *>(context);
  using Function = void (*)(const double *, const double *, size_t, double *);
  reinterpret_cast<Function>(data.function)(data.first.data(), data.second.data(), rowCount,
                                            data.scores.data());
}

void engineColumn(void *context) {
  auto &data = *static_cast<Numbers *>(context);
  const uint8_t types[] = {ASSAY_TYPE_POINTER, ASSAY_TYPE_POINTER, ASSAY_TYPE_UINT64,
                           ASSAY_TYPE_POINTER};
  const uint64_t arguments[] = {uint64_t(data.first.data()), uint64_t(data.second.data()),
                                uint64_t(rowCount), uint64_t(data.scores.data())};
  assay_failure failure;
  int32_t error = 0;
  assay_call_once(assay_interface_intern(ASSAY_TYPE_VOID, types, 4), data.function, arguments,
                  nullptr, &error, &failure);
}

void *symbol(void *library, const char *name) {
  void *address = dlsym(library, name);
  if (address == nullptr) std::fprintf(stderr, "no %s: %s\n", name, dlerror());
  return address;
}

} // namespace

int main(int argc, char **argv) {
  void *library = dlopen(argc > 1 ? argv[1] : "./libkernels.so", RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return std::fprintf(stderr, "%s\n", dlerror()), 2;
  Numbers numbers, columns;
  for (Numbers *data : {&numbers, &columns}) {
    data->scores.resize(rowCount);
    data->outcomes.resize(rowCount);
    for (int64_t row = 0; row < rowCount; ++row) {
      data->first.push_back(double(row % 97));
      data->second.push_back(double(row % 89));
    }
  }
  Texts texts;
  texts.scores.resize(rowCount);
  texts.outcomes.resize(rowCount);
  for (int64_t row = 0; row < rowCount; ++row) {
    texts.bytes += "prediction " + std::to_string(row);
    texts.offsets.push_back(int32_t(texts.bytes.size()));
  }
  numbers.function = symbol(library, "absolute_error");
  columns.function = symbol(library, "absolute_errors");
  texts.function = symbol(library, "same_text");
  report({"a row, two doubles", bareRows, engineRows, &numbers, 1.3});
  report({"a row, two texts with lengths", bareTexts, engineTexts, &texts, 1.3});
  report({"a column of 65,536, |p - y|", directColumn, engineColumn, &columns, 1.05});
}
