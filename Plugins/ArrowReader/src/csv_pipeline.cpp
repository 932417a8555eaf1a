#include "csv_pipeline.hpp"

namespace assay {

ConvertedBlock convert_block(const CsvRows &rows, const std::vector<CsvColumn> &columns,
                             CsvBlock block) noexcept {
  ConvertedBlock result;
  try {
    uint32_t consumed = 0;
    auto parsed = rows.parse(block.text, block.is_last, consumed, result.bad);
    if (!result.bad && block.ends_in_quotes)
      result.bad = BadRow{parsed->num_rows() - 1, "a quoted field starts here and never ends."};
    if (result.bad) {
      result.row_count = -1;
    } else {
      result.row_count = parsed->num_rows();
      result.columns = rows.convert(*parsed, columns, result.bad);
    }
    // The text is needed once more only to name a row.
    if (!result.bad) block.memory.reset();
  } catch (...) {
    result.exception = std::current_exception();
  }
  result.block = std::move(block);
  return result;
}

CsvPipeline::CsvPipeline(std::unique_ptr<CsvBlocks> blocks, CsvBlock first, const CsvRows &rows,
                         const std::vector<CsvColumn> &columns, int threads)
    : blocks_(std::move(blocks)), first_(std::move(first)), rows_(rows), columns_(columns),
      thread_count_(threads) {}

CsvPipeline::~CsvPipeline() {
  {
    std::lock_guard<std::mutex> guard(lock_);
    is_stopping_ = true;
  }
  changed_.notify_all();
  for (std::thread &thread : threads_) thread.join();
}

std::optional<ConvertedBlock> CsvPipeline::next() {
  if (first_) {
    CsvBlock block = std::move(*first_);
    first_.reset();
    // A small file is one block and needs no threads.
    bool is_last = block.is_last;
    if (!is_last) start();
    at_end_ = is_last;
    return convert_block(rows_, columns_, std::move(block));
  }
  std::unique_lock<std::mutex> lock(lock_);
  changed_.wait(lock, [&] { return done_.contains(wanted_) || (at_end_ && wanted_ >= claimed_); });
  auto found = done_.find(wanted_);
  if (found == done_.end()) return std::nullopt;
  ConvertedBlock result = std::move(found->second);
  done_.erase(found);
  wanted_ += 1;
  changed_.notify_all();
  return result;
}

void CsvPipeline::start() {
  wanted_ = claimed_ = 1;
  for (int count = 0; count < thread_count_; ++count) threads_.emplace_back([this] { work(); });
}

// Reads the next block, one thread at a time, so that blocks are claimed in order.
std::optional<CsvBlock> CsvPipeline::claim(std::unique_lock<std::mutex> &lock,
                                           std::exception_ptr &exception, int64_t &index) {
  changed_.wait(lock, [&] {
    bool has_room = claimed_ < wanted_ + 2 * thread_count_ + 1;
    return is_stopping_ || at_end_ || (!is_reading_ && has_room);
  });
  if (is_stopping_ || at_end_) return std::nullopt;
  is_reading_ = true;
  lock.unlock();
  std::optional<CsvBlock> block;
  try {
    block = blocks_->next();
  } catch (...) {
    exception = std::current_exception();
  }
  lock.lock();
  is_reading_ = false;
  if (!block) at_end_ = true;
  if (block || exception) index = claimed_++;
  changed_.notify_all();
  return block;
}

void CsvPipeline::work() noexcept {
  std::unique_lock<std::mutex> lock(lock_);
  while (true) {
    std::exception_ptr exception;
    int64_t index = -1;
    auto block = claim(lock, exception, index);
    if (index < 0) return;
    ConvertedBlock result;
    if (block) {
      lock.unlock();
      result = convert_block(rows_, columns_, std::move(*block));
      lock.lock();
    }
    if (exception) result.exception = exception;
    done_.emplace(index, std::move(result));
    changed_.notify_all();
  }
}

}  // namespace assay
