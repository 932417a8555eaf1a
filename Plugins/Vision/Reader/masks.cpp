#include "masks.hpp"

#include <algorithm>
#include <climits>
#include <cstring>

namespace assay_vision {
namespace {

constexpr char polygons_mark = 1;
constexpr char runs_mark = 2;
constexpr int64_t largest_side = INT32_MAX;

template <typename Value>
void append_value(Buffer<char> &bytes, Value value) {
  std::memcpy(bytes.extend(sizeof value), &value, sizeof value);
}

template <typename Value>
void set_value(Buffer<char> &bytes, size_t place, Value value) {
  std::memcpy(bytes.data() + place, &value, sizeof value);
}

void append_polygon(ondemand::value polygon, size_t position, Buffer<char> &bytes) {
  ondemand::array coordinates;
  if (polygon.get(coordinates))
    throw Problem{"has a \"segmentation\" that is no list of polygons. Write [[x, y, x, y, …], …]."};
  size_t place = bytes.size();
  append_value(bytes, uint32_t(0));
  uint32_t count = 0;
  for (ondemand::value item : coordinates) {
    append_value(bytes, number(item, "segmentation"));
    count += 1;
  }
  std::string name = "has a polygon (segmentation[" + std::to_string(position) + "]) with " +
                     std::to_string(count) + " coordinates. ";
  if (count % 2 != 0) throw Problem{name + "Every point needs an x and a y."};
  if (count < 6) throw Problem{name + "A polygon has at least 3 points."};
  set_value(bytes, place, count);
}

void append_polygons(ondemand::array polygons, Masks &masks) {
  masks.bytes.push_back(polygons_mark);
  size_t place = masks.bytes.size();
  append_value(masks.bytes, uint32_t(0));
  uint32_t count = 0;
  for (ondemand::value polygon : polygons) append_polygon(polygon, count++, masks.bytes);
  if (count == 0) throw Problem{"has an empty \"segmentation\". Give its polygons or its RLE."};
  set_value(masks.bytes, place, count);
  masks.sizes.push_back(0);
  masks.sizes.push_back(0);
}

void append_runs(ondemand::array counts, Buffer<char> &bytes, uint64_t &pixels) {
  bytes.push_back(runs_mark);
  for (ondemand::value item : counts) {
    int64_t run = integer(item, "counts");
    if (run < 0 || run > UINT32_MAX)
      throw Problem{"has a run of " + std::to_string(run) + " pixels in its RLE."};
    append_value(bytes, uint32_t(run));
    pixels += uint64_t(run);
  }
}

// One escape of a text; only what a compressed RLE can hold.
char unescaped(std::string_view &text) {
  char sign = text.size() > 1 ? text[1] : 0;
  if (sign == '\\' || sign == '/' || sign == '"') {
    text.remove_prefix(2);
    return sign;
  }
  unsigned code = 0;
  if (sign != 'u' || text.size() < 6) return 0;
  for (char digit : text.substr(2, 4)) {
    unsigned value = digit >= '0' && digit <= '9' ? unsigned(digit - '0')
                     : (digit | 32) >= 'a' && (digit | 32) <= 'f' ? unsigned((digit | 32) - 'a') + 10
                                                                  : 256;
    code = code * 16 + value;
  }
  text.remove_prefix(6);
  return code < 128 ? char(code) : 0;
}

void append_compressed(std::string_view text, Buffer<char> &bytes) {
  size_t start = bytes.size();
  while (!text.empty()) {
    auto escape = static_cast<const char *>(std::memchr(text.data(), '\\', text.size()));
    size_t plain = escape == nullptr ? text.size() : size_t(escape - text.data());
    bytes.append(text.data(), plain);
    text.remove_prefix(plain);
    if (text.empty()) break;
    char sign = unescaped(text);
    if (sign == 0) throw Problem{"has an RLE with a sign that does not belong there."};
    bytes.push_back(sign);
  }
  bool is_valid = bytes.size() > start;
  for (size_t index = start; index < bytes.size(); ++index)
    is_valid &= uint8_t(bytes[index] - '0') < 64;
  if (!is_valid)
    throw Problem{"has \"counts\" that are no compressed RLE: its signs are '0' to 'o'."};
}

void read_size(ondemand::value value, Masks &masks) {
  if (append_integers(value, "size", masks.sizes) != 2)
    throw Problem{"has an RLE whose \"size\" is not [height, width]."};
  for (size_t part : {1, 2}) {
    int64_t side = masks.sizes[masks.sizes.size() - part];
    if (side < 0 || side > largest_side)
      throw Problem{"has an RLE of a size of " + std::to_string(side) + "."};
  }
}

void append_rle(ondemand::object rle, Masks &masks) {
  bool has_size = false, has_counts = false, is_list = false;
  uint64_t pixels = 0;
  for (ondemand::field field : rle) {
    ondemand::value value = field.value();
    if (!has_size && field.key() == "size") {
      read_size(value, masks);
      has_size = true;
    } else if (!has_counts && field.key() == "counts") {
      ondemand::array counts;
      is_list = !value.get(counts);
      if (is_list) {
        append_runs(counts, masks.bytes, pixels);
      } else {
        append_compressed(raw_text(value), masks.bytes);
      }
      has_counts = true;
    }
  }
  if (!has_size) throw Problem{"has an RLE without \"size\". Add it: [height, width]."};
  if (!has_counts) throw Problem{"has an RLE without \"counts\". Add them, as text or run lengths."};
  int64_t width = masks.sizes.back(), height = masks.sizes[masks.sizes.size() - 2];
  if (is_list && pixels != uint64_t(width) * uint64_t(height))
    throw Problem{"has an RLE of " + std::to_string(pixels) + " pixels for a size of " +
                  std::to_string(height) + " x " + std::to_string(width) + ", which has " +
                  std::to_string(uint64_t(width) * uint64_t(height)) +
                  ". Its \"counts\" or its \"size\" is of another mask."};
}

}  // namespace

void Masks::truncate(size_t count) {
  count = std::min(count, ends.size());
  ends.resize(count);
  bytes.resize(count == 0 ? 0 : size_t(ends[count - 1]));
  sizes.resize(count * 2);
}

void append_mask(ondemand::value value, Masks &masks) {
  ondemand::array polygons;
  ondemand::object rle;
  if (!value.get(polygons)) {
    append_polygons(polygons, masks);
  } else if (!value.get(rle)) {
    append_rle(rle, masks);
  } else {
    throw Problem{"has a \"segmentation\" that is neither polygons nor an RLE."};
  }
  masks.ends.push_back(masks.bytes.size());
}

}  // namespace assay_vision
