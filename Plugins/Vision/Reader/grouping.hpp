// Objects put together by image.
#pragma once

#include <cstdint>
#include <optional>

#include "buffer.hpp"

namespace assay_vision {

// Which objects belong to which row.
struct Groups {
  // Where the objects of each row begin, and where the last one's end.
  Buffer<uint64_t> starts;
  // The objects, row by row, in the order of the file inside a row. Empty where they
  // are in that order already.
  Buffer<uint32_t> order;
};

// Finds ids among ascending ones: through a table where they are dense.
class IdIndex {
 public:
  explicit IdIndex(const Buffer<int64_t> &ascending);
  // The position of the id, or none.
  std::optional<uint32_t> find(int64_t id) const;

 private:
  const Buffer<int64_t> &ids_;
  Buffer<uint32_t> table_;
};

// The ids that occur, ascending, each once.
Buffer<int64_t> distinct(const Buffer<int64_t> &ids);

// Groups objects, of which `images` are the images' ids, by the rows of `index`, which
// has `rows`. Linear in the objects. Gives the first object of an unknown image in
// `stray`.
Groups grouped(const Buffer<int64_t> &images, const IdIndex &index, size_t rows,
               std::optional<size_t> &stray);

// `values` in the groups' order, `stride` of them an object.
template <typename Value>
void arrange(Buffer<Value> &values, size_t stride, const Groups &groups) {
  if (groups.order.empty() || values.empty()) return;
  Buffer<Value> arranged;
  arranged.resize(values.size());
  Value *to = arranged.data();
  for (size_t place = 0; place < groups.order.size(); ++place)
    for (size_t part = 0; part < stride; ++part)
      *to++ = values[size_t(groups.order[place]) * stride + part];
  values = std::move(arranged);
}

// The same for bytes that end at `ends`.
void arrange(Buffer<char> &bytes, Buffer<uint64_t> &ends, const Groups &groups);

}  // namespace assay_vision
