// From the text of a row into the builders of its columns.
#pragma once

#include <simdjson.h>

#include <string>
#include <vector>

#include "columns.hpp"
#include "paths.hpp"

namespace assay_json {

// A value that does not fit its column, or text that is not JSON (column -1).
struct Misfit {
  int column;
  std::string text;
};

// Puts rows into builders. Throws `Misfit`; the builders are then of no more use.
class Extraction {
 public:
  Extraction(const PathNode &root, std::vector<Builder> &builders, int row_column)
      : root_(root), builders_(builders), row_column_(row_column) {}

  // `source`: the row's text, for the column of whole rows.
  template <typename Document>
  void add_row(Document &document, std::string_view source);

  int64_t row_count() const { return row_count_; }

 private:
  using Value = simdjson::ondemand::value;
  void read(simdjson::ondemand::object &object, const PathNode &node);
  void read(simdjson::ondemand::array &array, const PathNode &node);
  void take(Value value, const PathNode::Member &member);
  void descend(Value value, const PathNode &node);
  void convert(Value value, Builder &builder, int column);
  void convert_list(Value value, Builder &builder, int column);
  void convert_elements(simdjson::ondemand::array array, Builder &elements, int column, int depth);
  [[noreturn]] void misfit(Value value, const Builder &builder, int column);

  const PathNode &root_;
  std::vector<Builder> &builders_;
  int row_column_;
  int64_t row_count_ = 0;
};

std::string_view trimmed(std::string_view text);

template <typename Document>
void Extraction::add_row(Document &document, std::string_view source) {
  simdjson::ondemand::object object;
  if (auto problem = document.get_object().get(object)) throw Misfit{-1, simdjson::error_message(problem)};
  read(object, root_);
  if (row_column_ >= 0) builders_[size_t(row_column_)].add(trimmed(source));
  row_count_ += 1;
  for (Builder &builder : builders_)
    if (builder.length() < row_count_) builder.add_null();
}

}  // namespace assay_json
