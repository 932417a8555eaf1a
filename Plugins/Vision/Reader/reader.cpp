// The functions that the manifest names.
#include "include/CVisionReader.h"

#include "coco.hpp"
#include "failure.hpp"
#include "folder.hpp"
#include "options.hpp"

namespace assay_vision {
namespace {

Table read_json(const std::string &path, const Options &options) {
  JSONWalk walk(path);
  switch (walk.peek()) {
    case '[': return read_results(walk, options);
    case '{': return read_ground_truth(walk, options);
    case 0: refuse(path + " is empty.");
    default: refuse(path + " is no JSON of COCO: ground truth is an object, results are a list.");
  }
}

// What a folder holds is told by the names in it, whichever reader was asked for.
Table read_folder(const std::string &path, const Options &options, FolderKind kind) {
  switch (kind) {
    case FolderKind::yolo: return read_yolo(path, options);
    case FolderKind::voc_xml: return read_voc_xml(path, options);
    case FolderKind::voc_text: return read_voc_text(path, options);
    case FolderKind::nothing: break;
  }
  refuse(path + " holds no annotations: no .txt of YOLO, no .xml of Pascal VOC. A COCO file is given "
                "by its own name.");
}

using Read = Table (*)(const std::string &path, const Options &options);

int32_t open(const char *uri, const char *options, size_t options_len, ArrowArrayStream *out,
             assay_error *error, Read read) noexcept {
  return guarded(error, [&] {
    Options wanted = parse_options(options, options_len);
    export_table(read(path_of(uri), wanted), wanted, out);
  });
}

Table read_any(const std::string &path, const Options &options) {
  return is_folder(path) ? read_folder(path, options, kind_of(path)) : read_json(path, options);
}

Table read_as_voc(const std::string &path, const Options &options) {
  if (!is_folder(path)) return read_json(path, options);
  auto kind = kind_of(path);
  return read_folder(path, options, kind == FolderKind::yolo ? FolderKind::voc_text : kind);
}

}  // namespace
}  // namespace assay_vision

using namespace assay_vision;

int32_t assay_vision_open_coco(const char *uri, const char *options, size_t options_len,
                               struct ArrowArrayStream *out, struct assay_error *error) {
  return open(uri, options, options_len, out, error, read_any);
}

int32_t assay_vision_open_yolo(const char *uri, const char *options, size_t options_len,
                               struct ArrowArrayStream *out, struct assay_error *error) {
  return open(uri, options, options_len, out, error, read_any);
}

int32_t assay_vision_open_voc(const char *uri, const char *options, size_t options_len,
                              struct ArrowArrayStream *out, struct assay_error *error) {
  return open(uri, options, options_len, out, error, read_as_voc);
}
