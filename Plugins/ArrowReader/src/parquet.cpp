// The reader "parquet", a plugin of its own, so that libparquet is opened only when needed.
#include <numeric>

#include <arrow/io/file.h>
#include <arrow/record_batch.h>
#include <arrow/type.h>
#include <assay/plugin.h>
#include <parquet/arrow/reader.h>
#include <parquet/arrow/schema.h>
#include <parquet/exception.h>
#include <parquet/file_reader.h>

#include "failure.hpp"
#include "input.hpp"
#include "options.hpp"
#include "source.hpp"

namespace assay {
namespace {

constexpr int64_t batch_rows = 65536;

class ParquetSource final : public BatchSource {
 public:
  ParquetSource(std::string path, Options options)
      : path_(std::move(path)), options_(std::move(options)) {
    require_readable(path_);
    open();
    std::shared_ptr<arrow::Schema> available;
    check(file_->GetSchema(&available), path_);
    auto picked = pick_columns(options_, available->field_names(), path_);
    arrow::FieldVector fields;
    for (int position : picked) fields.push_back(available->field(position));
    schema_ = arrow::schema(std::move(fields));
    if (!options_.schema_only) start(picked);
  }

  std::shared_ptr<arrow::Schema> schema() const override { return schema_; }

  std::shared_ptr<arrow::RecordBatch> next() override {
    while (reader_ && next_row_ < options_.end_row) {
      std::shared_ptr<arrow::RecordBatch> batch;
      check(reader_->ReadNext(&batch), path_);
      if (!batch) break;
      int64_t start = next_row_;
      next_row_ += batch->num_rows();
      if (auto wanted = cut(batch, start, options_.first_row, options_.end_row))
        return check(wanted->SelectColumns(selection_), path_);
    }
    reader_.reset();
    return nullptr;
  }

 private:
  void open() {
    try {
      auto properties = parquet::default_arrow_reader_properties();
      properties.set_batch_size(batch_rows);
      properties.set_use_threads(options_.threads != 1);
      properties.set_pre_buffer(false);
      parquet::arrow::FileReaderBuilder builder;
      check(builder.Open(check(arrow::io::ReadableFile::Open(path_), path_)), path_);
      builder.properties(properties);
      file_ = check(builder.Build(), path_);
    } catch (const parquet::ParquetException &exception) {
      throw Failure(ASSAY_BAD_DATA, path_ + " is not a Parquet file: " + exception.what());
    }
  }

  // Row groups that lie outside of the range are not touched.
  void start(const std::vector<int> &picked) {
    auto metadata = file_->parquet_reader()->metadata();
    std::vector<int> groups;
    int64_t start = 0;
    for (int group = 0; group < metadata->num_row_groups(); ++group) {
      int64_t end = start + metadata->RowGroup(group)->num_rows();
      if (end <= options_.first_row) {
        next_row_ = end;
      } else if (start < options_.end_row) {
        groups.push_back(group);
      }
      start = end;
    }
    auto leaves = leaves_of(picked);
    reader_ = check(file_->GetRecordBatchReader(groups, leaves), path_);
    for (const auto &field : schema_->fields())
      selection_.push_back(reader_->schema()->GetFieldIndex(field->name()));
    if (!options_.columns) {
      selection_.resize(size_t(reader_->schema()->num_fields()));
      std::iota(selection_.begin(), selection_.end(), 0);
    }
  }

  // A nested column is stored as several leaves.
  std::vector<int> leaves_of(const std::vector<int> &picked) {
    std::vector<int> leaves;
    for (int position : picked) add_leaves(file_->manifest().schema_fields[size_t(position)], leaves);
    return leaves;
  }

  static void add_leaves(const parquet::arrow::SchemaField &field, std::vector<int> &leaves) {
    if (field.is_leaf()) leaves.push_back(field.column_index);
    for (const auto &child : field.children) add_leaves(child, leaves);
  }

  std::string path_;
  Options options_;
  std::unique_ptr<parquet::arrow::FileReader> file_;
  std::unique_ptr<arrow::RecordBatchReader> reader_;
  std::vector<int> selection_;
  std::shared_ptr<arrow::Schema> schema_;
  int64_t next_row_ = 0;
};

}  // namespace
}  // namespace assay

ASSAY_EXPORT int32_t assay_parquet_open(const char *uri, const char *options, size_t options_len,
                                        struct ArrowArrayStream *out, struct assay_error *error) {
  return assay::guarded(error, [&] {
    auto wanted = assay::parse_options(options, options_len);
    auto source = std::make_unique<assay::ParquetSource>(assay::path_of(uri), std::move(wanted));
    assay::export_source(std::move(source), out);
  });
}
