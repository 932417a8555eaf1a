// JSON text cut into blocks of whole rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "input.hpp"

namespace assay_json {

// How many line breaks a text has.
int64_t line_breaks(std::string_view text);

// Leaves new bytes as they are: they are read into at once.
template <typename Value>
struct Unset : std::allocator<Value> {
  template <typename Other>
  struct rebind {
    using other = Unset<Other>;
  };
  template <typename Other, typename... Arguments>
  void construct(Other *place, Arguments &&...arguments) {
    if constexpr (sizeof...(Arguments) == 0) ::new (static_cast<void *>(place)) Other;
    else ::new (static_cast<void *>(place)) Other(std::forward<Arguments>(arguments)...);
  }
};

using Bytes = std::vector<char, Unset<char>>;

// Where a row stands in its block.
struct Span {
  size_t start = 0;
  size_t length = 0;
};

// Whole rows, with room behind them as simdjson needs it.
struct Block {
  Bytes memory;
  size_t length = 0;
  // How many line breaks stand before the block.
  int64_t first_line = 0;
  // How many line breaks stand in it.
  int64_t breaks = 0;
  // The elements of an array; lines are found when they are needed.
  std::vector<Span> elements;
  bool is_array = false;

  std::string_view text() const { return {memory.data(), length}; }
  // Every row: elements, or lines that are not blank.
  std::vector<Span> rows() const;
  size_t row_count() const;
};

// A file is lines of JSON, or one array of rows. Throws `Failure`.
class Blocks {
 public:
  explicit Blocks(std::unique_ptr<Input> input);
  // The next block; nothing at the end.
  std::optional<Block> next();
  // Takes the memory of a block that is done with, for a later one.
  void recycle(Bytes memory) { spare_ = std::move(memory); }

 private:
  void start();
  // Reads more behind what is there.
  void fill(Bytes &memory, size_t &filled);
  size_t whole_lines(std::string_view text) const;
  // Marks elements and turns what stands between them into spaces.
  size_t whole_elements(Bytes &memory, size_t filled, Block &block);

  std::unique_ptr<Input> input_;
  Bytes carried_;
  Bytes spare_;
  int64_t line_ = 0;
  bool has_started_ = false;
  bool is_array_ = false;
  bool array_has_ended_ = false;
  bool needs_separator_ = false;
  bool at_end_ = false;
};

}  // namespace assay_json
