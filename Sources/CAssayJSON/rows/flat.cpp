#include "flat.hpp"

#include <algorithm>
#include <cstring>

#include "../include/assay_json_rows.h"
#include "numbers.hpp"

namespace assay_json {
namespace {

bool is_blank(char sign) { return sign == ' ' || sign == '\t' || sign == '\r' || sign == '\n'; }

// What stands from one structural sign to the next, without blanks at the end.
std::string_view token_at(const char *text, const uint32_t *at) {
  const char *start = text + at[0], *end = text + at[1];
  while (end > start && is_blank(end[-1])) --end;
  return {start, size_t(end - start)};
}

}  // namespace

FlatRows::Key::Key(std::string key, int column) : text(std::move(key)), column(column) {
  size_t length = std::min<size_t>(text.size(), 8);
  std::memcpy(&head, text.data(), length);
  char bytes[8] = {};
  std::memset(bytes, 0xFF, length);
  std::memcpy(&mask, bytes, 8);
}

// Reads eight bytes, which a block has behind any place in it.
bool FlatRows::Key::stands_at(const char *place) const {
  uint64_t found;
  std::memcpy(&found, place, 8);
  if ((found & mask) != head) return false;
  return text.size() <= 8 || std::memcmp(place + 8, text.data() + 8, text.size() - 8) == 0;
}

std::optional<FlatRows> FlatRows::make(const PathNode &root, const std::vector<int32_t> &types) {
  FlatRows rows;
  for (const PathNode::Member &member : root.members) {
    bool is_scalar = member.column >= 0 && !(types[size_t(member.column)] & ASSAY_JSON_COLUMN_LIST);
    if (!is_scalar || member.inside || !member.is_plain) return std::nullopt;
    rows.wanted_.emplace_back(member.key + "\"", member.column);
  }
  if (rows.wanted_.size() != types.size()) return std::nullopt;
  return rows;
}

// Finds the structural signs of a block.
bool FlatRows::index(const Block &block) {
  if (block.is_array || block.length > UINT32_MAX / 2) return false;
  if (capacity_ < block.length) {
    capacity_ = block.length + block.length / 4;
    if (simdjson::get_active_implementation()->create_dom_parser_implementation(capacity_, 8, parser_)) {
      capacity_ = 0;
      return false;
    }
  }
  auto text = reinterpret_cast<const uint8_t *>(block.memory.data());
  return !parser_->stage1(text, block.length, simdjson::stage1_mode::regular);
}

std::optional<int64_t> FlatRows::read(const Block &block, std::vector<Builder> &builders,
                                      int64_t first, int64_t end) {
  if (!index(block)) return std::nullopt;
  const char *text = block.memory.data();
  const uint32_t *at = parser_->structural_indexes.get();
  const uint32_t *stop = at + parser_->n_structural_indexes;
  // simdjson writes the block's length behind the last sign, as `token_at` needs it.
  int64_t row = 0;
  row_count_ = 0;
  const char *line_end = text;
  for (; at < stop; ++row) {
    // Every row starts where a line does, and ends before the next.
    const char *start = text + *at;
    const char *before = start;
    while (before > line_end && before[-1] != '\n') {
      if (!is_blank(before[-1])) return std::nullopt;
      --before;
    }
    if (before == line_end && row > 0) return std::nullopt;
    bool is_wanted = row >= first && row < end;
    line_end = read_row(text, at, is_wanted ? &builders : nullptr);
    if (line_end == nullptr) return std::nullopt;
    if (!is_wanted) continue;
    row_count_ += 1;
    for (Builder &builder : builders)
      if (builder.length() < row_count_) builder.add_null();
  }
  // An object over several lines is no row.
  int64_t lines = block.breaks;
  if (block.length > 0 && text[block.length - 1] != '\n') lines += 1;
  if (row != lines && row != int64_t(block.row_count())) return std::nullopt;
  return row;
}

// Reads the object at `at` and moves behind it. Returns where it ends, or null where it
// is unusual.
const char *FlatRows::read_row(const char *text, const uint32_t *&at, std::vector<Builder> *builders) {
  const uint32_t *stop = parser_->structural_indexes.get() + parser_->n_structural_indexes;
  if (text[*at] != '{') return nullptr;
  ++at;
  if (at < stop && text[*at] == '}') return text + *at++ + 1;
  for (size_t place = 0;; ++place) {
    // A key, a colon, a value and what follows it.
    if (stop - at < 4 || text[at[0]] != '"' || text[at[1]] != ':') return nullptr;
    const Key *key = key_at(text + at[0] + 1, text + at[1], place);
    if (key == nullptr) return nullptr;
    at += 2;
    char sign = text[*at];
    if (builders != nullptr && key->column >= 0) {
      Builder &builder = (*builders)[size_t(key->column)];
      if (sign == '{' || sign == '[') return nullptr;
      // Of members of one name the first one counts.
      if (builder.length() == row_count_ && !take(token_at(text, at), builder)) return nullptr;
      ++at;
    } else if (!skip(text, at)) {
      return nullptr;
    }
    if (at == stop) return nullptr;
    char next = text[*at];
    if (next == '}') return text + *at++ + 1;
    if (next != ',') return nullptr;
    ++at;
  }
}

// Moves behind a value; false where the text ends first or it starts like none.
bool FlatRows::skip(const char *text, const uint32_t *&at) const {
  const uint32_t *stop = parser_->structural_indexes.get() + parser_->n_structural_indexes;
  size_t depth = 0;
  do {
    char sign = text[*at++];
    if (sign == '{' || sign == '[') depth += 1;
    else if (sign == '}' || sign == ']') {
      if (depth == 0) return false;
      depth -= 1;
    } else if (depth == 0 && (sign == ',' || sign == ':')) {
      return false;
    }
  } while (depth > 0 && at < stop);
  return depth == 0;
}

// What a key stands for; null where it is written in an unusual way.
const FlatRows::Key *FlatRows::key_at(const char *key, const char *end, size_t place) {
  size_t length = size_t(end - key);
  if (place < order_.size()) {
    const Key &expected = order_[place];
    if (length >= expected.text.size() && expected.stands_at(key)) return &expected;
  }
  const void *quote = std::memchr(key, '"', length);
  if (quote == nullptr || std::memchr(key, '\\', length) != nullptr) return nullptr;
  return looked_up({key, size_t(static_cast<const char *>(quote) - key) + 1}, place);
}

// A key that is not the one expected; the first one of its place is expected from then on.
const FlatRows::Key *FlatRows::looked_up(std::string_view key, size_t place) {
  const Key *found = &unwanted_;
  for (const Key &wanted : wanted_)
    if (wanted.text == key) found = &wanted;
  if (place == order_.size()) order_.emplace_back(std::string(key), found->column);
  return found;
}

bool FlatRows::take(std::string_view token, Builder &builder) {
  if (token.empty()) return false;
  if (token[0] == 'n') return token == "null" && (builder.add_null(), true);
  switch (builder.type()) {
    case ASSAY_JSON_COLUMN_FLOAT64: {
      double number;
      if (!read_number(token, number)) return false;
      return builder.add(number), true;
    }
    case ASSAY_JSON_COLUMN_INT64: {
      int64_t number;
      if (!read_number(token, number)) return false;
      return builder.add(number), true;
    }
    case ASSAY_JSON_COLUMN_BOOL: {
      if (token != "true" && token != "false") return false;
      return builder.add(token == "true"), true;
    }
    default: return take_text(token, builder);
  }
}

// A string's text; a number, true or false as it is written.
bool FlatRows::take_text(std::string_view token, Builder &builder) {
  if (token[0] != '"') {
    if (token != "true" && token != "false" && !is_number(token)) return false;
    return builder.add(token), true;
  }
  if (token.size() < 2 || token.back() != '"') return false;
  std::string_view inside = token.substr(1, token.size() - 2);
  if (std::memchr(inside.data(), '\\', inside.size()) == nullptr) return builder.add(inside), true;
  // The general way knows escapes.
  simdjson::padded_string copy(token);
  simdjson::ondemand::parser parser;
  simdjson::ondemand::document document;
  std::string_view plain;
  if (parser.iterate(copy).get(document) || document.get_string().get(plain)) return false;
  return builder.add(plain), true;
}

}  // namespace assay_json
