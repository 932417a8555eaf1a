// Batches of rows, and how they leave over the Arrow C Stream Interface.
#pragma once

#include <memory>

#include <arrow/type_fwd.h>
#include <assay/arrow.h>

namespace assay {

// Used from one thread at a time. Throws `Failure`.
class BatchSource {
 public:
  virtual ~BatchSource() = default;
  virtual std::shared_ptr<arrow::Schema> schema() const = 0;
  // The next batch; null after the last one.
  virtual std::shared_ptr<arrow::RecordBatch> next() = 0;
};

// Fills `out`, which owns the source from then on.
void export_source(std::unique_ptr<BatchSource> source, ArrowArrayStream *out);

// The rows of `batch` that lie in [first, end), where the batch starts at row `start`.
// Null where there are none.
std::shared_ptr<arrow::RecordBatch> cut(const std::shared_ptr<arrow::RecordBatch> &batch,
                                        int64_t start, int64_t first, int64_t end);

}  // namespace assay
