// Numbers as JSON writes them, for tokens that simdjson found.
#pragma once

#include <cstdint>
#include <string_view>

namespace assay_json {

// Whether a token is a number and nothing else.
bool is_number(std::string_view token);

// The number that a token is, correctly rounded; false where it is none or does not fit.
bool read_number(std::string_view token, double &number);
bool read_number(std::string_view token, int64_t &number);

}  // namespace assay_json
