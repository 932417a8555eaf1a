#include "class_names.hpp"

#include <algorithm>
#include <sys/stat.h>

#include "failure.hpp"
#include "fields.hpp"
#include "folder.hpp"

namespace assay_vision {
namespace {

bool is_file(const std::string &path) {
  struct stat status;
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

// A plain or a quoted scalar without the comment behind it.
std::string scalar(std::string_view text) {
  text = trimmed(text);
  if (!text.empty() && (text[0] == '\'' || text[0] == '"')) {
    size_t end = text.find(text[0], 1);
    return std::string(text.substr(1, end == text.npos ? end : end - 1));
  }
  size_t comment = text.find(" #");
  return std::string(trimmed(text.substr(0, comment)));
}

class YAMLNames {
 public:
  YAMLNames(std::string_view text, const std::string &path) : text_(text), path_(path) {}

  ClassNames read() {
    std::string_view line;
    while (next_line(text_, line)) {
      if (!line.starts_with("names:")) continue;
      std::string_view value = trimmed(line.substr(6));
      if (value.starts_with('#')) value = {};
      if (value.empty()) {
        read_block();
      } else {
        read_flow(value);
      }
      break;
    }
    return std::move(names_);
  }

 private:
  [[noreturn]] void refuse_names() const {
    refuse(path_ + " has \"names\" that are neither a list nor a map of numbers to names. Write the "
                   "names into a classes.txt beside it, one a line.");
  }

  void add(std::string_view entry, bool is_map) {
    if (!is_map) {
      names_.emplace_back(static_cast<long long>(names_.size()), scalar(entry));
      return;
    }
    size_t colon = entry.find(':');
    int64_t number = 0;
    if (colon == entry.npos || !parse(scalar(entry.substr(0, colon)), number)) refuse_names();
    names_.emplace_back(number, scalar(entry.substr(colon + 1)));
  }

  // `[a, b]` or `{0: a, 1: b}`, which may go on in the next lines.
  void read_flow(std::string_view start) {
    bool is_map = start[0] == '{';
    char close = is_map ? '}' : ']';
    if (!is_map && start[0] != '[') refuse_names();
    std::string all(start.substr(1));
    std::string_view line;
    while (all.find(close) == all.npos) {
      if (!next_line(text_, line)) refuse_names();
      all += ' ';
      all += line;
    }
    std::string entry;
    char quote = 0;
    for (char sign : all) {
      if (quote == 0 && (sign == ',' || sign == close)) {
        if (!trimmed(entry).empty()) add(entry, is_map);
        entry.clear();
        if (sign == close) return;
        continue;
      }
      if (quote == 0 && (sign == '\'' || sign == '"')) {
        quote = sign;
      } else if (sign == quote) {
        quote = 0;
      }
      entry += sign;
    }
    refuse_names();
  }

  // A line for each entry: `- a`, or `0: a`.
  void read_block() {
    std::string_view line;
    while (next_line(text_, line)) {
      std::string_view entry = trimmed(line);
      if (entry.empty() || entry.starts_with('#')) continue;
      bool is_item = entry.starts_with("- ");
      if (!is_item && line.front() != ' ') return;
      add(is_item ? entry.substr(2) : entry, !is_item);
    }
  }

  std::string_view text_;
  const std::string &path_;
  ClassNames names_;
};

ClassNames names_of_lines(std::string_view text) {
  ClassNames names;
  for (std::string_view line; next_line(text, line);)
    names.emplace_back(static_cast<long long>(names.size()), trimmed(line));
  while (!names.empty() && names.back().second.empty()) names.pop_back();
  return names;
}

}  // namespace

ClassNames names_of_yaml(std::string_view text, const std::string &path) {
  return YAMLNames(text, path).read();
}

ClassNames find_class_names(const std::vector<std::string> &folders) {
  for (const std::string &folder : folders) {
    for (const char *name : {"data.yaml", "data.yml", "dataset.yaml"}) {
      std::string path = folder + "/" + name;
      if (!is_file(path)) continue;
      ClassNames names = names_of_yaml(contents(path), path);
      if (!names.empty()) return names;
    }
    for (const char *name : {"classes.txt", "obj.names", "classes.names"}) {
      std::string path = folder + "/" + name;
      if (is_file(path)) return names_of_lines(contents(path));
    }
  }
  return {};
}

}  // namespace assay_vision
