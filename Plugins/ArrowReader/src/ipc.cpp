// The reader "arrow": Arrow's IPC files (Feather version 2 among them) and streams.
#include <fstream>

#include <arrow/io/file.h>
#include <arrow/ipc/options.h>
#include <arrow/ipc/reader.h>
#include <arrow/record_batch.h>
#include <arrow/type.h>
#include <assay/plugin.h>

#include "failure.hpp"
#include "input.hpp"
#include "options.hpp"
#include "source.hpp"

namespace assay {
namespace {

std::string first_bytes(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes(6, '\0');
  file.read(bytes.data(), 6);
  bytes.resize(size_t(file.gcount()));
  return bytes;
}

class IpcSource final : public BatchSource {
 public:
  IpcSource(std::string path, Options options) : path_(std::move(path)), options_(std::move(options)) {
    require_readable(path_);
    std::string magic = first_bytes(path_);
    if (magic.starts_with("FEA1"))
      throw Failure(ASSAY_UNSUPPORTED, path_ + " is a Feather file of version 1. Write it again " +
                                           "as version 2 (pyarrow.feather.write_feather).");
    file_ = check(arrow::io::ReadableFile::Open(path_), path_);
    if (magic == "ARROW1") {
      open_file();
    } else {
      open_stream();
    }
  }

  std::shared_ptr<arrow::Schema> schema() const override { return schema_; }

  std::shared_ptr<arrow::RecordBatch> next() override {
    while (!options_.schema_only && next_row_ < options_.end_row) {
      auto batch = read();
      if (!batch) return nullptr;
      int64_t start = next_row_;
      next_row_ += batch->num_rows();
      auto wanted = cut(batch, start, options_.first_row, options_.end_row);
      if (wanted) return check(wanted->SelectColumns(selection_), path_);
    }
    return nullptr;
  }

 private:
  void open_file() {
    auto options = arrow::ipc::IpcReadOptions::Defaults();
    auto names = arrow::ipc::RecordBatchFileReader::Open(file_, options);
    auto reader = check(std::move(names), path_);
    auto picked = pick_columns(options_, reader->schema()->field_names(), path_);
    if (options_.columns) {
      options.included_fields = picked;
      reader = check(arrow::ipc::RecordBatchFileReader::Open(file_, options), path_);
    }
    reader_ = reader;
    select(reader_->schema());
  }

  void open_stream() {
    auto reader = arrow::ipc::RecordBatchStreamReader::Open(file_);
    if (!reader.ok())
      throw Failure(ASSAY_BAD_DATA, path_ + " is not an Arrow file: " + reader.status().message());
    stream_ = *reader;
    select(stream_->schema());
  }

  // Arrow delivers in the file's order; the host is given its own.
  void select(const std::shared_ptr<arrow::Schema> &available) {
    selection_ = pick_columns(options_, available->field_names(), path_);
    arrow::FieldVector fields;
    for (int position : selection_) fields.push_back(available->field(position));
    schema_ = arrow::schema(std::move(fields));
  }

  std::shared_ptr<arrow::RecordBatch> read() {
    if (stream_) return check(stream_->Next(), path_);
    if (next_batch_ >= reader_->num_record_batches()) return nullptr;
    return check(reader_->ReadRecordBatch(next_batch_++), path_);
  }

  std::string path_;
  Options options_;
  std::shared_ptr<arrow::io::ReadableFile> file_;
  std::shared_ptr<arrow::ipc::RecordBatchFileReader> reader_;
  std::shared_ptr<arrow::RecordBatchReader> stream_;
  std::vector<int> selection_;
  std::shared_ptr<arrow::Schema> schema_;
  int next_batch_ = 0;
  int64_t next_row_ = 0;
};

}  // namespace
}  // namespace assay

ASSAY_EXPORT int32_t assay_arrow_open_ipc(const char *uri, const char *options, size_t options_len,
                                          struct ArrowArrayStream *out,
                                          struct assay_error *error) {
  return assay::guarded(error, [&] {
    auto wanted = assay::parse_options(options, options_len);
    auto source = std::make_unique<assay::IpcSource>(assay::path_of(uri), std::move(wanted));
    assay::export_source(std::move(source), out);
  });
}
