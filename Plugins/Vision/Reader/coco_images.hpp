// The images and the categories of COCO.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "buffer.hpp"
#include "grouping.hpp"
#include "json_values.hpp"
#include "json_walk.hpp"

namespace assay_vision {

// Numbers that some images lack.
struct MaybeNumbers {
  Buffer<int64_t> values;
  Buffer<uint8_t> valid;
  void push_back(int64_t value, bool is_valid);
};

// Texts that some images lack, one after the other.
struct MaybeTexts {
  Buffer<char> bytes;
  Buffer<uint64_t> ends;
  Buffer<uint8_t> valid;
  void push_back(const std::string &value, bool is_valid);
};

// Lists of ids. The ids of all images one after the other.
struct IdLists {
  Buffer<int64_t> ids;
  // Where the list of each image ends.
  Buffer<uint64_t> ends;
};

// Images in the order of the file, until they are sorted.
struct Images {
  Buffer<int64_t> ids;
  MaybeNumbers widths, heights;
  MaybeTexts file_names, splits;
  IdLists negative_labels, not_exhaustive_labels;

  // Brings them into ascending order of ids. Throws `Failure` where two have the same.
  void sort(const std::string &path);
};

class ImageSink final : public RecordSink {
 public:
  explicit ImageSink(bool looks_only) : ImageSink(looks_only, names()) {}
  void add(ondemand::object record, int64_t index) override;
  void rewind(int64_t index) override;

  Images images;
  // What the first image has.
  bool has_file_names = false, has_sizes = false, has_splits = false, is_lvis = false;

 private:
  ImageSink(bool looks_only, std::vector<const char *> names)
      : looks_only_(looks_only), names_(std::move(names)) {}
  static std::vector<const char *> names();

  bool looks_only_;
  FieldNames names_;
};

// Puts categories into the JSON that parameters of evaluators are.
class CategorySink final : public RecordSink {
 public:
  void add(ondemand::object record, int64_t index) override;
  void rewind(int64_t index) override;

  // The parameters that the categories are: `categories`, `keypoint_names`, `skeleton`.
  std::string parameters() const;

 private:
  // Where each id stands.
  std::unordered_map<int64_t, int64_t> ids_;
  std::vector<std::string> entries_;
  // Of the first category that has some, as JSON.
  std::string keypoint_names_, skeleton_;
};

}  // namespace assay_vision
