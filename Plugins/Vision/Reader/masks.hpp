// The `segmentation` of COCO: polygons, and run lengths in both spellings.
#pragma once

#include <cstdint>

#include "buffer.hpp"
#include "json_values.hpp"

namespace assay_vision {

// Masks one after the other. The bytes of one are the text of a compressed RLE, whose
// signs are '0' to 'o'; or 1, then polygons (a count of 32 bits; each a count of 32 bits and as
// many doubles x, y, x, y, …); or 2, then the run lengths of an uncompressed RLE, of 32 bits.
// Everything is little-endian and unaligned.
struct Masks {
  Buffer<char> bytes;
  Buffer<uint64_t> ends;
  // Height and width of each; 0 and 0 for polygons, which have the image's.
  Buffer<int64_t> sizes;

  size_t count() const { return ends.size(); }
  // Forgets all but the first masks, and what was begun of another.
  void truncate(size_t count);
};

// Appends the mask of a field "segmentation". Throws as the functions of json_values.hpp.
void append_mask(ondemand::value value, Masks &masks);

}  // namespace assay_vision
