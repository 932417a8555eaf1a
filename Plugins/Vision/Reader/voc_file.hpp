// One XML file of Pascal VOC.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace assay_vision {

struct VOCObject {
  std::string name;
  // Of the first and of the last pixel, from 1: xmin, ymin, xmax, ymax.
  std::optional<double> corners[4];
  bool is_difficult = false;
  std::optional<double> score;
};

struct VOCFile {
  std::string file_name;
  std::optional<double> width, height;
  std::vector<VOCObject> objects;
};

// Throws `Failure` where the file is no XML, or holds text where numbers belong.
VOCFile read_voc_file(const std::string &path);

}  // namespace assay_vision
