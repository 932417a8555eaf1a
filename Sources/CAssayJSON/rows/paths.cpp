#include "paths.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace assay_json {

PathNode::Member &PathNode::member(std::string_view key) {
  for (Member &known : members)
    if (known.key == key) return known;
  Member added;
  added.key = key;
  added.is_plain = std::all_of(key.begin(), key.end(), [](unsigned char sign) {
    return std::isalnum(sign) != 0 || sign == '_' || sign == '-' || sign == '.' || sign == ' ' || sign == '$';
  });
  auto [end, problem] = std::from_chars(key.data(), key.data() + key.size(), added.index);
  if (problem != std::errc() || end != key.data() + key.size() || added.index < 0) added.index = -1;
  members.push_back(std::move(added));
  return members.back();
}

std::vector<std::string_view> parts_of(std::string_view path) {
  std::vector<std::string_view> parts;
  while (true) {
    size_t dot = path.find('.');
    parts.push_back(path.substr(0, dot));
    if (dot == std::string_view::npos) return parts;
    path.remove_prefix(dot + 1);
  }
}

void add_path(PathNode &root, const std::vector<std::string_view> &keys, int column) {
  PathNode *node = &root;
  for (size_t depth = 0; depth < keys.size(); ++depth) {
    PathNode::Member &member = node->member(keys[depth]);
    if (depth + 1 == keys.size()) {
      member.column = column;
      return;
    }
    if (!member.inside) member.inside = std::make_unique<PathNode>();
    node = member.inside.get();
  }
}

}  // namespace assay_json
