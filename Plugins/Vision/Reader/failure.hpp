// What went wrong while reading, in words for the user.
#pragma once

#include <cstdint>
#include <exception>
#include <string>
#include <utility>

#include <assay/error.h>

namespace assay_vision {

class Failure : public std::exception {
 public:
  // Bytes of 0 in quoted data would end the text: they are written as \\0.
  Failure(int32_t code, std::string text) : code_(code), text_(std::move(text)) {
    for (size_t at = 0; (at = text_.find('\0', at)) != text_.npos; at += 2) text_.replace(at, 1, "\\0");
  }
  int32_t code() const { return code_; }
  const char *what() const noexcept override { return text_.c_str(); }

 private:
  int32_t code_;
  std::string text_;
};

// Throws with ASSAY_BAD_DATA.
[[noreturn]] void refuse(std::string text);

// Writes a failure into the caller's struct. Cuts text that does not fit, at a character.
void report(assay_error *error, int32_t code, const char *text) noexcept;

// The code and the words of the exception that is being handled.
std::pair<int32_t, std::string> describe_current_exception() noexcept;

// Runs `body`; no exception leaves.
template <typename Body>
int32_t guarded(assay_error *error, Body body) noexcept {
  try {
    body();
    return ASSAY_OK;
  } catch (...) {
    auto [code, text] = describe_current_exception();
    report(error, code, text.c_str());
    return code;
  }
}

}  // namespace assay_vision
