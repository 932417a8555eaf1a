#include "fields.hpp"

#include <charconv>
#include <cmath>

namespace assay_vision {
namespace {

bool is_space(char sign) { return sign == ' ' || sign == '\t' || sign == '\r' || sign == '\n'; }

}  // namespace

bool next_line(std::string_view &text, std::string_view &line) {
  if (text.empty()) return false;
  size_t end = text.find('\n');
  line = text.substr(0, end);
  text.remove_prefix(end == text.npos ? text.size() : end + 1);
  return true;
}

void split(std::string_view line, std::vector<std::string_view> &fields) {
  fields.clear();
  for (size_t position = 0; position < line.size();) {
    size_t end = position;
    while (end < line.size() && !is_space(line[end])) end += 1;
    if (end > position) fields.push_back(line.substr(position, end - position));
    position = end + 1;
  }
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

bool parse(std::string_view text, double &value) {
  if (text.starts_with('+')) text.remove_prefix(1);
  auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  return problem == std::errc() && end == text.data() + text.size() && std::isfinite(value);
}

bool parse(std::string_view text, int64_t &value) {
  auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem == std::errc() && end == text.data() + text.size()) return true;
  double real;
  if (!parse(text, real) || std::trunc(real) != real || std::abs(real) > 9007199254740992) return false;
  value = int64_t(real);
  return true;
}

std::string place(const std::string &path, size_t line) {
  return path + ", line " + std::to_string(line);
}

}  // namespace assay_vision
