// Bytes of a file, unpacked where they are packed.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

namespace assay_vision {

class Input {
 public:
  virtual ~Input() = default;
  // Reads until `count` bytes are there or the input ends.
  virtual size_t read(char *into, size_t count) = 0;
};

// Knows gzip and zstd by their first bytes. Throws `Failure`.
std::unique_ptr<Input> open_input(const std::string &path, bool may_be_empty = false);

}  // namespace assay_vision
