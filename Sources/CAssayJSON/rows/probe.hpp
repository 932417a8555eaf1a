// What the first rows hold: names and types, for binding.
#pragma once

#include <cstdint>
#include <simdjson.h>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "blocks.hpp"

namespace assay_json {

class Probe {
 public:
  // Looks at the first rows of a block. Throws `Failure` where the first is not an object.
  explicit Probe(const Block &block);

  const std::vector<std::string> &names() const { return names_; }
  bool has_name(std::string_view name) const;
  // The type under a name or a dotted path; -1 where there is nothing.
  int32_t type(const Block &block, std::string_view path) const;

 private:
  std::vector<std::string> names_;
  std::vector<int32_t> types_;
  std::unordered_map<std::string, size_t> positions_;
};

}  // namespace assay_json
