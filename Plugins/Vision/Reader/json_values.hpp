// Values of JSON records, checked. Everything throws `Problem`, and `simdjson_error` where
// the text is no JSON.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "buffer.hpp"
#include "json_walk.hpp"

namespace assay_vision {

// `name` is how messages call the value: the key of its field.

double number(ondemand::value value, const char *name);

// simdjson 3.0 reads 0.123… with 20 digits or more wrong: numbers of more signs than these are
// read by the C++ library.
constexpr size_t longest_exact = 20;
// Leaves the value as it is where the digits, which are a number of JSON, are too small or large.
bool parse_long(std::string_view digits, double &value);

// Also where it is written as 3.0.
int64_t integer(ondemand::value value, const char *name);
// Also 0 and 1.
bool flag(ondemand::value value, const char *name);
std::string text(ondemand::value value, const char *name);

// Appends the numbers of a list and returns how many there are.
size_t append_numbers(ondemand::value value, const char *name, Buffer<double> &to);
size_t append_integers(ondemand::value value, const char *name, Buffer<int64_t> &to);

// The characters between a text's quotes, escapes and all; none where it is no text.
std::string_view raw_text(ondemand::value value);

// A JSON text with its quotes.
std::string quoted_json(std::string_view text);

// Names of fields, which come in the same order in one record as in the one before.
class FieldNames {
 public:
  // A field that is not among the names.
  static constexpr int unknown = -1;

  explicit FieldNames(std::vector<const char *> names);

  // To be called before each record.
  void begin() { next_ = 0; }

  // The position of the field among the names.
  int find(ondemand::raw_json_string key) {
    const char *raw = key.raw();
    if (next_ < guesses_.size()) {
      const Name &guess = guesses_[next_];
      if (std::memcmp(raw, guess.text.data(), guess.text.size()) == 0) {
        next_ += 1;
        return guess.position;
      }
    }
    return search(raw);
  }

 private:
  // With the quote that ends it.
  struct Name {
    std::string text;
    int position;
  };
  int search(const char *raw);

  std::vector<Name> names_;
  std::vector<Name> guesses_;
  size_t next_ = 0;
};

}  // namespace assay_vision
