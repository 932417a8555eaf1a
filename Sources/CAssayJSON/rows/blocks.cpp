#include "blocks.hpp"

#include <algorithm>
#include <cstring>

#include "failure.hpp"

namespace assay_json {
namespace {

constexpr size_t block_size = size_t(1) << 20;
// simdjson may read this far behind a text.
constexpr size_t padding = 64;
constexpr size_t longest_row = size_t(256) << 20;

bool is_blank(char sign) { return sign == ' ' || sign == '\t' || sign == '\r' || sign == '\n'; }

[[noreturn]] void invalid(const std::string &text, int64_t line) {
  throw Failure{ASSAY_JSON_ROWS_INVALID, text, -1, line};
}

// Where a JSON value that starts at `start` ends; nothing where the text ends first.
std::optional<size_t> end_of_value(const char *text, size_t start, size_t end) {
  int depth = 0;
  bool is_quoted = false;
  for (size_t at = start; at < end; ++at) {
    char sign = text[at];
    if (is_quoted) {
      if (sign == '\\') at += 1;
      else if (sign == '"') is_quoted = false;
    } else if (sign == '"') {
      is_quoted = true;
    } else if (sign == '{' || sign == '[') {
      depth += 1;
    } else if (sign == '}' || sign == ']') {
      if (depth == 0) return at;
      depth -= 1;
    } else if (sign == ',' && depth == 0) {
      return at;
    }
  }
  return std::nullopt;
}

}  // namespace

// Counted in bytes that cannot overflow, which the compiler turns into vector code.
int64_t line_breaks(std::string_view text) {
  int64_t total = 0;
  for (size_t start = 0; start < text.size();) {
    size_t end = std::min(text.size(), start + 255);
    uint8_t count = 0;
    for (; start < end; ++start) count = uint8_t(count + (text[start] == '\n'));
    total += count;
  }
  return total;
}

std::vector<Span> Block::rows() const {
  if (is_array) return elements;
  std::vector<Span> lines;
  size_t start = 0;
  while (start < length) {
    const void *found = std::memchr(memory.data() + start, '\n', length - start);
    size_t end = found ? size_t(static_cast<const char *>(found) - memory.data()) : length;
    size_t from = start, to = end;
    while (from < to && is_blank(memory[from])) from += 1;
    while (to > from && is_blank(memory[to - 1])) to -= 1;
    if (to > from) lines.push_back({from, to - from});
    start = end + 1;
  }
  return lines;
}

size_t Block::row_count() const { return is_array ? elements.size() : rows().size(); }

Blocks::Blocks(std::unique_ptr<Input> input) : input_(std::move(input)) {}

void Blocks::fill(Bytes &memory, size_t &filled) {
  memory.resize(filled + block_size + padding);
  size_t got = input_->read(memory.data() + filled, block_size);
  filled += got;
  at_end_ = got < block_size;
}

// Skips a byte order mark and finds out whether the file is an array.
void Blocks::start() {
  has_started_ = true;
  size_t filled = 0;
  fill(carried_, filled);
  carried_.resize(filled);
  std::string_view text(carried_.data(), filled);
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
    throw Failure{ASSAY_JSON_ROWS_UNREADABLE, "is UTF-16; save it as UTF-8"};
  size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  std::fill_n(carried_.begin(), at, ' ');
  while (at < filled && is_blank(text[at])) at += 1;
  is_array_ = at < filled && text[at] == '[';
  if (is_array_) carried_[at] = ' ';
}

std::optional<Block> Blocks::next() {
  bool is_first = !has_started_;
  if (is_first) start();
  Block block;
  block.is_array = is_array_;
  block.first_line = line_;
  block.memory = std::move(carried_);
  size_t filled = block.memory.size(), whole = 0;
  bool has_text = is_first && filled > 0;
  while (true) {
    if (!has_text && !at_end_) fill(block.memory, filled);
    has_text = false;
    whole = is_array_ ? whole_elements(block.memory, filled, block)
                      : at_end_ ? filled : whole_lines({block.memory.data(), filled});
    if (whole > 0 || at_end_) break;
    if (filled > longest_row) invalid("a row is longer than 256 MiB", line_ + 1);
  }
  if (filled == 0 || (whole == 0 && !is_array_)) return std::nullopt;
  carried_ = std::move(spare_);
  spare_.clear();
  carried_.assign(block.memory.begin() + ptrdiff_t(whole), block.memory.begin() + ptrdiff_t(filled));
  block.length = whole;
  block.memory.resize(whole + padding);
  std::fill(block.memory.begin() + ptrdiff_t(whole), block.memory.end(), ' ');
  block.breaks = line_breaks(block.text());
  line_ += block.breaks;
  if (is_array_ && block.elements.empty() && at_end_) return std::nullopt;
  return block;
}

size_t Blocks::whole_lines(std::string_view text) const {
  size_t end = text.rfind('\n');
  return end == std::string_view::npos ? 0 : end + 1;
}

size_t Blocks::whole_elements(Bytes &memory, size_t filled, Block &block) {
  block.elements.clear();
  auto line_at = [&](size_t at) {
    return line_ + 1 + line_breaks({memory.data(), at});
  };
  size_t at = 0, whole = 0;
  while (true) {
    while (at < filled && is_blank(memory[at])) at += 1;
    if (at == filled) break;
    if (array_has_ended_) invalid("something follows the end of the array", line_at(at));
    if (memory[at] == ']') {
      array_has_ended_ = true;
      memory[at++] = ' ';
      whole = at;
      continue;
    }
    if (needs_separator_) {
      if (memory[at] != ',') invalid("a comma is missing between two rows", line_at(at));
      memory[at++] = ' ';
      needs_separator_ = false;
      whole = at;
      continue;
    }
    auto end = end_of_value(memory.data(), at, filled);
    if (!end) break;
    size_t to = *end;
    while (to > at && is_blank(memory[to - 1])) to -= 1;
    if (to == at) invalid("a row is missing before a comma", line_at(at));
    block.elements.push_back({at, to - at});
    at = whole = *end;
    needs_separator_ = true;
  }
  if (at_end_ && !array_has_ended_) invalid("the array has no end: a ] is missing", line_at(filled));
  return at_end_ ? filled : whole;
}

}  // namespace assay_json
