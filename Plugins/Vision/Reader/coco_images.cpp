#include "coco_images.hpp"

#include <algorithm>
#include <numeric>

#include "failure.hpp"

namespace assay_vision {
namespace {

enum Field : int { id, file_name, width, height, split, negative, not_exhaustive };

// The list of each image, which ended at `ends`, in the groups' order.
void arrange_lists(IdLists &lists, const Groups &groups) {
  if (lists.ends.empty()) return;
  IdLists arranged;
  for (size_t place = 0; place < groups.order.size(); ++place) {
    size_t image = groups.order[place];
    uint64_t start = image == 0 ? 0 : lists.ends[image - 1];
    arranged.ids.append(lists.ids.data() + start, size_t(lists.ends[image] - start));
    arranged.ends.push_back(arranged.ids.size());
  }
  lists = std::move(arranged);
}

// A list as JSON again, checked item by item.
template <typename Item>
std::string json_list(ondemand::value value, const char *name, Item item) {
  ondemand::array items;
  if (value.get(items)) throw Problem{"has no list in \"" + std::string(name) + "\"."};
  std::string result = "[";
  for (ondemand::value element : items) result += (result.size() > 1 ? ", " : "") + item(element);
  return result + "]";
}

}  // namespace

void MaybeNumbers::push_back(int64_t value, bool is_valid) {
  values.push_back(value);
  valid.push_back(is_valid);
}

void MaybeTexts::push_back(const std::string &value, bool is_valid) {
  bytes.append(value.data(), value.size());
  ends.push_back(bytes.size());
  valid.push_back(is_valid);
}

void Images::sort(const std::string &path) {
  Groups groups;
  groups.order.resize(ids.size());
  std::iota(groups.order.data(), groups.order.data() + ids.size(), 0u);
  auto by_id = [&](uint32_t a, uint32_t b) {
    return ids[a] < ids[b] || (ids[a] == ids[b] && a < b);
  };
  std::sort(groups.order.data(), groups.order.data() + ids.size(), by_id);
  for (size_t place = 1; place < ids.size(); ++place) {
    uint32_t before = groups.order[place - 1], after = groups.order[place];
    if (ids[before] == ids[after])
      refuse(path + ": images[" + std::to_string(before) + "] and images[" + std::to_string(after) +
             "] have the same id, " + std::to_string(ids[after]) + ". Every image needs its own.");
  }
  for (MaybeNumbers *numbers : {&widths, &heights}) {
    arrange(numbers->values, 1, groups);
    arrange(numbers->valid, 1, groups);
  }
  for (MaybeTexts *texts : {&file_names, &splits}) {
    arrange(texts->bytes, texts->ends, groups);
    arrange(texts->valid, 1, groups);
  }
  arrange_lists(negative_labels, groups);
  arrange_lists(not_exhaustive_labels, groups);
  arrange(ids, 1, groups);
}

std::vector<const char *> ImageSink::names() {
  return {"id", "file_name", "width", "height", "split", "neg_category_ids",
          "not_exhaustive_category_ids"};
}

void ImageSink::add(ondemand::object fields, int64_t index) {
  if (looks_only_ && index > 0) return;
  int64_t image = 0, sizes[2] = {};
  std::string name, part;
  bool has[7] = {};
  auto read_ids = [&](ondemand::value value, const char *key, IdLists &lists) {
    lists.ids.resize(index == 0 ? 0 : size_t(lists.ends[size_t(index) - 1]));
    append_integers(value, key, lists.ids);
  };
  names_.begin();
  for (ondemand::field field : fields) {
    int position = names_.find(field.key());
    if (position == FieldNames::unknown || field.value().is_null()) continue;
    has[position] = true;
    switch (position) {
      case id: image = integer(field.value(), "id"); break;
      case file_name: name = text(field.value(), "file_name"); break;
      case width: sizes[0] = integer(field.value(), "width"); break;
      case height: sizes[1] = integer(field.value(), "height"); break;
      case split: part = text(field.value(), "split"); break;
      case negative:
        read_ids(field.value(), "neg_category_ids", images.negative_labels);
        break;
      case not_exhaustive:
        read_ids(field.value(), "not_exhaustive_category_ids", images.not_exhaustive_labels);
    }
  }
  if (!has[id]) throw Problem{"has no \"id\". Every image needs its own."};
  if (sizes[0] < 0 || sizes[1] < 0) throw Problem{"has a negative size."};
  if (index == 0) {
    has_file_names = has[file_name];
    has_sizes = has[width] && has[height];
    has_splits = has[split];
    is_lvis = has[negative] || has[not_exhaustive];
  }
  images.ids.push_back(image);
  images.widths.push_back(sizes[0], has[width]);
  images.heights.push_back(sizes[1], has[height]);
  images.file_names.push_back(name, has[file_name]);
  images.splits.push_back(part, has[split]);
  images.negative_labels.ends.push_back(images.negative_labels.ids.size());
  images.not_exhaustive_labels.ends.push_back(images.not_exhaustive_labels.ids.size());
}

void ImageSink::rewind(int64_t index) {
  auto count = std::min(size_t(index), images.ids.size());
  auto end = [&](const Buffer<uint64_t> &ends) { return count == 0 ? 0 : size_t(ends[count - 1]); };
  auto cut = [&](auto &values) {
    if (values.size() > count) values.resize(count);
  };
  for (MaybeTexts *texts : {&images.file_names, &images.splits}) {
    cut(texts->ends);
    cut(texts->valid);
    texts->bytes.resize(end(texts->ends));
  }
  for (MaybeNumbers *numbers : {&images.widths, &images.heights}) {
    cut(numbers->values);
    cut(numbers->valid);
  }
  for (IdLists *lists : {&images.negative_labels, &images.not_exhaustive_labels}) {
    cut(lists->ends);
    lists->ids.resize(end(lists->ends));
  }
  cut(images.ids);
}

void CategorySink::add(ondemand::object fields, int64_t index) {
  bool has_id = false;
  int64_t number = 0;
  std::string name, extra;
  for (ondemand::field field : fields) {
    auto key = field.key();
    ondemand::value value = field.value();
    if (value.is_null()) continue;
    if (key == "id") {
      number = integer(value, "id");
      has_id = true;
    } else if (key == "name") {
      name = text(value, "name");
    } else if (key == "supercategory" || key == "frequency") {
      const char *known = key == "frequency" ? "frequency" : "supercategory";
      extra += ", \"" + std::string(known) + "\": " + quoted_json(text(value, known));
    } else if (key == "keypoints" && keypoint_names_.empty()) {
      keypoint_names_ = json_list(value, "keypoints", [](ondemand::value item) {
        return quoted_json(text(item, "keypoints"));
      });
    } else if (key == "skeleton" && skeleton_.empty()) {
      skeleton_ = json_list(value, "skeleton", [](ondemand::value bone) {
        return json_list(bone, "skeleton", [](ondemand::value end) {
          return std::to_string(integer(end, "skeleton"));
        });
      });
    }
  }
  if (!has_id) throw Problem{"has no \"id\". Every category needs its own."};
  if (!ids_.emplace(number, index).second)
    throw Problem{"has the id " + std::to_string(number) + " of another. Every category needs its own."};
  if (name.empty()) name = std::to_string(number);
  entries_.push_back("{\"id\": " + std::to_string(number) + ", \"name\": " + quoted_json(name) + extra + "}");
}

void CategorySink::rewind(int64_t index) {
  std::erase_if(ids_, [&](const auto &entry) { return entry.second >= index; });
  entries_.resize(std::min(entries_.size(), size_t(index)));
}

std::string CategorySink::parameters() const {
  std::string result = "{\"categories\": [";
  for (size_t index = 0; index < entries_.size(); ++index)
    result += (index > 0 ? ", " : "") + entries_[index];
  result += "]";
  if (!keypoint_names_.empty()) result += ", \"keypoint_names\": " + keypoint_names_;
  if (!skeleton_.empty()) result += ", \"skeleton\": " + skeleton_;
  return result + "}";
}

}  // namespace assay_vision
