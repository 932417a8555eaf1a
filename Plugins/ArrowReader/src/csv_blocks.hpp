// A CSV file cut into blocks of whole rows.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <arrow/csv/options.h>
#include <arrow/util/delimiting.h>

#include "input.hpp"

namespace assay {

struct CsvBlock {
  // The position among the blocks, from 0.
  int64_t index = 0;
  // Where the block starts in the unpacked input.
  int64_t offset = 0;
  // The last row of the input may lack its line break.
  bool is_last = false;
  // The last row opens a quote that never ends.
  bool ends_in_quotes = false;
  std::shared_ptr<std::vector<uint8_t>> memory;
  std::string_view text;
};

// Reads blocks in order; used by one thread at a time.
class CsvBlocks {
 public:
  CsvBlocks(const std::string &path, char delimiter, int64_t block_size);
  // The next block; nothing at the end of the input.
  std::optional<CsvBlock> next();

 private:
  // Where the last whole row ends, or 0 where none does.
  size_t whole_rows(std::string_view text);
  bool ends_in_quotes(std::string_view text);
  void start_after_mark(std::string_view &text) const;

  std::string path_;
  Input input_;
  int64_t block_size_;
  std::vector<uint8_t> carried_;
  int64_t next_index_ = 0;
  int64_t offset_ = 0;
  bool at_end_ = false;
  bool ended_with_return_ = false;
  arrow::csv::ParseOptions parse_options_;
  std::unique_ptr<arrow::Chunker> quoted_;
};

}  // namespace assay
