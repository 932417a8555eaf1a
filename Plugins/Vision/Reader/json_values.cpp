#include "json_values.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace assay_vision {
namespace {

std::string in_quotes(const char *name) { return "\"" + std::string(name) + "\""; }

// What a value looks like, for messages.
std::string shown(ondemand::value value) {
  std::string_view token = value.raw_json_token();
  while (!token.empty() && (token.back() == ' ' || token.back() == '\n' || token.back() == '\r'))
    token.remove_suffix(1);
  if (token.starts_with('[')) return "a list";
  if (token.starts_with('{')) return "an object";
  size_t length = std::min<size_t>(token.size(), 40);
  while (length < token.size() && length > 0 && (token[length] & 0xC0) == 0x80) length -= 1;
  return std::string(token.substr(0, length)) + (length < token.size() ? "…" : "");
}

[[noreturn]] void misfit(ondemand::value value, const char *name, const char *wanted) {
  std::string found = shown(value);
  bool is_no_number = found == "NaN" || found == "Infinity" || found == "-Infinity" ||
                      found == "nan" || found == "inf";
  std::string remedy = is_no_number ? ". Leave out what has no value" : "";
  throw Problem{"holds " + found + " in " + in_quotes(name) + ", where " + wanted + " belongs" +
                remedy + "."};
}

template <typename Add>
void for_each(ondemand::value value, const char *name, Add add) {
  ondemand::array items;
  if (value.get(items)) misfit(value, name, "a list of numbers");
  for (ondemand::value item : items) add(item);
}

}  // namespace

bool parse_long(std::string_view digits, double &value) {
  auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return problem == std::errc();
}

double number(ondemand::value value, const char *name) {
  double result;
  std::string_view token = value.raw_json_token();
  if (value.get_double().get(result)) misfit(value, name, "a finite number");
  if (token.size() > longest_exact) parse_long(token, result);
  return result;
}

int64_t integer(ondemand::value value, const char *name) {
  int64_t result;
  if (!value.get_int64().get(result)) return result;
  double real;
  constexpr double exact = 9007199254740992;
  if (!value.get_double().get(real) && std::trunc(real) == real && std::abs(real) <= exact)
    return int64_t(real);
  misfit(value, name, "an integer");
}

bool flag(ondemand::value value, const char *name) {
  bool truth;
  if (!value.get_bool().get(truth)) return truth;
  double real;
  if (!value.get_double().get(real) && (real == 0 || real == 1)) return real == 1;
  misfit(value, name, "0 or 1");
}

std::string text(ondemand::value value, const char *name) {
  std::string_view result;
  if (!value.get_string().get(result)) return std::string(result);
  misfit(value, name, "a text");
}

size_t append_numbers(ondemand::value value, const char *name, Buffer<double> &to) {
  size_t before = to.size();
  for_each(value, name, [&](ondemand::value item) { to.push_back(number(item, name)); });
  return to.size() - before;
}

size_t append_integers(ondemand::value value, const char *name, Buffer<int64_t> &to) {
  size_t before = to.size();
  for_each(value, name, [&](ondemand::value item) { to.push_back(integer(item, name)); });
  return to.size() - before;
}

std::string_view raw_text(ondemand::value value) {
  std::string_view token = value.raw_json_token();
  if (!token.starts_with('"')) return {};
  size_t end = token.rfind('"');
  return end == 0 ? std::string_view() : token.substr(1, end - 1);
}

std::string quoted_json(std::string_view text) {
  static const char digits[] = "0123456789abcdef";
  std::string result = "\"";
  for (char sign : text) {
    if (sign == '"' || sign == '\\') {
      result += '\\';
      result += sign;
    } else if (static_cast<unsigned char>(sign) < 0x20) {
      result += "\\u00";
      result += digits[sign >> 4];
      result += digits[sign & 15];
    } else {
      result += sign;
    }
  }
  return result + "\"";
}

FieldNames::FieldNames(std::vector<const char *> names) {
  for (size_t position = 0; position < names.size(); ++position)
    names_.push_back({std::string(names[position]) + "\"", int(position)});
}

int FieldNames::search(const char *raw) {
  // The longest name is shorter than the padding behind the text.
  auto found = std::find_if(names_.begin(), names_.end(), [&](const Name &name) {
    return std::memcmp(raw, name.text.data(), name.text.size()) == 0;
  });
  Name name{{}, unknown};
  if (found != names_.end()) name = *found;
  if (found == names_.end()) {
    constexpr size_t longest = 32;
    auto end = static_cast<const char *>(std::memchr(raw, '"', longest));
    if (end == nullptr) return unknown;
    name.text.assign(raw, size_t(end - raw) + 1);
  }
  guesses_.resize(std::min(next_, guesses_.size()));
  if (guesses_.size() == next_) {
    guesses_.push_back(name);
    next_ += 1;
  }
  return name.position;
}

}  // namespace assay_vision
