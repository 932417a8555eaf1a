// The rows of one block: parsed, and converted to the columns that are wanted.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <arrow/csv/converter.h>
#include <arrow/csv/options.h>
#include <arrow/csv/parser.h>
#include <arrow/type_fwd.h>

#include "options.hpp"

namespace assay {

// Where blocks and columns live. Blocks are made by one thread and freed by another;
// Arrow's default allocator then keeps pages for every thread, and memory creeps up
// with the length of the file.
arrow::MemoryPool *block_memory();

// What is wrong with a row. Rows are numbered within the block, from 0.
struct BadRow {
  int64_t row = -1;
  std::string words;
};

// What stands for null: in text the unquoted empty field, in numbers also NaN and nan.
class NullRules {
 public:
  explicit NullRules(const std::vector<std::string> &null_text);
  const arrow::csv::ConvertOptions &of(const arrow::DataType &type) const;

 private:
  arrow::csv::ConvertOptions text_, number_;
};

// A column that is wanted: where it stands and how its text is read.
struct CsvColumn {
  std::string name;
  int position = 0;
  std::shared_ptr<arrow::DataType> type;
  std::shared_ptr<arrow::csv::Converter> converter;
};

// How the rows of one file are read. Shared by threads and never changed.
class CsvRows {
 public:
  CsvRows(char delimiter, int field_count);

  // Parses the rows of `text`, at most `limit`. `consumed`: how far it got.
  std::unique_ptr<arrow::csv::BlockParser> parse(std::string_view text, bool is_last,
                                                 uint32_t &consumed,
                                                 std::optional<BadRow> &bad,
                                                 int32_t limit = INT32_MAX) const;

  // The wanted columns of parsed rows.
  std::vector<std::shared_ptr<arrow::Array>> convert(const arrow::csv::BlockParser &rows,
                                                     const std::vector<CsvColumn> &columns,
                                                     std::optional<BadRow> &bad) const;

  // The narrowest of int64, float64, bool and utf8 that all of these rows read as.
  std::shared_ptr<arrow::DataType> infer(const arrow::csv::BlockParser &rows, int position,
                                         const NullRules &nulls) const;

  arrow::csv::ParseOptions options() const { return options_; }
  int field_count() const { return field_count_; }

 private:
  arrow::csv::ParseOptions options_;
  int field_count_;
};

}  // namespace assay
