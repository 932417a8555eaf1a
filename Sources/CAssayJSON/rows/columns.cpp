#include "columns.hpp"

#include <bit>

#include "../include/assay_json_rows.h"

namespace assay_json {
namespace {

// What an exported array points to; released with it.
struct Held {
  std::vector<uint8_t> validity, bits;
  std::vector<uint64_t> words;
  std::vector<int32_t> offsets;
  std::vector<char> bytes;
  const void *buffers[3] = {nullptr, nullptr, nullptr};
  std::vector<ArrowArray> children;
  std::vector<ArrowArray *> pointers;
};

void release(ArrowArray *array) {
  auto *held = static_cast<Held *>(array->private_data);
  for (ArrowArray &child : held->children)
    if (child.release != nullptr) child.release(&child);
  delete held;
  array->release = nullptr;
}

void set_bit(std::vector<uint8_t> &bits, int64_t position, bool value) {
  size_t byte = size_t(position) >> 3;
  if (byte >= bits.size()) bits.push_back(0);
  if (value) bits[byte] = uint8_t(bits[byte] | (1u << (position & 7)));
}

// Arrow wants an address even where there is nothing to see.
const void *address(const void *data) {
  alignas(64) static const char nothing[64] = {};
  return data == nullptr ? nothing : data;
}

void publish(Held *held, int64_t length, int64_t nulls, int64_t buffer_count, ArrowArray *out) {
  for (ArrowArray &child : held->children) held->pointers.push_back(&child);
  *out = ArrowArray{};
  out->length = length;
  out->null_count = nulls;
  out->n_buffers = buffer_count;
  out->n_children = int64_t(held->children.size());
  out->buffers = held->buffers;
  out->children = held->pointers.empty() ? nullptr : held->pointers.data();
  out->release = release;
  out->private_data = held;
}

}  // namespace

Builder::Builder(int32_t type) : type_(type) {
  if (type_ & ASSAY_JSON_COLUMN_LIST) elements_ = std::make_unique<Builder>(type_ & ~ASSAY_JSON_COLUMN_LIST);
  if (elements_ || type_ == ASSAY_JSON_COLUMN_TEXT) offsets_.push_back(0);
}

// The bits of validity are kept from the first null on.
void Builder::mark(bool is_valid) {
  if (!is_valid && null_count_++ == 0) {
    validity_.assign(size_t(length_ + 7) / 8, 0xFF);
    if (length_ & 7) validity_.back() = uint8_t((1u << (length_ & 7)) - 1);
  }
  if (null_count_ > 0) set_bit(validity_, length_, is_valid);
  length_ += 1;
}

void Builder::add_null() {
  if (elements_) offsets_.push_back(int32_t(elements_->length()));
  else if (type_ == ASSAY_JSON_COLUMN_TEXT) offsets_.push_back(int32_t(bytes_.size()));
  else if (type_ == ASSAY_JSON_COLUMN_BOOL) set_bit(bits_, length_, false);
  else words_.push_back(0);
  mark(false);
}

void Builder::add(bool value) {
  set_bit(bits_, length_, value);
  mark(true);
}

void Builder::add(int64_t value) {
  words_.push_back(uint64_t(value));
  mark(true);
}

void Builder::add(double value) {
  words_.push_back(std::bit_cast<uint64_t>(value));
  mark(true);
}

void Builder::add(std::string_view value) {
  bytes_.insert(bytes_.end(), value.begin(), value.end());
  offsets_.push_back(int32_t(bytes_.size()));
  mark(true);
}

void Builder::end_list() {
  offsets_.push_back(int32_t(elements_->length()));
  mark(true);
}

void Builder::finish(ArrowArray *out) {
  auto *held = new Held;
  if (null_count_ > 0) held->validity = std::move(validity_);
  held->bits = std::move(bits_);
  held->words = std::move(words_);
  held->offsets = std::move(offsets_);
  held->bytes = std::move(bytes_);
  held->buffers[0] = null_count_ > 0 ? held->validity.data() : nullptr;
  int64_t buffer_count = 2;
  if (elements_) {
    held->buffers[1] = held->offsets.data();
    held->children.resize(1);
    elements_->finish(&held->children[0]);
  } else if (type_ == ASSAY_JSON_COLUMN_TEXT) {
    held->buffers[1] = held->offsets.data();
    held->buffers[2] = address(held->bytes.data());
    buffer_count = 3;
  } else {
    held->buffers[1] = address(type_ == ASSAY_JSON_COLUMN_BOOL ? static_cast<const void *>(held->bits.data())
                                                               : held->words.data());
  }
  publish(held, length_, null_count_, buffer_count, out);
  *this = Builder(type_);
  // The next batch is about as long.
  words_.reserve(held->words.size());
  offsets_.reserve(held->offsets.size());
  bytes_.reserve(held->bytes.size());
}

void finish_batch(std::vector<Builder> &builders, int64_t rows, ArrowArray *out) {
  auto *held = new Held;
  held->children.resize(builders.size());
  for (size_t index = 0; index < builders.size(); ++index)
    builders[index].finish(&held->children[index]);
  publish(held, rows, 0, 1, out);
}

}  // namespace assay_json
