// Blocks parsed and converted by several threads, delivered in order.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include <arrow/array.h>

#include "csv_blocks.hpp"
#include "csv_rows.hpp"

namespace assay {

struct ConvertedBlock {
  CsvBlock block;
  // How many rows parsed well; -1 where parsing itself failed.
  int64_t row_count = 0;
  std::vector<std::shared_ptr<arrow::Array>> columns;
  std::optional<BadRow> bad;
  std::exception_ptr exception;
};

// Parses and converts one block. Never throws.
ConvertedBlock convert_block(const CsvRows &rows, const std::vector<CsvColumn> &columns,
                             CsvBlock block) noexcept;

// Memory is bounded: threads run at most a few blocks ahead of the reader.
class CsvPipeline {
 public:
  CsvPipeline(std::unique_ptr<CsvBlocks> blocks, CsvBlock first, const CsvRows &rows,
              const std::vector<CsvColumn> &columns, int threads);
  ~CsvPipeline();
  CsvPipeline(const CsvPipeline &) = delete;
  CsvPipeline &operator=(const CsvPipeline &) = delete;

  // The next block; nothing at the end.
  std::optional<ConvertedBlock> next();

 private:
  void start();
  void work() noexcept;
  std::optional<CsvBlock> claim(std::unique_lock<std::mutex> &lock, std::exception_ptr &exception,
                                int64_t &index);

  std::unique_ptr<CsvBlocks> blocks_;
  std::optional<CsvBlock> first_;
  const CsvRows &rows_;
  const std::vector<CsvColumn> &columns_;
  int thread_count_;

  std::mutex lock_;
  std::condition_variable changed_;
  std::map<int64_t, ConvertedBlock> done_;
  int64_t wanted_ = 0;
  int64_t claimed_ = 0;
  bool is_reading_ = false;
  bool at_end_ = false;
  bool is_stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace assay
