#include "../include/assay_json_rows.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>
#include <optional>

#include "blocks.hpp"
#include "extraction.hpp"
#include "failure.hpp"
#include "flat.hpp"
#include "probe.hpp"

using namespace assay_json;

struct assay_json_rows {
  explicit assay_json_rows(const char *path) : blocks(open_input(path)), first(blocks.next()) {
    if (!first || first->row_count() == 0) {
      bool is_array = first && first->is_array;
      if (!is_array) throw Failure{ASSAY_JSON_ROWS_UNREADABLE, "is empty"};
    }
    if (first) probe.emplace(*first);
  }

  void select(const assay_json_column *columns, size_t count, int64_t first_row, int64_t end_row);
  bool next(ArrowArray *out);

  Blocks blocks;
  std::optional<Block> first;
  std::optional<Probe> probe;

 private:
  // Each puts a block's rows into the builders and returns how many rows the block has.
  std::optional<int64_t> read_flat(const Block &block);
  std::optional<int64_t> read_together(const Block &block);
  int64_t read_singly(const Block &block);
  bool wants(int64_t row) const { return row >= first_row_ && row < end_row_; }
  std::vector<Builder> new_builders() const;
  [[noreturn]] void fail(const Block &block, Span span, int64_t row, const Misfit &misfit) const;

  PathNode root_;
  std::vector<int32_t> types_;
  std::vector<Builder> builders_;
  int row_column_ = -1;
  int64_t first_row_ = 0;
  int64_t end_row_ = 0;
  int64_t next_row_ = 0;
  int64_t built_rows_ = 0;
  std::optional<FlatRows> flat_;
  int unusual_blocks_ = 0;
  simdjson::ondemand::parser parser_;
  simdjson::dom::parser validator_;
};

void assay_json_rows::select(const assay_json_column *columns, size_t count, int64_t first_row,
                             int64_t end_row) {
  for (size_t index = 0; index < count; ++index) {
    std::string_view path(columns[index].path, columns[index].length);
    int32_t type = columns[index].type;
    if (type == ASSAY_JSON_COLUMN_NONE) type = ASSAY_JSON_COLUMN_TEXT;
    if (type == ASSAY_JSON_COLUMN_LIST) type = ASSAY_JSON_COLUMN_LIST | ASSAY_JSON_COLUMN_TEXT;
    types_.push_back(type);
    bool is_name = probe && probe->has_name(path);
    if (path == "$row" && !is_name) row_column_ = int(index);
    else add_path(root_, is_name ? std::vector{path} : parts_of(path), int(index));
  }
  first_row_ = first_row;
  end_row_ = end_row;
  builders_ = new_builders();
  flat_ = FlatRows::make(root_, types_);
}

std::vector<Builder> assay_json_rows::new_builders() const {
  std::vector<Builder> builders;
  for (int32_t type : types_) builders.emplace_back(type);
  return builders;
}

bool assay_json_rows::next(ArrowArray *out) {
  while (next_row_ < end_row_) {
    auto block = std::exchange(first, std::nullopt);
    if (!block) block = blocks.next();
    if (!block) return false;
    auto rows = read_flat(*block);
    if (!rows) rows = read_together(*block);
    if (!rows) {
      builders_ = new_builders();
      rows = read_singly(*block);
    }
    next_row_ += *rows;
    blocks.recycle(std::move(block->memory));
    if (built_rows_ == 0) continue;
    finish_batch(builders_, built_rows_, out);
    return true;
  }
  return false;
}

// Plain objects, which is fastest. Nothing where anything is unusual; where most blocks
// are, it is not tried any more.
std::optional<int64_t> assay_json_rows::read_flat(const Block &block) {
  constexpr int patience = 8;
  if (!flat_) return std::nullopt;
  auto rows = flat_->read(block, builders_, first_row_ - next_row_, end_row_ - next_row_);
  if (rows) {
    built_rows_ = flat_->row_count();
    return rows;
  }
  builders_ = new_builders();
  if (++unusual_blocks_ == patience) flat_.reset();
  return std::nullopt;
}

// The whole block in one go, which is fast. Nothing where anything is amiss: a row
// that is broken could swallow its neighbours, so every row must start where a line does.
std::optional<int64_t> assay_json_rows::read_together(const Block &block) {
  Extraction extraction(root_, builders_, row_column_);
  simdjson::ondemand::document_stream documents;
  const char *text = block.memory.data();
  if (parser_.iterate_many(text, block.length, std::max<size_t>(block.length, 64)).get(documents))
    return std::nullopt;
  int64_t row = 0;
  try {
    for (auto it = documents.begin(); it != documents.end(); ++it, ++row) {
      auto document = *it;
      if (document.error()) return std::nullopt;
      size_t start = it.current_index();
      if (block.is_array) {
        if (size_t(row) >= block.elements.size() || block.elements[size_t(row)].start != start) return std::nullopt;
      } else {
        while (start > 0 && (text[start - 1] == ' ' || text[start - 1] == '\t' || text[start - 1] == '\r')) start -= 1;
        if (start > 0 && text[start - 1] != '\n') return std::nullopt;
      }
      if (!wants(next_row_ + row)) continue;
      auto reference = document.value_unsafe();
      if (row_column_ < 0) extraction.add_row(reference, {});
      else extraction.add_row(reference, it.source());
    }
  } catch (const Misfit &) {
    return std::nullopt;
  }
  int64_t lines = block.breaks;
  if (block.length > 0 && text[block.length - 1] != '\n') lines += 1;
  if (block.is_array ? row != int64_t(block.elements.size())
                     : row != lines && row != int64_t(block.row_count()))
    return std::nullopt;
  built_rows_ = extraction.row_count();
  return row;
}

// Row by row, each one checked whole: slow, and says which row is wrong.
int64_t assay_json_rows::read_singly(const Block &block) {
  Extraction extraction(root_, builders_, row_column_);
  simdjson::ondemand::parser parser;
  auto spans = block.rows();
  for (size_t row = 0; row < spans.size(); ++row) {
    int64_t number = next_row_ + int64_t(row);
    if (!wants(number)) continue;
    std::string_view source(block.memory.data() + spans[row].start, spans[row].length);
    simdjson::padded_string copy(source);
    try {
      simdjson::ondemand::document document;
      if (auto problem = parser.iterate(copy).get(document))
        throw Misfit{-1, simdjson::error_message(problem)};
      extraction.add_row(document, source);
      auto problem = validator_.parse(copy).error();
      bool is_unofficial = source.find("NaN") != source.npos || source.find("Infinity") != source.npos;
      if (problem && !is_unofficial) throw Misfit{-1, simdjson::error_message(problem)};
    } catch (const Misfit &misfit) {
      fail(block, spans[row], number, misfit);
    }
  }
  built_rows_ = extraction.row_count();
  return int64_t(spans.size());
}

void assay_json_rows::fail(const Block &block, Span span, int64_t row, const Misfit &misfit) const {
  int64_t line = block.first_line + 1 + line_breaks({block.memory.data(), span.start});
  if (misfit.column >= 0) throw Failure{ASSAY_JSON_ROWS_VALUE, misfit.text, row, line, misfit.column};
  simdjson::dom::parser parser;
  simdjson::dom::element element;
  bool is_json = !parser.parse(block.memory.data() + span.start, span.length).get(element);
  if (is_json && !element.is_object())
    throw Failure{ASSAY_JSON_ROWS_INVALID, "a row is an object such as {\"score\": 0.5}, and this is none", row, line};
  std::string source(block.memory.data() + span.start, span.length);
  throw Failure{ASSAY_JSON_ROWS_INVALID, "this is not JSON: " + misfit.text, row, line, -1, source};
}

namespace {

// A row that is longer than this is not looked at again for a better message.
constexpr size_t longest_source = 1 << 20;

int32_t report(const Failure &failure, assay_json_rows_error *error) {
  error->source = nullptr;
  error->source_length = 0;
  if (!failure.source.empty() && failure.source.size() <= longest_source) {
    error->source = static_cast<char *>(std::malloc(failure.source.size()));
    if (error->source != nullptr) {
      error->source_length = failure.source.size();
      std::memcpy(error->source, failure.source.data(), failure.source.size());
    }
  }
  error->row = failure.row;
  error->line = failure.line;
  error->column = failure.column;
  size_t length = std::min(failure.text.size(), sizeof error->text - 1);
  while (length < failure.text.size() && length > 0 && (failure.text[length] & 0xC0) == 0x80) length -= 1;
  std::memcpy(error->text, failure.text.data(), length);
  error->text[length] = 0;
  return failure.status;
}

template <typename Body>
int32_t guarded(assay_json_rows_error *error, Body body) noexcept {
  try {
    body();
    return ASSAY_JSON_ROWS_OK;
  } catch (const Failure &failure) {
    return report(failure, error);
  } catch (const std::bad_alloc &) {
    return report(Failure{ASSAY_JSON_ROWS_NO_MEMORY, "memory ran out"}, error);
  } catch (...) {
    return report(Failure{ASSAY_JSON_ROWS_UNREADABLE, "cannot be read"}, error);
  }
}

}  // namespace

void assay_json_rows_error_clear(struct assay_json_rows_error *error) {
  std::free(error->source);
  error->source = nullptr;
  error->source_length = 0;
}

int32_t assay_json_rows_open(const char *path, struct assay_json_rows **rows,
                             struct assay_json_rows_error *error) {
  return guarded(error, [&] { *rows = new assay_json_rows(path); });
}

size_t assay_json_rows_name_count(const struct assay_json_rows *rows) {
  return rows->probe ? rows->probe->names().size() : 0;
}

const char *assay_json_rows_name(const struct assay_json_rows *rows, size_t index, size_t *length) {
  const std::string &name = rows->probe->names()[index];
  *length = name.size();
  return name.data();
}

int32_t assay_json_rows_type(struct assay_json_rows *rows, const char *path, size_t length,
                             int32_t *found) {
  std::string_view name(path, length);
  int32_t type = rows->probe && rows->first ? rows->probe->type(*rows->first, name) : -1;
  *found = type >= 0;
  return std::max(type, int32_t(ASSAY_JSON_COLUMN_NONE));
}

int32_t assay_json_rows_select(struct assay_json_rows *rows, const struct assay_json_column *columns,
                               size_t count, int64_t first, int64_t end,
                               struct assay_json_rows_error *error) {
  return guarded(error, [&] { rows->select(columns, count, first, end); });
}

int32_t assay_json_rows_next(struct assay_json_rows *rows, struct ArrowArray *out,
                             struct assay_json_rows_error *error) {
  *out = ArrowArray{};
  return guarded(error, [&] {
    if (!rows->next(out)) out->release = nullptr;
  });
}

void assay_json_rows_destroy(struct assay_json_rows *rows) { delete rows; }
