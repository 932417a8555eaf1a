#include "flat_records.hpp"

#include <bit>
#include <cstring>

#include <simdjson.h>

#include "json_values.hpp"

namespace assay_vision {
namespace {

static_assert(std::endian::native == std::endian::little);

namespace numbers = simdjson::SIMDJSON_BUILTIN_IMPLEMENTATION::numberparsing;

// The longest text between two numbers.
constexpr size_t longest_text = 128;

constexpr double powers[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7};
constexpr uint64_t whole_powers[] = {1,      10,      100,      1000,     10000,
                                     100000, 1000000, 10000000, 100000000};

bool is_digit(char sign) { return sign >= '0' && sign <= '9'; }

// The digits at a place: how many there are, at most 8, and their value.
struct Digits {
  unsigned count;
  uint64_t value;
};

// Eight digits in one word, first one lowest, as in "Faster integer parsing" (Lemire 2018).
Digits digits_at(const char *text) {
  uint64_t word;
  std::memcpy(&word, text, sizeof word);
  uint64_t low = word ^ 0x3030303030303030;
  uint64_t other = (low | (low + 0x0606060606060606)) & 0xF0F0F0F0F0F0F0F0;
  unsigned count = unsigned(std::countr_zero(other)) / 8;
  if (count == 0) return {0, 0};
  low <<= 64 - 8 * count;
  low = low * 10 + (low >> 8);
  uint64_t value = ((low & 0x000000FF000000FF) * 0x000F424000000064 +
                    ((low >> 16) & 0x000000FF000000FF) * 0x0000271000000001) >> 32;
  return {count, value};
}

// Both return where the number ends, or null where it is none that JSON allows or not one
// that can be told quickly.

const char *read_integer(const char *text, int64_t &value) {
  bool is_negative = *text == '-';
  text += is_negative;
  Digits digits = digits_at(text);
  if (digits.count == 0 || (*text == '0' && digits.count > 1)) return nullptr;
  auto whole = digits.value;
  text += digits.count;
  if (digits.count == 8) {
    Digits more = digits_at(text);
    if (more.count == 8) return nullptr;
    whole = whole * whole_powers[more.count] + more.value;
    text += more.count;
  }
  value = is_negative ? -int64_t(whole) : int64_t(whole);
  return text;
}

// Any other number than a short decimal fraction, by simdjson.
const char *read_long_number(const char *start, double &value) {
  const char *text = start + (*start == '-');
  if (!is_digit(*text) || (*text == '0' && is_digit(text[1]))) return nullptr;
  while (is_digit(*text)) text += 1;
  if (*text == '.') {
    if (!is_digit(*++text)) return nullptr;
    while (is_digit(*text)) text += 1;
  }
  if (*text == 'e' || *text == 'E') {
    text += 1;
    text += *text == '+' || *text == '-';
    if (!is_digit(*text)) return nullptr;
    while (is_digit(*text)) text += 1;
  }
  auto length = size_t(text - start);
  if (length > longest_exact) return parse_long({start, length}, value) ? text : nullptr;
  auto bytes = reinterpret_cast<const uint8_t *>(start);
  return numbers::parse_double(bytes).get(value) ? nullptr : text;
}

// A quotient of two numbers that are exact is rounded once, as it must be (Clinger 1990).
// simdjson rounds what has more digits.
const char *read_number(const char *start, double &value) {
  bool is_negative = *start == '-';
  const char *text = start + is_negative;
  Digits whole = digits_at(text);
  if (whole.count == 0 || whole.count == 8 || (*text == '0' && whole.count > 1))
    return read_long_number(start, value);
  text += whole.count;
  auto result = double(whole.value);
  if (*text == '.') {
    Digits fraction = digits_at(++text);
    if (fraction.count == 0) return nullptr;
    text += fraction.count;
    uint64_t digits = whole.value * whole_powers[fraction.count] + fraction.value;
    if (fraction.count == 8) {
      Digits more = digits_at(text);
      text += more.count;
      if (whole.count + more.count > 11 || more.count == 8 || (*text | 32) == 'e')
        return read_long_number(start, value);
      digits = digits * whole_powers[more.count] + more.value;
      return numbers::compute_float_64(-8 - int(more.count), digits, is_negative, value) ? text
                                                                                        : nullptr;
    }
    result = double(digits) / powers[fraction.count];
  }
  if ((*text | 32) == 'e') return read_long_number(start, value);
  value = is_negative ? -result : result;
  return text;
}

}  // namespace

FlatRecords::Literal::Literal(std::string_view text) : size_(text.size()) {
  for (; text.size() >= sizeof last_; text.remove_prefix(sizeof last_)) {
    std::memcpy(&last_, text.data(), sizeof last_);
    words_.push_back(last_);
  }
  last_ = 0;
  std::memcpy(&last_, text.data(), text.size());
  last_mask_ = (uint64_t(1) << (8 * text.size())) - 1;
}

void FlatRecords::learn(std::string_view record) {
  forget();
  std::string before, name;
  size_t element = 0;
  int depth = 0;
  bool is_value = false;
  for (size_t position = 0; position < record.size();) {
    char sign = record[position];
    if (is_value && (sign == '-' || is_digit(sign))) {
      slots_.push_back({Literal(before), name, element, nullptr, nullptr});
      before.clear();
      while (position < record.size() && std::strchr("+-.0123456789eE", record[position])) position += 1;
      continue;
    }
    before += sign;
    position += 1;
    if (sign == '"') {
      size_t end = record.find('"', position);
      if (is_value || end == record.npos) return forget();
      name = record.substr(position, end - position);
      if (name.find('\\') != name.npos) return forget();
      before += name + '"';
      position = end + 1;
    } else if (sign == ':') {
      is_value = true;
      element = 0;
    } else if (sign == ',') {
      is_value = depth == 2;
      element += 1;
    } else if (sign == '[' || sign == '{') {
      depth += 1;
      if (depth != (sign == '{' ? 1 : 2)) return forget();
    } else if (sign == ']' || sign == '}') {
      depth -= 1;
    } else if (sign != ' ' && sign != '\n' && sign != '\r' && sign != '\t') {
      return forget();
    }
    if (before.size() > longest_text) return forget();
  }
  end_ = Literal(before);
}

const char *FlatRecords::read(const char *text) const {
  for (const Slot &slot : slots_) {
    if (!slot.before.is_at(text)) return nullptr;
    text += slot.before.size();
    text = slot.integer != nullptr ? read_integer(text, *slot.integer)
                                   : read_number(text, *slot.number);
    if (text == nullptr) return nullptr;
  }
  return end_.is_at(text) ? text + end_.size() : nullptr;
}

}  // namespace assay_vision
