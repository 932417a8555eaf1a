#include "options.hpp"

#include <algorithm>

#include <arrow/type.h>
#include <simdjson.h>

#include "failure.hpp"

namespace assay {
namespace {

namespace dom = simdjson::dom;

[[noreturn]] void refuse(const std::string &what) {
  throw Failure(ASSAY_INVALID_ARGUMENT, "reader options: " + what);
}

std::shared_ptr<arrow::DataType> type_named(std::string_view name) {
  static const std::unordered_map<std::string_view, std::shared_ptr<arrow::DataType>> types = {
      {"bool", arrow::boolean()},    {"int8", arrow::int8()},
      {"int16", arrow::int16()},     {"int32", arrow::int32()},
      {"int64", arrow::int64()},     {"uint8", arrow::uint8()},
      {"uint16", arrow::uint16()},   {"uint32", arrow::uint32()},
      {"uint64", arrow::uint64()},   {"float32", arrow::float32()},
      {"float64", arrow::float64()}, {"utf8", arrow::utf8()},
      {"binary", arrow::binary()},   {"large_utf8", arrow::large_utf8()},
      {"large_binary", arrow::large_binary()}};
  auto found = types.find(name);
  return found == types.end() ? nullptr : found->second;
}

std::vector<std::string> strings(dom::element value, const std::string &key) {
  std::vector<std::string> result;
  dom::array items;
  if (value.get(items)) refuse("\"" + key + "\" must be a list of texts");
  for (dom::element item : items) {
    std::string_view text;
    if (item.get(text)) refuse("\"" + key + "\" must be a list of texts");
    result.emplace_back(text);
  }
  return result;
}

void read_types(dom::element value, Options &options) {
  dom::object members;
  if (value.get(members)) refuse("\"types\" must be an object");
  for (auto [column, type] : members) {
    std::string_view name;
    if (type.get(name)) refuse("\"types\" must hold names of types");
    auto known = type_named(name);
    if (!known) refuse("there is no type \"" + std::string(name) + "\" for text");
    options.types.emplace(column, known);
  }
}

void read_range(dom::element value, Options &options) {
  dom::array ends;
  if (value.get(ends) || ends.size() != 2) refuse("\"range\" must be two row numbers");
  dom::element first = ends.at(0), end = ends.at(1);
  if (!first.is_null() && first.get(options.first_row)) refuse("\"range\" must hold integers");
  if (!end.is_null() && end.get(options.end_row)) refuse("\"range\" must hold integers");
  if (options.first_row < 0 || options.end_row < options.first_row)
    refuse("\"range\" must be two row numbers in order, from 0");
}

void read_member(std::string_view key, dom::element value, Options &options) {
  if (value.is_null()) return;
  if (key == "columns") {
    options.columns = strings(value, "columns");
  } else if (key == "types") {
    read_types(value, options);
  } else if (key == "null_text") {
    options.null_text = strings(value, "null_text");
  } else if (key == "schema_only") {
    if (value.get(options.schema_only)) refuse("\"schema_only\" must be true or false");
  } else if (key == "range") {
    read_range(value, options);
  } else if (key == "threads") {
    int64_t count = 0;
    if (value.get(count) || count < 0) refuse("\"threads\" must be a count");
    options.threads = static_cast<int>(std::min<int64_t>(count, 256));
  } else if (key == "delimiter") {
    std::string_view sign;
    if (value.get(sign) || sign.size() != 1) refuse("\"delimiter\" must be one ASCII character");
    options.delimiter = sign[0];
  } else {
    refuse("\"" + std::string(key) + "\" is not known");
  }
}

}  // namespace

Options parse_options(const char *json, size_t length) {
  Options options;
  if (length == 0) return options;
  dom::parser parser;
  dom::element document;
  dom::object members;
  auto problem = parser.parse(json, length).get(document);
  if (problem) refuse(simdjson::error_message(problem));
  if (document.get(members)) refuse("must be a JSON object");
  for (auto [key, value] : members) read_member(key, value, options);
  return options;
}

std::string path_of(const char *uri) {
  std::string_view path = uri;
  if (path.starts_with("file://")) return std::string(path.substr(7));
  if (path.starts_with("file:")) return std::string(path.substr(5));
  return std::string(path);
}

std::string quoted_list(const std::vector<std::string> &names) {
  constexpr size_t limit = 30;
  std::string list;
  size_t shown = std::min(names.size(), limit);
  for (size_t index = 0; index < shown; ++index) {
    if (index > 0) list += index + 1 == names.size() ? " and " : ", ";
    list += "\"" + names[index] + "\"";
  }
  if (names.size() > shown) list += " and " + std::to_string(names.size() - shown) + " more";
  return list.empty() ? "none" : list;
}

std::vector<int> pick_columns(const Options &options, const std::vector<std::string> &names,
                              const std::string &path) {
  std::vector<int> picked;
  if (!options.columns) {
    for (size_t index = 0; index < names.size(); ++index) picked.push_back(int(index));
    return picked;
  }
  for (const std::string &wanted : *options.columns) {
    auto found = std::find(names.begin(), names.end(), wanted);
    if (found == names.end())
      throw Failure(ASSAY_INVALID_ARGUMENT, path + " has no column \"" + wanted +
                                                "\"; its columns are " + quoted_list(names) + ".");
    if (std::find(found + 1, names.end(), wanted) != names.end())
      throw Failure(ASSAY_INVALID_ARGUMENT,
                    path + " has several columns \"" + wanted + "\". Rename all but one.");
    picked.push_back(int(found - names.begin()));
  }
  return picked;
}

}  // namespace assay
