// Folders of YOLO: a text file for each image, a line for each object.
#include <algorithm>
#include <map>

#include "class_names.hpp"
#include "failure.hpp"
#include "fields.hpp"
#include "folder.hpp"
#include "json_values.hpp"

namespace assay_vision {
namespace {

constexpr size_t truth_fields = 5;
constexpr size_t result_fields = 6;

// How far a coordinate may be off the image for the rounding of who wrote it.
constexpr double slack = 0.01;

std::string parent_of(const std::string &path) {
  size_t slash = path.rfind('/');
  return slash == path.npos || slash == 0 ? "." : path.substr(0, slash);
}

// Where the labels of a folder are, and where its images may be.
struct Layout {
  std::string labels, images;
};

Layout layout_of(const std::string &folder) {
  if (is_folder(folder + "/labels")) return {folder + "/labels", folder + "/images"};
  std::string path = "/" + folder + "/";
  size_t labels = path.rfind("/labels/");
  if (labels == path.npos) return {folder, ""};
  path.replace(labels, 8, "/images/");
  return {folder, path.substr(1, path.size() - 2)};
}

class YOLOFolder {
 public:
  YOLOFolder(const std::string &folder, const Options &options)
      : folder_(folder), options_(options), layout_(layout_of(folder)) {}

  Table read() {
    find_images();
    objects_.starts.push_back(0);
    for (const auto &[image, files] : images_) {
      objects_.image_ids.push_back(image);
      objects_.file_names.push_back(files.image);
      if (!files.labels.empty()) read_labels(layout_.labels + "/" + files.labels);
      objects_.starts.push_back(objects_.boxes.size() / 4);
    }
    objects_.is_ground_truth = field_count_ != result_fields;
    objects_.is_results = field_count_ != truth_fields;
    const char *what = field_count_ == result_fields  ? "a folder of YOLO results"
                       : field_count_ == truth_fields ? "a folder of YOLO ground truth"
                                                      : "a folder of YOLO without any object";
    return std::move(objects_).table(folder_, what, options_, metadata());
  }

 private:
  struct Files {
    std::string labels, image;
  };

  void find_images() {
    auto labels = names_ending(names_in(layout_.labels), ".txt");
    std::erase(labels, "classes.txt");
    if (labels.empty())
      refuse(folder_ + " has no label files. Give the folder of one split, such as " + folder_ +
             "/labels/val, in which there is a .txt for each image.");
    for (const std::string &name : labels) images_[std::string(stem_of(name))].labels = name;
    if (layout_.images.empty()) return;
    auto names = names_in(layout_.images);
    for (const char *end : {".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff"}) {
      for (const std::string &name : names_ending(names, end)) {
        images_[std::string(stem_of(name))].image = name;
        objects_.has_file_names = true;
      }
    }
  }

  void read_labels(const std::string &path) {
    std::string text = contents(path);
    std::string_view rest = text, line;
    std::vector<std::string_view> fields;
    for (size_t number = 1; next_line(rest, line); ++number) {
      split(line, fields);
      if (!fields.empty()) read_object(fields, [&] { return place(path, number); });
    }
  }

  template <typename Place>
  void read_object(const std::vector<std::string_view> &fields, Place where) {
    if (fields.size() != truth_fields && fields.size() != result_fields)
      refuse(where() + " has " + std::to_string(fields.size()) +
             " fields. A box is class, x, y, width, height, and in results the score. Polygons and "
             "keypoints are read from COCO's files.");
    if (field_count_ == 0) field_count_ = fields.size();
    if (fields.size() != field_count_)
      refuse(where() + " has " + std::to_string(fields.size()) + " fields, and earlier lines have " +
             std::to_string(field_count_) + ". Ground truth has no scores; results have one in every line.");
    int64_t label;
    if (!parse(fields[0], label) || label < 0)
      refuse(where() + " has the class \"" + std::string(fields[0]) + "\". It is a number from 0.");
    double values[5] = {};
    for (size_t part = 1; part < fields.size(); ++part) {
      double &value = values[part - 1];
      if (!parse(fields[part], value))
        refuse(where() + " has \"" + std::string(fields[part]) + "\" where a number belongs.");
      if (part < 5 && (value < (part > 2 ? 0 : -slack) || value > 1 + slack))
        refuse(where() + " has the coordinate " + std::string(fields[part]) +
               ". YOLO's are fractions of the image's size, 0 to 1.");
    }
    double box[4] = {values[0] - values[2] / 2, values[1] - values[3] / 2, values[2], values[3]};
    objects_.boxes.append(box, 4);
    objects_.labels.push_back(label);
    objects_.crowds.push_back(0);
    objects_.scores.push_back(values[4]);
  }

  std::vector<std::pair<std::string, std::string>> metadata() const {
    std::string up = parent_of(layout_.labels);
    auto names = find_class_names({folder_, layout_.labels, up, parent_of(up)});
    // Fractions know no areas in pixels.
    std::string json = "{\"area_ranges\": [{\"name\": \"all\"}]";
    for (size_t index = 0; index < names.size(); ++index)
      json += (index == 0 ? ", \"categories\": [{\"id\": " : ", {\"id\": ") +
              std::to_string(names[index].first) + ", \"name\": " + quoted_json(names[index].second) +
              "}";
    return {{"assay.parameters", json + (names.empty() ? "}" : "]}")}};
  }

  const std::string &folder_;
  const Options &options_;
  Layout layout_;
  // By the images' names, ascending.
  std::map<std::string, Files> images_;
  NamedObjects objects_;
  // 5 or 6; 0 before the first object.
  size_t field_count_ = 0;
};

}  // namespace

Table read_yolo(const std::string &folder, const Options &options) {
  return YOLOFolder(folder, options).read();
}

}  // namespace assay_vision
