// Which members of a row go into which column.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace assay_json {

// The wanted members of an object or the wanted elements of an array.
struct PathNode {
  struct Member {
    std::string key;
    // The key as it stands between quotes cannot hold an escape.
    bool is_plain = false;
    // The element of an array, or -1.
    int64_t index = -1;
    // The column that takes the value itself, or -1.
    int column = -1;
    // What is wanted inside of the value.
    std::unique_ptr<PathNode> inside;
  };
  std::vector<Member> members;

  Member &member(std::string_view key);
};

// The parts of a dotted path.
std::vector<std::string_view> parts_of(std::string_view path);

// Adds a column that stands under these keys.
void add_path(PathNode &root, const std::vector<std::string_view> &keys, int column);

}  // namespace assay_json
