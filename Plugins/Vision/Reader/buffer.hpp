// Flat memory that grows in place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>
#include <type_traits>
#include <utility>

namespace assay_vision {

// Memory of `bytes` bytes in place of `memory`, which has `old_bytes`, with what both
// have room for. Large pieces are pages of their own: they grow without being copied,
// and go back to the system when they are given up. Throws std::bad_alloc.
void *resized(void *memory, size_t old_bytes, size_t bytes);

// An array of plain values. New elements are not cleared.
template <typename Value>
class Buffer {
  static_assert(std::is_trivially_copyable_v<Value>);

 public:
  Buffer() = default;
  Buffer(Buffer &&other) noexcept
      : data_(std::exchange(other.data_, nullptr)),
        size_(std::exchange(other.size_, 0)),
        capacity_(std::exchange(other.capacity_, 0)) {}
  Buffer &operator=(Buffer &&other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
    return *this;
  }
  ~Buffer() {
    if (data_ != nullptr) resized(data_, capacity_ * sizeof(Value), 0);
  }

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  size_t capacity() const { return capacity_; }
  Value *data() { return data_; }
  const Value *data() const { return data_; }
  Value &operator[](size_t index) { return data_[index]; }
  const Value &operator[](size_t index) const { return data_[index]; }
  Value &back() { return data_[size_ - 1]; }

  void reserve(size_t count) {
    if (count <= capacity_) return;
    size_t wanted = count > capacity_ * 2 ? count : capacity_ * 2;
    if (wanted < 16) wanted = 16;
    if (wanted > SIZE_MAX / 2 / sizeof(Value)) throw std::bad_alloc();
    data_ = static_cast<Value *>(
        resized(data_, capacity_ * sizeof(Value), wanted * sizeof(Value)));
    capacity_ = wanted;
  }

  void resize(size_t count) {
    reserve(count);
    size_ = count;
  }

  void push_back(Value value) {
    if (size_ == capacity_) reserve(size_ + 1);
    data_[size_++] = value;
  }

  // Room for `count` more; where they begin.
  Value *extend(size_t count) {
    if (capacity_ - size_ < count) reserve(size_ + count);
    Value *place = data_ + size_;
    size_ += count;
    return place;
  }

  void append(const Value *values, size_t count) {
    if (count > 0) std::memcpy(extend(count), values, count * sizeof(Value));
  }

 private:
  Value *data_ = nullptr;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

}  // namespace assay_vision
