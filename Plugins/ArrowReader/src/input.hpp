// Opening files: bytes in order, unpacked where they are packed.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include <arrow/io/interfaces.h>
#include <arrow/util/type_fwd.h>

namespace assay {

// Throws where the path is missing, a folder, unreadable or an empty file.
void require_readable(const std::string &path);

// Whether the path can be opened a second time and gives the same bytes.
bool is_regular_file(const std::string &path);

// The bytes of a file or a pipe; gzip and zstd are known by their first bytes.
class Input {
 public:
  explicit Input(const std::string &path);
  // Reads until `count` bytes are there or the input ends.
  int64_t read(uint8_t *into, int64_t count);

 private:
  std::string path_;
  std::shared_ptr<arrow::util::Codec> codec_;
  std::shared_ptr<arrow::io::InputStream> stream_;
};

}  // namespace assay
