#include "grouping.hpp"

#include <algorithm>

namespace assay_vision {
namespace {

constexpr uint32_t nowhere = UINT32_MAX;

// Whether a table over all numbers from `low` to `high` is cheap beside `count` ids.
bool is_dense(int64_t low, int64_t high, size_t count) {
  uint64_t range = uint64_t(high) - uint64_t(low);
  return range < 4 * uint64_t(count) + (uint64_t(1) << 20);
}

}  // namespace

IdIndex::IdIndex(const Buffer<int64_t> &ascending) : ids_(ascending) {
  if (ids_.empty()) return;
  int64_t low = ids_[0], high = ids_[ids_.size() - 1];
  if (!is_dense(low, high, ids_.size())) return;
  table_.resize(size_t(uint64_t(high) - uint64_t(low)) + 1);
  std::fill_n(table_.data(), table_.size(), nowhere);
  for (size_t index = 0; index < ids_.size(); ++index)
    table_[size_t(uint64_t(ids_[index]) - uint64_t(low))] = uint32_t(index);
}

std::optional<uint32_t> IdIndex::find(int64_t id) const {
  if (ids_.empty() || id < ids_[0] || id > ids_[ids_.size() - 1]) return std::nullopt;
  if (!table_.empty()) {
    uint32_t place = table_[size_t(uint64_t(id) - uint64_t(ids_[0]))];
    return place == nowhere ? std::nullopt : std::optional(place);
  }
  const int64_t *end = ids_.data() + ids_.size();
  const int64_t *place = std::lower_bound(ids_.data(), end, id);
  return place != end && *place == id ? std::optional(uint32_t(place - ids_.data())) : std::nullopt;
}

Buffer<int64_t> distinct(const Buffer<int64_t> &ids) {
  Buffer<int64_t> result;
  bool is_ascending = true;
  for (size_t index = 0; index < ids.size(); ++index) {
    if (index > 0 && ids[index] == ids[index - 1]) continue;
    is_ascending = is_ascending && (result.empty() || ids[index] > result.back());
    result.push_back(ids[index]);
  }
  if (is_ascending) return result;
  auto [low, high] = std::minmax_element(result.data(), result.data() + result.size());
  if (!is_dense(*low, *high, ids.size())) {
    std::sort(result.data(), result.data() + result.size());
    result.resize(size_t(std::unique(result.data(), result.data() + result.size()) - result.data()));
    return result;
  }
  int64_t base = *low;
  Buffer<uint8_t> occurs;
  occurs.resize(size_t(uint64_t(*high) - uint64_t(base)) + 1);
  std::fill_n(occurs.data(), occurs.size(), uint8_t(0));
  for (size_t index = 0; index < result.size(); ++index)
    occurs[size_t(uint64_t(result[index]) - uint64_t(base))] = 1;
  result.resize(0);
  for (size_t offset = 0; offset < occurs.size(); ++offset)
    if (occurs[offset] != 0) result.push_back(int64_t(uint64_t(base) + offset));
  return result;
}

Groups grouped(const Buffer<int64_t> &images, const IdIndex &index, size_t rows,
               std::optional<size_t> &stray) {
  Groups groups;
  groups.starts.resize(rows + 1);
  std::fill_n(groups.starts.data(), rows + 1, uint64_t(0));
  Buffer<uint32_t> row_of;
  row_of.resize(images.size());
  bool is_in_order = true;
  for (size_t object = 0; object < images.size(); ++object) {
    if (object > 0 && images[object] == images[object - 1]) {
      row_of[object] = row_of[object - 1];
    } else {
      auto row = index.find(images[object]);
      if (!row) {
        stray = object;
        return groups;
      }
      is_in_order = is_in_order && (object == 0 || *row > row_of[object - 1]);
      row_of[object] = *row;
    }
    groups.starts[row_of[object] + 1] += 1;
  }
  for (size_t row = 0; row < rows; ++row) groups.starts[row + 1] += groups.starts[row];
  if (is_in_order) return groups;
  Buffer<uint64_t> next;
  next.append(groups.starts.data(), rows);
  groups.order.resize(images.size());
  for (size_t object = 0; object < images.size(); ++object)
    groups.order[size_t(next[row_of[object]]++)] = uint32_t(object);
  return groups;
}

void arrange(Buffer<char> &bytes, Buffer<uint64_t> &ends, const Groups &groups) {
  if (groups.order.empty() || ends.empty()) return;
  Buffer<char> arranged;
  arranged.reserve(bytes.size());
  Buffer<uint64_t> new_ends;
  new_ends.reserve(ends.size());
  for (size_t place = 0; place < groups.order.size(); ++place) {
    size_t object = groups.order[place];
    uint64_t start = object == 0 ? 0 : ends[object - 1];
    arranged.append(bytes.data() + start, size_t(ends[object] - start));
    new_ends.push_back(arranged.size());
  }
  bytes = std::move(arranged);
  ends = std::move(new_ends);
}

}  // namespace assay_vision
