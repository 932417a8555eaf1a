// Folders of annotation files.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "buffer.hpp"
#include "grouping.hpp"
#include "options.hpp"
#include "table.hpp"

namespace assay_vision {

bool is_folder(const std::string &path);

// The names of the entries of a folder, in ascending order of bytes; none where there is no
// such folder.
std::vector<std::string> names_in(const std::string &folder);

// Those that end so, such as in ".txt"; case does not count.
std::vector<std::string> names_ending(const std::vector<std::string> &names, std::string_view end);

// A file's name without its folder and without what follows its last dot.
std::string_view stem_of(std::string_view path);

// The bytes of a file, which is not packed.
std::string contents(const std::string &path);

// Images and their objects as folders have them: known by name.
struct NamedObjects {
  // Texts one after the other.
  struct Texts {
    Buffer<char> bytes;
    Buffer<uint64_t> ends;
    void push_back(std::string_view text);
  };

  // What the objects are; both where there are none to tell from.
  bool is_ground_truth = true;
  bool is_results = true;

  // A value for each image.
  Texts image_ids, file_names;
  Buffer<int64_t> widths, heights;
  // Where the objects of each image begin, and where the last one's end.
  Buffer<uint64_t> starts;
  // A value for each object: x, y, width and height; a name or a number.
  Buffer<double> boxes, scores;
  Buffer<int64_t> labels;
  Texts names;
  Buffer<uint8_t> crowds;

  bool has_file_names = false, has_sizes = false, has_names = false;

  // The columns, some of which are `truth_…` or not, as the objects are.
  Table table(const std::string &path, const std::string &what, const Options &options,
              std::vector<std::pair<std::string, std::string>> metadata) &&;
};

// What a folder is, by what lies in it.
enum class FolderKind { yolo, voc_xml, voc_text, nothing };
FolderKind kind_of(const std::string &folder);

// Throw `Failure`.
Table read_yolo(const std::string &folder, const Options &options);
Table read_voc_xml(const std::string &folder, const Options &options);
Table read_voc_text(const std::string &folder, const Options &options);

}  // namespace assay_vision
