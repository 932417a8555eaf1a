// What the host wants of a source.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <arrow/type_fwd.h>

namespace assay {

struct Options {
  // The columns to deliver, in this order; all of them where absent.
  std::optional<std::vector<std::string>> columns;
  // The types to read text columns as; what is not named is inferred.
  std::unordered_map<std::string, std::shared_ptr<arrow::DataType>> types;
  // Text that stands for null, besides the empty field.
  std::vector<std::string> null_text;
  // Deliver the schema and no rows.
  bool schema_only = false;
  // The rows to deliver, from 0, the end excluded.
  int64_t first_row = 0;
  int64_t end_row = std::numeric_limits<int64_t>::max();
  // How many threads may parse; 0: as many as the process may use.
  int threads = 0;
  // The sign between fields; 0: by the file's name.
  char delimiter = 0;
};

// Reads the JSON of the `open` prototypes. No bytes at all mean no options.
Options parse_options(const char *json, size_t length);

// The path of a `file:` URI, or the text itself.
std::string path_of(const char *uri);

// The positions of the wanted columns among `names`; all of them where none are named.
// Says which columns there are where one is not.
std::vector<int> pick_columns(const Options &options, const std::vector<std::string> &names,
                              const std::string &path);

// `"a", "b" and "c"`; long lists are cut.
std::string quoted_list(const std::vector<std::string> &names);

}  // namespace assay
