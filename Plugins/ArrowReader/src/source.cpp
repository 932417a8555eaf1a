// assay/arrow.h and Arrow's own header guard the same structs by the same macros.
#include <arrow/c/bridge.h>

#include "source.hpp"

#include <algorithm>
#include <cerrno>
#include <string>

#include <arrow/record_batch.h>

#include "failure.hpp"

namespace assay {
namespace {

struct Exported {
  std::unique_ptr<BatchSource> source;
  std::string error;
};

Exported *exported(ArrowArrayStream *stream) {
  return static_cast<Exported *>(stream->private_data);
}

int errno_of(int32_t code) {
  switch (code) {
    case ASSAY_RESOURCE: return EIO;
    case ASSAY_UNSUPPORTED: return ENOSYS;
    case ASSAY_CANCELLED: return ECANCELED;
    default: return EINVAL;
  }
}

template <typename Body>
int answer(ArrowArrayStream *stream, Body body) noexcept {
  try {
    body(*exported(stream)->source);
    return 0;
  } catch (...) {
    auto [code, text] = describe_current_exception();
    exported(stream)->error.swap(text);
    return errno_of(code);
  }
}

int get_schema(ArrowArrayStream *stream, ArrowSchema *out) noexcept {
  return answer(stream, [&](BatchSource &source) {
    check(arrow::ExportSchema(*source.schema(), out), "schema");
  });
}

int get_next(ArrowArrayStream *stream, ArrowArray *out) noexcept {
  return answer(stream, [&](BatchSource &source) {
    *out = ArrowArray{};
    if (auto batch = source.next()) check(arrow::ExportRecordBatch(*batch, out), "batch");
  });
}

const char *get_last_error(ArrowArrayStream *stream) noexcept {
  return exported(stream)->error.c_str();
}

void release(ArrowArrayStream *stream) noexcept {
  delete exported(stream);
  stream->release = nullptr;
}

}  // namespace

void export_source(std::unique_ptr<BatchSource> source, ArrowArrayStream *out) {
  *out = ArrowArrayStream{get_schema, get_next, get_last_error, release,
                          new Exported{std::move(source), {}}};
}

std::shared_ptr<arrow::RecordBatch> cut(const std::shared_ptr<arrow::RecordBatch> &batch,
                                        int64_t start, int64_t first, int64_t end) {
  int64_t from = std::max<int64_t>(first - start, 0);
  int64_t to = std::min<int64_t>(end - start, batch->num_rows());
  if (to <= from) return nullptr;
  return to - from == batch->num_rows() ? batch : batch->Slice(from, to - from);
}

}  // namespace assay
