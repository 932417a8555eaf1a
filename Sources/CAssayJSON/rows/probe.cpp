#include "probe.hpp"

#include <algorithm>
#include <charconv>

#include "../include/assay_json_rows.h"
#include "failure.hpp"
#include "paths.hpp"

namespace assay_json {
namespace {

namespace dom = simdjson::dom;

// Enough to meet every member that most rows have.
constexpr size_t probed_rows = 1000;

// The type that holds the values of both.
int32_t merged(int32_t a, int32_t b) {
  if (a == b || b == ASSAY_JSON_COLUMN_NONE) return a;
  if (a == ASSAY_JSON_COLUMN_NONE) return b;
  bool are_lists = (a & ASSAY_JSON_COLUMN_LIST) && (b & ASSAY_JSON_COLUMN_LIST);
  if (are_lists)
    return ASSAY_JSON_COLUMN_LIST | merged(a & ~ASSAY_JSON_COLUMN_LIST, b & ~ASSAY_JSON_COLUMN_LIST);
  bool are_numbers = std::min(a, b) == ASSAY_JSON_COLUMN_INT64 && std::max(a, b) == ASSAY_JSON_COLUMN_FLOAT64;
  return are_numbers ? ASSAY_JSON_COLUMN_FLOAT64 : ASSAY_JSON_COLUMN_TEXT;
}

int32_t type_of(dom::element value) {
  switch (value.type()) {
    case dom::element_type::NULL_VALUE: return ASSAY_JSON_COLUMN_NONE;
    case dom::element_type::BOOL: return ASSAY_JSON_COLUMN_BOOL;
    case dom::element_type::INT64: return ASSAY_JSON_COLUMN_INT64;
    case dom::element_type::UINT64:
    case dom::element_type::DOUBLE: return ASSAY_JSON_COLUMN_FLOAT64;
    case dom::element_type::ARRAY: {
      int32_t elements = ASSAY_JSON_COLUMN_NONE;
      for (dom::element element : dom::array(value)) {
        if (element.is_array()) return ASSAY_JSON_COLUMN_TEXT;
        elements = merged(elements, type_of(element));
      }
      return ASSAY_JSON_COLUMN_LIST | elements;
    }
    default: return ASSAY_JSON_COLUMN_TEXT;
  }
}

std::string_view kind_of(dom::element value) {
  switch (value.type()) {
    case dom::element_type::ARRAY: return "a list";
    case dom::element_type::STRING: return "a text";
    case dom::element_type::BOOL: return "true or false";
    case dom::element_type::NULL_VALUE: return "null";
    default: return "a number";
  }
}

// Python's NaN and Infinity, which make a row no JSON, as null.
std::string made_official(std::string_view text) {
  std::string row(text);
  for (std::string_view word : {"-Infinity", "Infinity", "NaN"}) {
    for (size_t at = row.find(word); at != row.npos; at = row.find(word, at + 1)) {
      size_t before = row.find_last_not_of(" \t\r\n", at == 0 ? 0 : at - 1);
      bool is_value = before != row.npos && (row[before] == ':' || row[before] == ',' || row[before] == '[');
      if (is_value) row.replace(at, word.size(), "null");
    }
  }
  return row;
}

// Calls `body` with each of the first rows that is an object.
template <typename Body>
void each_row(const Block &block, Body body) {
  dom::parser parser;
  auto spans = block.rows();
  for (size_t row = 0; row < std::min(spans.size(), probed_rows); ++row) {
    dom::element element;
    dom::object object;
    std::string_view text(block.memory.data() + spans[row].start, spans[row].length);
    if (parser.parse(text.data(), text.size()).get(element) &&
        parser.parse(made_official(text)).get(element))
      continue;
    if (!element.get(object)) body(object);
  }
}

bool step(dom::element &value, std::string_view key) {
  dom::object object;
  dom::array array;
  if (!value.get(object)) return !object.at_key(key).get(value);
  size_t index = 0;
  auto [end, problem] = std::from_chars(key.data(), key.data() + key.size(), index);
  if (problem != std::errc() || end != key.data() + key.size() || value.get(array)) return false;
  return !array.at(index).get(value);
}

// The first row must be an object; everything else is told when it is reached.
void require_object(const Block &block) {
  auto spans = block.rows();
  if (spans.empty()) return;
  int64_t line = block.first_line + 1 + line_breaks({block.memory.data(), spans[0].start});
  dom::parser parser;
  dom::element element;
  auto problem = parser.parse(block.memory.data() + spans[0].start, spans[0].length).get(element);
  if (!problem && element.is_object()) return;
  if (!problem)
    throw Failure{ASSAY_JSON_ROWS_INVALID,
                  "a row is an object such as {\"score\": 0.5}; this is " + std::string(kind_of(element)), 0, line};
  std::string_view first(block.memory.data() + spans[0].start, spans[0].length);
  if (!parser.parse(made_official(first)).get(element)) return;
  bool is_one_object = !block.is_array && !parser.parse(block.memory.data(), block.length).get(element);
  if (is_one_object)
    throw Failure{ASSAY_JSON_ROWS_INVALID,
                  "this is one JSON value over several lines; write a row a line (JSONL), or an array of rows",
                  0, line};
  throw Failure{ASSAY_JSON_ROWS_INVALID, "this is not JSON", 0, line, -1, std::string(first)};
}

}  // namespace

Probe::Probe(const Block &block) {
  require_object(block);
  each_row(block, [&](dom::object object) {
    for (auto [key, value] : object) {
      auto [found, is_new] = positions_.try_emplace(std::string(key), names_.size());
      if (is_new) {
        names_.emplace_back(key);
        types_.push_back(ASSAY_JSON_COLUMN_NONE);
      }
      types_[found->second] = merged(types_[found->second], type_of(value));
    }
  });
}

bool Probe::has_name(std::string_view name) const { return positions_.contains(std::string(name)); }

int32_t Probe::type(const Block &block, std::string_view path) const {
  auto known = positions_.find(std::string(path));
  if (known != positions_.end()) return types_[known->second];
  auto keys = parts_of(path);
  bool is_found = false;
  int32_t type = ASSAY_JSON_COLUMN_NONE;
  each_row(block, [&](dom::object object) {
    dom::element value;
    if (object.at_key(keys[0]).get(value)) return;
    for (size_t depth = 1; depth < keys.size(); ++depth)
      if (!step(value, keys[depth])) return;
    is_found = true;
    type = merged(type, type_of(value));
  });
  return is_found ? type : -1;
}

}  // namespace assay_json
