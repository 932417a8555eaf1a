#include "input.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <arrow/buffer.h>
#include <arrow/io/compressed.h>
#include <arrow/util/compression.h>
#include <arrow/util/io_util.h>

#include "failure.hpp"

namespace assay {
namespace {

std::string words(int number) { return std::strerror(number); }

// A descriptor as an Arrow stream. Arrow's own file class refuses pipes.
class Descriptor final : public arrow::io::InputStream {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() override { (void)close(); }

  // The first bytes, which later reads give again.
  const std::string &peek(size_t count) {
    char bytes[16];
    auto got = read_fully(bytes, static_cast<int64_t>(std::min(count, sizeof bytes)));
    ahead_.assign(bytes, got.ok() ? static_cast<size_t>(*got) : 0);
    return ahead_;
  }

  arrow::Result<int64_t> Read(int64_t count, void *out) override {
    auto *bytes = static_cast<char *>(out);
    int64_t taken = std::min<int64_t>(count, static_cast<int64_t>(ahead_.size()));
    std::memcpy(bytes, ahead_.data(), static_cast<size_t>(taken));
    ahead_.erase(0, static_cast<size_t>(taken));
    ARROW_ASSIGN_OR_RAISE(int64_t rest, read_fully(bytes + taken, count - taken));
    position_ += taken + rest;
    return taken + rest;
  }

  arrow::Result<std::shared_ptr<arrow::Buffer>> Read(int64_t count) override {
    ARROW_ASSIGN_OR_RAISE(auto buffer, arrow::AllocateResizableBuffer(count));
    ARROW_ASSIGN_OR_RAISE(int64_t got, Read(count, buffer->mutable_data()));
    ARROW_RETURN_NOT_OK(buffer->Resize(got));
    return std::shared_ptr<arrow::Buffer>(std::move(buffer));
  }

  arrow::Status Close() override { return close(); }
  bool closed() const override { return number_ < 0; }
  arrow::Result<int64_t> Tell() const override { return position_; }

 private:
  arrow::Status close() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
    return arrow::Status::OK();
  }

  arrow::Result<int64_t> read_fully(char *into, int64_t count) {
    int64_t total = 0;
    while (total < count) {
      ssize_t got = ::read(number_, into + total, static_cast<size_t>(count - total));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return arrow::internal::IOErrorFromErrno(errno, "could not be read");
      if (got == 0) break;
      total += got;
    }
    return total;
  }

  int number_;
  int64_t position_ = 0;
  std::string ahead_;
};

}  // namespace

void require_readable(const std::string &path) {
  struct stat status;
  if (::stat(path.c_str(), &status) != 0) {
    if (errno == ENOENT)
      throw Failure(ASSAY_INVALID_ARGUMENT, "there is no file \"" + path + "\".");
    throw Failure(ASSAY_RESOURCE, path + " cannot be opened: " + words(errno) + ".");
  }
  if (S_ISDIR(status.st_mode))
    throw Failure(ASSAY_INVALID_ARGUMENT, path + " is a folder, not a file.");
  if (S_ISREG(status.st_mode) && status.st_size == 0)
    throw Failure(ASSAY_BAD_DATA, path + " is empty.");
}

bool is_regular_file(const std::string &path) {
  struct stat status;
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

Input::Input(const std::string &path) : path_(path) {
  require_readable(path);
  int number = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (number < 0)
    throw Failure(ASSAY_RESOURCE, path + " cannot be opened: " + words(errno) + ".");
  auto raw = std::make_shared<Descriptor>(number);
  (void)::posix_fadvise(number, 0, 0, POSIX_FADV_SEQUENTIAL);
  const std::string &start = raw->peek(4);
  auto packing = arrow::Compression::UNCOMPRESSED;
  if (start.starts_with("\x1f\x8b")) packing = arrow::Compression::GZIP;
  if (start.starts_with("\x28\xb5\x2f\xfd")) packing = arrow::Compression::ZSTD;
  stream_ = raw;
  if (packing == arrow::Compression::UNCOMPRESSED) return;
  codec_ = check(arrow::util::Codec::Create(packing), path);
  stream_ = check(arrow::io::CompressedInputStream::Make(codec_.get(), raw), path);
}

int64_t Input::read(uint8_t *into, int64_t count) {
  int64_t total = 0;
  while (total < count) {
    int64_t got = check(stream_->Read(count - total, into + total), path_);
    if (got == 0) break;
    total += got;
  }
  return total;
}

}  // namespace assay
