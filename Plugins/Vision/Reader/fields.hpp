// Lines of text and the fields between their spaces.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay_vision {

// The next line of a text, without its end, taken from its front. False at the text's end.
bool next_line(std::string_view &text, std::string_view &line);

// What stands between spaces.
void split(std::string_view line, std::vector<std::string_view> &fields);

// Without spaces at both ends.
std::string_view trimmed(std::string_view text);

// Whether the whole text is a finite number, or an integer.
bool parse(std::string_view text, double &value);
bool parse(std::string_view text, int64_t &value);

// Where a line stands and what it is, for messages.
std::string place(const std::string &path, size_t line);

}  // namespace assay_vision
