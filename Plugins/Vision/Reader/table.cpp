#include "table.hpp"

#include <algorithm>

#include "failure.hpp"

namespace assay_vision {

void Table::select(const Options &options, const std::string &path, const std::string &what,
                   const std::string &hint) {
  if (!options.columns) return;
  std::vector<ColumnView> selected;
  for (const std::string &wanted : *options.columns) {
    auto found = std::find_if(columns.begin(), columns.end(),
                              [&](const ColumnView &column) { return column.name == wanted; });
    if (found == columns.end()) {
      std::vector<std::string> names;
      for (const ColumnView &column : columns) names.push_back(column.name);
      std::string text = path + " has no column \"" + wanted + "\": it is " + what + ".";
      if (!hint.empty()) text += " " + hint;
      throw Failure(ASSAY_INVALID_ARGUMENT, text + " Its columns are " + quoted_list(names) + ".");
    }
    selected.push_back(*found);
  }
  columns = std::move(selected);
}

}  // namespace assay_vision
