#include "csv_blocks.hpp"

#include <algorithm>
#include <cstring>

#include <arrow/buffer.h>
#include <arrow/csv/chunker.h>

#include "failure.hpp"

namespace assay {
namespace {

// A row longer than this is taken for a quote that never ends.
constexpr size_t longest_row = size_t(256) << 20;

bool starts_as_utf16(std::string_view text) {
  return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
}

}  // namespace

CsvBlocks::CsvBlocks(const std::string &path, char delimiter, int64_t block_size)
    : path_(path), input_(path), block_size_(block_size) {
  parse_options_ = arrow::csv::ParseOptions::Defaults();
  parse_options_.delimiter = delimiter;
  parse_options_.newlines_in_values = true;
  quoted_ = arrow::csv::MakeChunker(parse_options_);
}

std::optional<CsvBlock> CsvBlocks::next() {
  if (at_end_) return std::nullopt;
  auto memory = std::make_shared<std::vector<uint8_t>>(std::move(carried_));
  size_t filled = memory->size(), whole = 0;
  while (whole == 0) {
    size_t wanted = filled + static_cast<size_t>(block_size_);
    memory->resize(wanted);
    auto got = input_.read(memory->data() + filled, block_size_);
    filled += static_cast<size_t>(got);
    at_end_ = got < block_size_;
    std::string_view text(reinterpret_cast<char *>(memory->data()), filled);
    whole = at_end_ ? filled : whole_rows(text);
    if (whole == 0 && !at_end_ && filled > longest_row)
      throw Failure(ASSAY_BAD_DATA, path_ + " has a row of more than 256 MiB: a quoted field " +
                                        "seems never to end.");
  }
  if (filled == 0) return std::nullopt;
  std::string_view text(reinterpret_cast<char *>(memory->data()), whole);
  carried_.assign(memory->begin() + static_cast<ptrdiff_t>(whole),
                  memory->begin() + static_cast<ptrdiff_t>(filled));
  CsvBlock block{next_index_, offset_, at_end_, at_end_ && ends_in_quotes(text), memory, text};
  start_after_mark(block.text);
  // A line break of two characters may have been cut in two.
  if (ended_with_return_ && block.text.starts_with('\n')) block.text.remove_prefix(1);
  ended_with_return_ = text.ends_with('\r');
  next_index_ += 1;
  offset_ += static_cast<int64_t>(whole);
  return block;
}

void CsvBlocks::start_after_mark(std::string_view &text) const {
  if (next_index_ > 0) return;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (starts_as_utf16(text))
    throw Failure(ASSAY_BAD_DATA, path_ + " is UTF-16. Save it as UTF-8.");
}

// With a line break behind it, the last row is whole, unless a quote is open.
bool CsvBlocks::ends_in_quotes(std::string_view text) {
  if (text.find('"') == std::string_view::npos) return false;
  std::string closed(text);
  closed += '\n';
  return whole_rows(closed) != closed.size();
}

// Most files quote nothing, and there a row ends at every line break; the rest is
// left to Arrow's chunker, which follows the quotes.
size_t CsvBlocks::whole_rows(std::string_view text) {
  if (std::memchr(text.data(), '"', text.size()) == nullptr) {
    size_t end = text.rfind('\n');
    if (end == std::string_view::npos) end = text.rfind('\r');
    return end == std::string_view::npos ? 0 : end + 1;
  }
  auto block = std::make_shared<arrow::Buffer>(
      reinterpret_cast<const uint8_t *>(text.data()), static_cast<int64_t>(text.size()));
  std::shared_ptr<arrow::Buffer> whole, partial;
  check(quoted_->Process(block, &whole, &partial), path_);
  return static_cast<size_t>(whole->size());
}

}  // namespace assay
