// What the host wants of a source.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace assay_vision {

struct Options {
  // The columns to deliver, in this order; all of them where absent.
  std::optional<std::vector<std::string>> columns;
  // Deliver the schema and no rows.
  bool schema_only = false;
  // The rows to deliver, from 0, the end excluded.
  int64_t first_row = 0;
  int64_t end_row = std::numeric_limits<int64_t>::max();

  // Whether the column is to be delivered, should it be there.
  bool wants(const char *column) const;
};

// Reads the JSON of the `open` prototypes. No bytes at all mean no options.
Options parse_options(const char *json, size_t length);

// The path of a `file:` URI, or the text itself, without slashes at its end.
std::string path_of(const char *uri);

// `"a", "b" and "c"`; long lists are cut.
std::string quoted_list(const std::vector<std::string> &names);

}  // namespace assay_vision
