// Rows that are plain objects, read straight from simdjson's structural index.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "blocks.hpp"
#include "columns.hpp"
#include "paths.hpp"

namespace assay_json {

// Puts a block's lines into builders where every wanted value is a scalar member of
// the row itself. Keys are mostly in the order of the first row, and are compared in
// that order before they are looked for. Where anything is unusual it gives up, and the
// block is read again in the general way, which also knows how to say what is wrong.
class FlatRows {
 public:
  // Nothing where the columns are not of this kind.
  static std::optional<FlatRows> make(const PathNode &root, const std::vector<int32_t> &types);

  // How many rows the block has, all of which are in the builders then; nothing where
  // it gave up. `first` and `end`: the rows of the block that are wanted.
  std::optional<int64_t> read(const Block &block, std::vector<Builder> &builders, int64_t first,
                              int64_t end);

  // How many rows the last block put into the builders.
  int64_t row_count() const { return row_count_; }

 private:
  using Parser = simdjson::internal::dom_parser_implementation;
  struct Key {
    Key(std::string key, int column);
    bool stands_at(const char *place) const;

    // With its closing quote, as it follows the opening one.
    std::string text;
    // The column, or -1 where nobody wants it.
    int column;
    // The first eight bytes and which of them count: most keys are no longer.
    uint64_t head = 0;
    uint64_t mask = 0;
  };

  bool index(const Block &block);
  const char *read_row(const char *text, const uint32_t *&at, std::vector<Builder> *builders);
  bool skip(const char *text, const uint32_t *&at) const;
  const Key *key_at(const char *key, const char *end, size_t place);
  const Key *looked_up(std::string_view key, size_t place);
  bool take(std::string_view token, Builder &builder);
  bool take_text(std::string_view token, Builder &builder);

  std::vector<Key> wanted_;
  // The keys of the first rows, in their order.
  std::vector<Key> order_;
  Key unwanted_{"", -1};
  std::unique_ptr<Parser> parser_;
  size_t capacity_ = 0;
  int64_t row_count_ = 0;
};

}  // namespace assay_json
