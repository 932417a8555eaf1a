// What went wrong while reading rows. Never leaves the C functions.
#pragma once

#include <cstdint>
#include <string>

#include "../include/assay_json_rows.h"

namespace assay_json {

struct Failure {
  int32_t status;
  std::string text;
  int64_t row = -1;
  int64_t line = 0;
  int64_t column = -1;
  // The row itself, where it is not JSON.
  std::string source = {};
};

}  // namespace assay_json
