// Bytes of a file or of standard input, unpacked where they are packed.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

namespace assay_json {

class Input {
 public:
  virtual ~Input() = default;
  // Reads until `count` bytes are there or the input ends.
  virtual size_t read(char *into, size_t count) = 0;
};

// Opens `path`, or standard input where it is null. Throws `Failure`.
std::unique_ptr<Input> open_input(const char *path);

}  // namespace assay_json
