// The names of the classes of a YOLO dataset.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay_vision {

// Numbers and names of classes.
using ClassNames = std::vector<std::pair<long long, std::string>>;

// The names that a `data.yaml`, `dataset.yaml`, `classes.txt` or `obj.names` gives in one of the
// folders, the first one found; none where there is no such file. Throws `Failure`.
ClassNames find_class_names(const std::vector<std::string> &folders);

// The `names` of a `data.yaml`: a list or a map of numbers to names, in one line or in several.
// `path` is for messages.
ClassNames names_of_yaml(std::string_view text, const std::string &path);

}  // namespace assay_vision
