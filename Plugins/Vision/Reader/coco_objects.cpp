#include "coco_objects.hpp"

#include <algorithm>
#include <iterator>

namespace assay_vision {
namespace {

enum Field : int {
  image_id,
  category_id,
  bbox,
  score,
  segmentation,
  keypoints,
  id,
  area,
  iscrowd,
  num_keypoints,
  field_count
};

std::vector<const char *> field_names() {
  return {"image_id", "category_id", "bbox", "score", "segmentation",
          "keypoints", "id", "area", "iscrowd", "num_keypoints"};
}

[[noreturn]] void missing(const char *name, const char *remedy) {
  throw Problem{"has no \"" + std::string(name) + "\". " + remedy};
}

}  // namespace

void Objects::arrange(const Groups &groups) {
  assay_vision::arrange(labels, 1, groups);
  assay_vision::arrange(ids, 1, groups);
  assay_vision::arrange(keypoint_counts, 1, groups);
  assay_vision::arrange(boxes, 4, groups);
  assay_vision::arrange(scores, 1, groups);
  assay_vision::arrange(areas, 1, groups);
  assay_vision::arrange(keypoints, keypoint_values, groups);
  assay_vision::arrange(crowds, 1, groups);
  assay_vision::arrange(masks.sizes, 2, groups);
  assay_vision::arrange(masks.bytes, masks.ends, groups);
}

ObjectSink::ObjectSink(Side side, const Options &options, bool looks_only)
    : side_(side), options_(options), looks_only_(looks_only), names_(field_names()) {
  available_ = {true, true, true, true, true, true, true, true, true, true};
  choose();
}

void ObjectSink::add(ondemand::object fields, int64_t index) {
  if (index == 0) look(fields);
  if (looks_only_) return;
  Record record;
  names_.begin();
  for (ondemand::field field : fields) {
    int position = names_.find(field.key());
    if (position == FieldNames::unknown) continue;
    record.has[position] = true;
    read(position, field.value(), index, record);
  }
  finish(record, index);
}

// Reads a record without keeping it.
void ObjectSink::look(ondemand::object fields) {
  bool has[field_count] = {};
  names_.begin();
  for (ondemand::field field : fields) {
    int position = names_.find(field.key());
    if (position != FieldNames::unknown) has[position] = true;
  }
  if (side_ == Side::results && !has[score])
    missing("score", "Results have one for each detection; ground truth is a whole COCO file with "
                     "\"images\", \"annotations\" and \"categories\", not a list.");
  available_ = Parts{};
  available_.boxes = has[bbox];
  available_.labels = true;
  available_.scores = side_ == Side::results;
  available_.areas = has[area] || has[bbox];
  available_.crowds = true;
  available_.ids = has[id];
  available_.masks = available_.mask_sizes = has[segmentation];
  available_.keypoints = has[keypoints];
  available_.keypoint_counts = has[num_keypoints] || has[keypoints];
  choose();
  has_looked_ = true;
  std::string_view text;
  if (auto problem = fields.reset().error()) throw simdjson::simdjson_error(problem);
  if (auto problem = fields.raw_json().get(text)) throw simdjson::simdjson_error(problem);
  if (auto problem = fields.reset().error()) throw simdjson::simdjson_error(problem);
  learn_plain(text, has);
}

// Where the numbers of records go that are written as this one.
void ObjectSink::learn_plain(std::string_view record, const bool *has) {
  plain_records_.learn(record);
  if (wanted_.keypoints || (wanted_.keypoint_counts && !has[num_keypoints]))
    return plain_records_.forget();
  struct Place {
    const char *field;
    int64_t *integer;
    double *number;
  } places[] = {{"image_id", &plain_.image, nullptr}, {"category_id", &plain_.label, nullptr},
                {"id", &plain_.id, nullptr},          {"iscrowd", &plain_.crowd, nullptr},
                {"score", nullptr, &plain_.score},    {"area", nullptr, &plain_.area},
                {"num_keypoints", &plain_.keypoint_count, nullptr}};
  bool bound[5 + std::size(places)] = {};
  for (FlatRecords::Slot &slot : plain_records_.slots()) {
    slot.number = &ignored_;
    size_t binding = std::size(bound);
    if (slot.field == "bbox" && slot.element < 4) {
      slot.number = &plain_.box[slot.element];
      binding = slot.element;
    }
    for (size_t place = 0; place < std::size(places); ++place) {
      if (slot.field != places[place].field) continue;
      slot.integer = places[place].integer;
      slot.number = places[place].number;
      binding = 5 + place;
    }
    bool is_strange = binding < std::size(bound) && bound[binding];
    if (is_strange || (slot.element > 3 && slot.field == "bbox")) return plain_records_.forget();
    if (binding < std::size(bound)) bound[binding] = true;
  }
  if (has[bbox] && !bound[3]) return plain_records_.forget();
  std::copy_n(has, std::size(plain_.has), plain_.has);
}

const char *ObjectSink::add_plain(const char *text, int64_t &index) {
  if (!plain_records_.is_usable() || looks_only_) return text;
  auto behind_space = [](const char *place) {
    while (*place == ' ' || *place == '\n' || *place == '\r' || *place == '\t') place += 1;
    return place;
  };
  const char *done = text;
  for (const char *place = text;; ++place) {
    place = plain_records_.read(behind_space(place));
    if (place == nullptr) return done;
    place = behind_space(place);
    // What is wrong with a record, the other way of reading says.
    if (*place != ',' && *place != ']') return done;
    if (plain_.box[2] < 0 || plain_.box[3] < 0 || plain_.crowd < 0 || plain_.crowd > 1) return done;
    finish(plain_, index++);
    done = place;
    if (*place == ']') return done;
  }
}

void ObjectSink::choose() {
  wanted_ = Parts{};
  auto choose = [&](bool Parts::*part, const char *results, const char *truth) {
    const char *name = side_ == Side::results ? results : truth;
    wanted_.*part = available_.*part && name != nullptr && options_.wants(name);
  };
  choose(&Parts::boxes, "boxes", "truth_boxes");
  choose(&Parts::labels, "labels", "truth_labels");
  choose(&Parts::scores, "scores", nullptr);
  choose(&Parts::areas, nullptr, "truth_areas");
  choose(&Parts::crowds, nullptr, "truth_crowds");
  choose(&Parts::ids, nullptr, "truth_ids");
  choose(&Parts::masks, "masks", "truth_masks");
  choose(&Parts::mask_sizes, "mask_sizes", nullptr);
  choose(&Parts::keypoints, "keypoints", "truth_keypoints");
  choose(&Parts::keypoint_counts, nullptr, "truth_keypoint_counts");
}

void ObjectSink::read(int field, ondemand::value value, int64_t index, Record &record) {
  switch (field) {
    case image_id: record.image = integer(value, "image_id"); break;
    case category_id:
      if (wanted_.labels) record.label = integer(value, "category_id");
      break;
    case bbox:
      if (wanted_.boxes || wanted_.areas) read_box(value, record);
      break;
    case score:
      if (wanted_.scores) record.score = number(value, "score");
      break;
    case segmentation:
      if (!wanted_.masks && !wanted_.mask_sizes) break;
      objects.masks.truncate(size_t(index));
      append_mask(value, objects.masks);
      break;
    case keypoints:
      if (wanted_.keypoints || wanted_.keypoint_counts) read_keypoints(value, index);
      break;
    case id:
      if (wanted_.ids) record.id = integer(value, "id");
      break;
    case area:
      if (wanted_.areas) record.area = number(value, "area");
      break;
    case iscrowd:
      if (wanted_.crowds) record.crowd = flag(value, "iscrowd");
      break;
    case num_keypoints:
      if (wanted_.keypoint_counts) record.keypoint_count = integer(value, "num_keypoints");
  }
}

void ObjectSink::read_box(ondemand::value value, Record &record) {
  ondemand::array numbers;
  if (value.get(numbers)) throw Problem{"has a \"bbox\" that is no list. Write [x, y, width, height]."};
  size_t count = 0;
  for (ondemand::value item : numbers) {
    double part = number(item, "bbox");
    if (count < 4) record.box[count] = part;
    count += 1;
  }
  if (count != 4)
    throw Problem{"has a \"bbox\" of " + std::to_string(count) +
                  " numbers. Write [x, y, width, height]."};
  if (record.box[2] < 0 || record.box[3] < 0)
    throw Problem{"has a \"bbox\" of a negative size. COCO's boxes are [x, y, width, height], "
                  "not corners."};
}

void ObjectSink::read_keypoints(ondemand::value value, int64_t index) {
  objects.keypoints.resize(size_t(index) * objects.keypoint_values);
  size_t count = append_numbers(value, "keypoints", objects.keypoints);
  if (count % 3 != 0 || count == 0)
    throw Problem{"has " + std::to_string(count) + " numbers in \"keypoints\". Every keypoint is x, y "
                  "and its visibility."};
  if (index == 0) objects.keypoint_values = count;
  if (count != objects.keypoint_values)
    throw Problem{"has " + std::to_string(count / 3) + " keypoints, and the first record has " +
                  std::to_string(objects.keypoint_values / 3) + ". All need as many."};
}

void ObjectSink::finish(const Record &record, int64_t index) {
  if (!record.has[image_id]) missing("image_id", "Every record needs its image's id.");
  if (!record.has[category_id] && wanted_.labels)
    missing("category_id", "Every record needs the id of its category.");
  if (!record.has[bbox] && wanted_.boxes) missing("bbox", "The first record has one; all need it.");
  if (!record.has[score] && wanted_.scores)
    missing("score", "Results have one for each detection.");
  if (!record.has[segmentation] && (wanted_.masks || wanted_.mask_sizes))
    missing("segmentation", "The first record has one; all need it.");
  if (!record.has[keypoints] && wanted_.keypoints)
    missing("keypoints", "The first record has some; all need them.");
  if (!record.has[id] && wanted_.ids) missing("id", "The first record has one; all need it.");
  if (!record.has[area] && !record.has[bbox] && wanted_.areas)
    missing("area", "Without it and without \"bbox\" the size of the object is not known.");
  objects.images.push_back(record.image);
  if (wanted_.labels) objects.labels.push_back(record.label);
  if (wanted_.boxes) objects.boxes.append(record.box, 4);
  if (wanted_.scores) objects.scores.push_back(record.score);
  if (wanted_.areas) {
    double area_of_box = record.box[2] * record.box[3];
    objects.areas.push_back(record.has[area] ? record.area : area_of_box);
  }
  if (wanted_.crowds) objects.crowds.push_back(record.crowd != 0);
  if (wanted_.ids) objects.ids.push_back(record.id);
  if (!wanted_.keypoint_counts) return;
  int64_t count = record.keypoint_count;
  if (!record.has[num_keypoints] && record.has[keypoints]) {
    const double *visibility = objects.keypoints.data() + size_t(index) * objects.keypoint_values;
    for (size_t part = 2; part < objects.keypoint_values; part += 3) count += visibility[part] > 0;
  }
  objects.keypoint_counts.push_back(count);
}

void ObjectSink::rewind(int64_t index) {
  auto count = size_t(index);
  auto cut = [&](auto &values, size_t stride) {
    if (values.size() > count * stride) values.resize(count * stride);
  };
  cut(objects.images, 1);
  cut(objects.labels, 1);
  cut(objects.ids, 1);
  cut(objects.keypoint_counts, 1);
  cut(objects.boxes, 4);
  cut(objects.scores, 1);
  cut(objects.areas, 1);
  cut(objects.crowds, 1);
  cut(objects.keypoints, objects.keypoint_values);
  if (wanted_.masks || wanted_.mask_sizes) objects.masks.truncate(count);
}

}  // namespace assay_vision
