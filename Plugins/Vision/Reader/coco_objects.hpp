// The objects of COCO, that is annotations or detections, as flat columns.
#pragma once

#include <cstdint>

#include "buffer.hpp"
#include "flat_records.hpp"
#include "grouping.hpp"
#include "json_values.hpp"
#include "json_walk.hpp"
#include "masks.hpp"
#include "options.hpp"

namespace assay_vision {

enum class Side { ground_truth, results };

// Which parts of objects there are, or are wanted.
struct Parts {
  bool boxes = false;
  bool labels = false;
  bool scores = false;
  bool areas = false;
  bool crowds = false;
  bool ids = false;
  bool masks = false;
  bool mask_sizes = false;
  bool keypoints = false;
  bool keypoint_counts = false;
};

// Objects in the order of the file. Of every part there is a value for each object, or none
// at all.
struct Objects {
  Buffer<int64_t> images, labels, ids, keypoint_counts;
  Buffer<double> boxes, scores, areas, keypoints;
  Buffer<uint8_t> crowds;
  Masks masks;
  // How many numbers the keypoints of one object are.
  size_t keypoint_values = 0;

  // Brings everything into the groups' order.
  void arrange(const Groups &groups);
};

class ObjectSink final : public RecordSink {
 public:
  // `looks_only`: reads the first record, to know what there is.
  ObjectSink(Side side, const Options &options, bool looks_only);

  void add(ondemand::object record, int64_t index) override;
  const char *add_plain(const char *text, int64_t &index) override;
  void rewind(int64_t index) override;
  bool is_satisfied() const override { return stops_early && has_looked_; }

  // What the first record has; everything where there is none.
  const Parts &available() const { return available_; }
  // What is both there and asked for.
  const Parts &wanted() const { return wanted_; }

  Objects objects;
  // Whether to end after the first record where nothing else is asked for.
  bool stops_early = false;

 private:
  // What one record had, by field.
  struct Record {
    bool has[10] = {};
    int64_t image = 0, label = 0, id = 0, crowd = 0, keypoint_count = 0;
    double box[4] = {};
    double score = 0, area = 0;
  };

  void look(ondemand::object record);
  void choose();
  void learn_plain(std::string_view record, const bool *has);
  void read(int field, ondemand::value value, int64_t index, Record &record);
  void read_box(ondemand::value value, Record &record);
  void read_keypoints(ondemand::value value, int64_t index);
  void finish(const Record &record, int64_t index);

  Side side_;
  const Options &options_;
  bool looks_only_;
  bool has_looked_ = false;
  Parts available_;
  Parts wanted_;
  FieldNames names_;
  FlatRecords plain_records_;
  Record plain_;
  double ignored_ = 0;
};

}  // namespace assay_vision
