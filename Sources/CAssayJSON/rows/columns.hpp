// Columns of values that grow row by row and leave as Arrow arrays.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <assay/arrow.h>

namespace assay_json {

// Values of one column of one batch.
class Builder {
 public:
  // `type` as in assay_json_column_type.
  explicit Builder(int32_t type);

  int32_t type() const { return type_; }
  int64_t length() const { return length_; }

  void add_null();
  void add(bool value);
  void add(int64_t value);
  void add(double value);
  void add(std::string_view value);

  // A list: its elements first, through `elements`, then its end.
  Builder &elements() { return *elements_; }
  void end_list();

  // Moves the values out; the builder is empty afterwards.
  void finish(ArrowArray *out);

 private:
  void mark(bool is_valid);

  int32_t type_;
  int64_t length_ = 0;
  int64_t null_count_ = 0;
  std::vector<uint8_t> validity_;
  std::vector<uint8_t> bits_;
  std::vector<uint64_t> words_;
  std::vector<int32_t> offsets_;
  std::vector<char> bytes_;
  std::unique_ptr<Builder> elements_;
};

// The struct array of a batch. `builders` are empty afterwards.
void finish_batch(std::vector<Builder> &builders, int64_t rows, ArrowArray *out);

}  // namespace assay_json
