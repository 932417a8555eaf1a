// Folders of Pascal VOC: an XML file for each image, or results as text.
#include <algorithm>
#include <map>

#include "failure.hpp"
#include "fields.hpp"
#include "folder.hpp"
#include "voc_file.hpp"

namespace assay_vision {
namespace {

// VOC's corners are the first and the last pixel, counted from 1; a box here is where it
// begins and how large it is.
void append_box(const double (&corners)[4], const std::string &where, NamedObjects &objects) {
  double box[4] = {corners[0] - 1, corners[1] - 1, corners[2] - corners[0] + 1,
                   corners[3] - corners[1] + 1};
  if (box[2] < 1 || box[3] < 1)
    refuse(where + " has a box whose last pixel is before its first one. Corners are xmin, ymin, "
                   "xmax, ymax.");
  objects.boxes.append(box, 4);
}

class VOCFolder {
 public:
  explicit VOCFolder(const std::string &folder) : folder_(folder) {
    if (is_folder(folder + "/Annotations")) folder_ += "/Annotations";
  }

  Table read(const Options &options) {
    auto names = names_ending(names_in(folder_), ".xml");
    if (names.empty()) refuse(folder_ + " has no .xml files.");
    objects_.starts.push_back(0);
    objects_.has_names = objects_.has_file_names = objects_.has_sizes = true;
    for (const std::string &name : names) add_image(name);
    objects_.is_ground_truth = has_unscored_ || !has_scored_;
    objects_.is_results = has_scored_ || !has_unscored_;
    const char *what = has_scored_     ? "a folder of Pascal VOC results"
                       : has_unscored_ ? "a folder of Pascal VOC ground truth"
                                       : "a folder of Pascal VOC without any object";
    return std::move(objects_).table(folder_, what, options, {});
  }

 private:
  void add_image(const std::string &name) {
    std::string path = folder_ + "/" + name;
    VOCFile file = read_voc_file(path);
    objects_.image_ids.push_back(stem_of(name));
    objects_.file_names.push_back(file.file_name);
    objects_.has_sizes = objects_.has_sizes && file.width && file.height;
    objects_.widths.push_back(whole(file.width, path));
    objects_.heights.push_back(whole(file.height, path));
    for (size_t index = 0; index < file.objects.size(); ++index)
      add_object(file.objects[index], path + ", object " + std::to_string(index + 1));
    objects_.starts.push_back(objects_.crowds.size());
  }

  static int64_t whole(std::optional<double> value, const std::string &path) {
    if (!value) return 0;
    if (*value < 0 || *value > INT32_MAX) refuse(path + " has an impossible <size>.");
    return int64_t(*value);
  }

  void add_object(const VOCObject &object, const std::string &where) {
    if (object.name.empty()) refuse(where + " has no <name>.");
    const char *names[] = {"xmin", "ymin", "xmax", "ymax"};
    double corners[4];
    for (size_t corner = 0; corner < 4; ++corner) {
      if (!object.corners[corner]) refuse(where + " has no <" + names[corner] + "> in its <bndbox>.");
      corners[corner] = *object.corners[corner];
    }
    append_box(corners, where, objects_);
    (object.score ? has_scored_ : has_unscored_) = true;
    if (has_scored_ && has_unscored_)
      refuse(where + " has " + (object.score ? "a" : "no") + " <score>, and earlier ones have " +
             (object.score ? "none" : "one") + ". Results have one for each object, ground truth has none.");
    objects_.names.push_back(object.name);
    objects_.scores.push_back(object.score.value_or(0));
    objects_.crowds.push_back(object.is_difficult);
  }

  std::string folder_;
  NamedObjects objects_;
  bool has_scored_ = false, has_unscored_ = false;
};

// The class of `comp4_det_val_person.txt`: what is behind the set's name.
std::string class_of(const std::string &name) {
  std::string stem(stem_of(name));
  size_t det = stem.find("_det_");
  size_t behind = det == stem.npos ? stem.npos : stem.find('_', det + 5);
  return behind == stem.npos ? stem : stem.substr(behind + 1);
}

struct Detection {
  double score, corners[4];
  std::string name, where;
};

void read_class(const std::string &path, const std::string &name,
                std::map<std::string, std::vector<Detection>, std::less<>> &images) {
  std::string text = contents(path);
  std::string_view rest = text, line;
  std::vector<std::string_view> fields;
  for (size_t number = 1; next_line(rest, line); ++number) {
    split(line, fields);
    if (fields.empty()) continue;
    std::string where = place(path, number);
    if (fields.size() != 6)
      refuse(where + " has " + std::to_string(fields.size()) +
             " fields. A detection of Pascal VOC is image, score, xmin, ymin, xmax, ymax.");
    Detection detection{0, {}, name, where};
    for (size_t part = 1; part < 6; ++part) {
      double &value = part == 1 ? detection.score : detection.corners[part - 2];
      if (!parse(fields[part], value))
        refuse(where + " has \"" + std::string(fields[part]) + "\" where a number belongs.");
    }
    images[std::string(fields[0])].push_back(std::move(detection));
  }
}

}  // namespace

Table read_voc_xml(const std::string &folder, const Options &options) {
  return VOCFolder(folder).read(options);
}

Table read_voc_text(const std::string &folder, const Options &options) {
  auto files = names_ending(names_in(folder), ".txt");
  if (files.empty()) refuse(folder + " has no .xml files and no results as .txt.");
  std::map<std::string, std::vector<Detection>, std::less<>> images;
  for (const std::string &name : files) read_class(folder + "/" + name, class_of(name), images);
  NamedObjects objects;
  objects.is_ground_truth = false;
  objects.has_names = true;
  objects.starts.push_back(0);
  for (const auto &[image, detections] : images) {
    objects.image_ids.push_back(image);
    for (const Detection &detection : detections) {
      append_box(detection.corners, detection.where, objects);
      objects.names.push_back(detection.name);
      objects.scores.push_back(detection.score);
    }
    objects.starts.push_back(objects.scores.size());
  }
  return std::move(objects).table(folder, "a folder of Pascal VOC results", options, {});
}

}  // namespace assay_vision
