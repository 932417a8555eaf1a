#include "options.hpp"

#include <algorithm>
#include <string_view>

#include <simdjson.h>

#include "failure.hpp"

namespace assay_vision {
namespace {

namespace dom = simdjson::dom;

[[noreturn]] void refuse_option(const std::string &what) {
  throw Failure(ASSAY_INVALID_ARGUMENT, "reader options: " + what);
}

std::vector<std::string> strings(dom::element value, const std::string &key) {
  std::vector<std::string> result;
  dom::array items;
  if (value.get(items)) refuse_option("\"" + key + "\" must be a list of texts");
  for (dom::element item : items) {
    std::string_view text;
    if (item.get(text)) refuse_option("\"" + key + "\" must be a list of texts");
    result.emplace_back(text);
  }
  return result;
}

void read_range(dom::element value, Options &options) {
  dom::array ends;
  if (value.get(ends) || ends.size() != 2) refuse_option("\"range\" must be two row numbers");
  dom::element first = ends.at(0), end = ends.at(1);
  if (!first.is_null() && first.get(options.first_row))
    refuse_option("\"range\" must hold integers");
  if (!end.is_null() && end.get(options.end_row)) refuse_option("\"range\" must hold integers");
  if (options.first_row < 0 || options.end_row < options.first_row)
    refuse_option("\"range\" must be two row numbers in order, from 0");
}

void read_member(std::string_view key, dom::element value, Options &options) {
  if (value.is_null()) return;
  if (key == "columns") {
    options.columns = strings(value, "columns");
  } else if (key == "schema_only") {
    if (value.get(options.schema_only)) refuse_option("\"schema_only\" must be true or false");
  } else if (key == "range") {
    read_range(value, options);
  } else if (key == "threads") {
    int64_t count = 0;
    if (value.get(count) || count < 0) refuse_option("\"threads\" must be a count");
  } else if (key == "null_text") {
    strings(value, "null_text");
  } else if (key == "types") {
    if (!value.is_object()) refuse_option("\"types\" must be an object");
  } else {
    refuse_option("\"" + std::string(key) + "\" is not known");
  }
}

}  // namespace

bool Options::wants(const char *column) const {
  return !columns || std::find(columns->begin(), columns->end(), column) != columns->end();
}

Options parse_options(const char *json, size_t length) {
  Options options;
  if (length == 0) return options;
  dom::parser parser;
  dom::element document;
  dom::object members;
  if (auto problem = parser.parse(json, length).get(document))
    refuse_option(simdjson::error_message(problem));
  if (document.get(members)) refuse_option("must be a JSON object");
  for (auto [key, value] : members) read_member(key, value, options);
  return options;
}

std::string path_of(const char *uri) {
  std::string_view path = uri;
  if (path.starts_with("file://")) {
    path.remove_prefix(7);
  } else if (path.starts_with("file:")) {
    path.remove_prefix(5);
  }
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
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

}  // namespace assay_vision
