// The reader "csv".
#include <algorithm>
#include <cstring>
#include <sched.h>

#include <arrow/record_batch.h>
#include <arrow/type.h>
#include <arrow/util/utf8.h>
#include <assay/plugin.h>

#include "csv_blocks.hpp"
#include "csv_pipeline.hpp"
#include "csv_rows.hpp"
#include "failure.hpp"
#include "options.hpp"
#include "source.hpp"

namespace assay {
namespace {

// Small enough for the cache, large enough that claiming a block costs nothing.
constexpr int64_t block_size = int64_t(1) << 20;

int usable_threads(const Options &options) {
  if (options.threads > 0) return options.threads;
  cpu_set_t usable;
  if (sched_getaffinity(0, sizeof usable, &usable) != 0) return 1;
  return std::clamp(CPU_COUNT(&usable), 1, 16);
}

bool ends_with_any(std::string_view path, std::initializer_list<std::string_view> ends) {
  return std::any_of(ends.begin(), ends.end(), [&](auto end) { return path.ends_with(end); });
}

char delimiter_of(const std::string &path, const Options &options) {
  if (options.delimiter != 0) return options.delimiter;
  return ends_with_any(path, {".tsv", ".tsv.gz", ".tsv.zst", ".tab"}) ? '\t' : ',';
}

// Takes the names off the front of the first block.
std::vector<std::string> take_header(CsvBlock &first, char delimiter, const std::string &path) {
  CsvRows header(delimiter, -1);
  uint32_t consumed = 0;
  std::optional<BadRow> bad;
  size_t blank = first.text.find_first_not_of("\r\n");
  first.text.remove_prefix(std::min(blank, first.text.size()));
  auto rows = header.parse(first.text, first.is_last, consumed, bad, 1);
  if (bad || rows->num_rows() == 0) throw Failure(ASSAY_BAD_DATA, path + " is empty.");
  std::vector<std::string> names;
  check(rows->VisitLastRow([&](const uint8_t *data, uint32_t size, bool, bool) {
    names.emplace_back(reinterpret_cast<const char *>(data), size);
    return arrow::Status::OK();
  }), path);
  for (const std::string &name : names) {
    if (!arrow::util::ValidateUTF8(name))
      throw Failure(ASSAY_BAD_DATA, path + ": the header is not UTF-8. Save the file as UTF-8.");
  }
  first.text.remove_prefix(consumed);
  return names;
}

class CsvSource final : public BatchSource {
 public:
  CsvSource(std::string path, Options options);
  std::shared_ptr<arrow::Schema> schema() const override { return schema_; }
  std::shared_ptr<arrow::RecordBatch> next() override;

 private:
  void resolve_columns(const std::vector<std::string> &names, const CsvBlock &first);
  std::shared_ptr<arrow::RecordBatch> batch(ConvertedBlock &converted);
  bool is_outside(const ConvertedBlock &converted) const;
  std::shared_ptr<arrow::RecordBatch> read_wanted(ConvertedBlock &converted);
  [[noreturn]] void fail(const ConvertedBlock &converted);
  int64_t line_of(const CsvBlock &block, int64_t row) const;

  std::string path_;
  Options options_;
  char delimiter_;
  NullRules nulls_;
  std::unique_ptr<CsvRows> rows_;
  std::vector<CsvColumn> columns_;
  std::shared_ptr<arrow::Schema> schema_;
  int64_t next_row_ = 0;
  // Last, so that its threads end before what they use.
  std::unique_ptr<CsvPipeline> pipeline_;
};

CsvSource::CsvSource(std::string path, Options options)
    : path_(std::move(path)), options_(std::move(options)),
      delimiter_(delimiter_of(path_, options_)), nulls_(options_.null_text) {
  auto blocks = std::make_unique<CsvBlocks>(path_, delimiter_, block_size);
  auto first = blocks->next();
  if (!first) throw Failure(ASSAY_BAD_DATA, path_ + " is empty.");
  auto names = take_header(*first, delimiter_, path_);
  rows_ = std::make_unique<CsvRows>(delimiter_, int(names.size()));
  resolve_columns(names, *first);
  if (options_.schema_only) return;
  pipeline_ = std::make_unique<CsvPipeline>(std::move(blocks), std::move(*first), *rows_, columns_,
                                            usable_threads(options_));
}

void CsvSource::resolve_columns(const std::vector<std::string> &names, const CsvBlock &first) {
  std::unique_ptr<arrow::csv::BlockParser> sample;
  std::optional<BadRow> bad;
  arrow::FieldVector fields;
  for (int position : pick_columns(options_, names, path_)) {
    CsvColumn column{names[size_t(position)], position, nullptr, nullptr};
    auto asked = options_.types.find(column.name);
    if (asked != options_.types.end()) {
      column.type = asked->second;
    } else {
      uint32_t consumed = 0;
      // Rows before a bad one still tell the types; the bad one is told when it is reached.
      if (!sample) sample = rows_->parse(first.text, first.is_last, consumed, bad);
      column.type = bad ? arrow::utf8() : rows_->infer(*sample, position, nulls_);
    }
    column.converter = check(
        arrow::csv::Converter::Make(column.type, nulls_.of(*column.type), block_memory()), path_);
    fields.push_back(arrow::field(column.name, column.type));
    columns_.push_back(std::move(column));
  }
  schema_ = arrow::schema(std::move(fields));
}

std::shared_ptr<arrow::RecordBatch> CsvSource::next() {
  while (pipeline_ && next_row_ < options_.end_row) {
    auto converted = pipeline_->next();
    if (!converted) break;
    if (converted->exception) std::rethrow_exception(converted->exception);
    if (converted->bad && !is_outside(*converted)) fail(*converted);
    auto rows = converted->bad ? read_wanted(*converted) : batch(*converted);
    if (rows) return rows;
  }
  pipeline_.reset();
  return nullptr;
}

std::shared_ptr<arrow::RecordBatch> CsvSource::batch(ConvertedBlock &converted) {
  int64_t start = next_row_;
  next_row_ += converted.row_count;
  if (converted.row_count == 0) return nullptr;
  auto all = arrow::RecordBatch::Make(schema_, converted.row_count, std::move(converted.columns));
  return cut(all, start, options_.first_row, options_.end_row);
}

// A range of rows ought not to fail over a row outside of it. Where a row cannot be
// parsed, those behind it cannot be counted, so only a later one is outside.
bool CsvSource::is_outside(const ConvertedBlock &converted) const {
  if (converted.bad->row < 0) return false;
  int64_t row = next_row_ + converted.bad->row;
  return row >= options_.end_row || (row < options_.first_row && converted.row_count >= 0);
}

// Reads of a block with a bad row only the rows that are wanted.
std::shared_ptr<arrow::RecordBatch> CsvSource::read_wanted(ConvertedBlock &converted) {
  const CsvBlock &block = converted.block;
  int64_t count = converted.row_count >= 0 ? converted.row_count : converted.bad->row;
  int64_t before = std::clamp<int64_t>(options_.first_row - next_row_, 0, count);
  int64_t wanted = std::min(options_.end_row - next_row_, count) - before;
  std::shared_ptr<arrow::RecordBatch> batch;
  if (wanted > 0) {
    uint32_t skipped = 0, consumed = 0;
    std::optional<BadRow> bad;
    if (before > 0) rows_->parse(block.text, block.is_last, skipped, bad, int32_t(before));
    auto rest = block.text.substr(skipped);
    auto parsed = rows_->parse(rest, block.is_last, consumed, bad, int32_t(wanted));
    auto columns = rows_->convert(*parsed, columns_, bad);
    if (bad) {
      converted.bad = BadRow{bad->row < 0 ? -1 : bad->row + before, bad->words};
      fail(converted);
    }
    batch = arrow::RecordBatch::Make(schema_, wanted, std::move(columns));
  }
  next_row_ += count;
  return batch;
}

void CsvSource::fail(const ConvertedBlock &converted) {
  const BadRow &bad = *converted.bad;
  if (bad.row < 0) throw Failure(ASSAY_BAD_DATA, path_ + ": " + bad.words);
  std::string place = "row " + std::to_string(next_row_ + bad.row + 1);
  if (int64_t line = line_of(converted.block, bad.row); line > 0)
    place += " (line " + std::to_string(line) + ")";
  throw Failure(ASSAY_BAD_DATA, path_ + ", " + place + ": " + bad.words);
}

// Threads know blocks and not lines, so the file is read again up to the block.
int64_t CsvSource::line_of(const CsvBlock &block, int64_t row) const {
  if (!is_regular_file(path_)) return 0;
  int64_t line = 1;
  const char *begin = reinterpret_cast<const char *>(block.memory->data());
  const char *text = block.text.data();
  uint32_t consumed = 0;
  std::optional<BadRow> bad;
  if (row > 0) rows_->parse(block.text, block.is_last, consumed, bad, int32_t(row));
  line += std::count(begin, text + consumed, '\n');
  // Blank lines stand between rows and are none.
  for (const char *at = text + consumed; at != text + block.text.size(); ++at) {
    if (rows_->field_count() == 1 || (*at != '\n' && *at != '\r')) break;
    line += *at == '\n';
  }
  try {
    Input again(path_);
    std::vector<uint8_t> bytes(1 << 16);
    for (int64_t left = block.offset; left > 0;) {
      int64_t got = again.read(bytes.data(), std::min<int64_t>(left, int64_t(bytes.size())));
      if (got == 0) return 0;
      line += std::count(bytes.begin(), bytes.begin() + got, '\n');
      left -= got;
    }
  } catch (const Failure &) {
    return 0;
  }
  return line;
}

}  // namespace
}  // namespace assay

ASSAY_EXPORT int32_t assay_arrow_open_csv(const char *uri, const char *options, size_t options_len,
                                          struct ArrowArrayStream *out,
                                          struct assay_error *error) {
  return assay::guarded(error, [&] {
    auto wanted = assay::parse_options(options, options_len);
    auto source = std::make_unique<assay::CsvSource>(assay::path_of(uri), std::move(wanted));
    assay::export_source(std::move(source), out);
  });
}
