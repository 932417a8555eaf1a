#include "input.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include <zlib.h>
#include <zstd.h>

#include "failure.hpp"

namespace assay_json {
namespace {

constexpr size_t packed_size = size_t(1) << 17;

[[noreturn]] void unreadable(const std::string &text) {
  throw Failure{ASSAY_JSON_ROWS_UNREADABLE, text};
}

class Descriptor final : public Input {
 public:
  Descriptor(int number, bool is_owned) : number_(number), is_owned_(is_owned) {
    char start[4];
    ahead_.assign(start, read_fully(start, sizeof start));
  }
  ~Descriptor() override {
    if (is_owned_) ::close(number_);
  }

  // The first bytes, which `read` gives again.
  std::string_view start() const { return ahead_; }

  size_t read(char *into, size_t count) override {
    size_t taken = std::min(count, ahead_.size());
    std::memcpy(into, ahead_.data(), taken);
    ahead_.erase(0, taken);
    return taken + read_fully(into + taken, count - taken);
  }

 private:
  size_t read_fully(char *into, size_t count) {
    size_t total = 0;
    while (total < count) {
      ssize_t got = ::read(number_, into + total, count - total);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) unreadable(std::string("cannot be read: ") + std::strerror(errno));
      if (got == 0) break;
      total += size_t(got);
    }
    return total;
  }

  int number_;
  bool is_owned_;
  std::string ahead_;
};

class GzipInput final : public Input {
 public:
  explicit GzipInput(std::unique_ptr<Input> packed) : packed_(std::move(packed)), bytes_(packed_size) {
    if (inflateInit2(&stream_, 15 + 16) != Z_OK) throw Failure{ASSAY_JSON_ROWS_NO_MEMORY, "memory ran out"};
  }
  ~GzipInput() override { inflateEnd(&stream_); }

  size_t read(char *into, size_t count) override {
    stream_.next_out = reinterpret_cast<Bytef *>(into);
    size_t left = count;
    while (left > 0 && refill()) {
      // A file may be several archives one after the other.
      if (!is_inside_) inflateReset(&stream_);
      is_inside_ = true;
      stream_.avail_out = uInt(std::min(left, size_t(1) << 30));
      size_t room = stream_.avail_out;
      int status = inflate(&stream_, Z_NO_FLUSH);
      if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR)
        unreadable("is a broken gzip file");
      left -= room - stream_.avail_out;
      if (status == Z_STREAM_END) is_inside_ = false;
    }
    if (left > 0 && is_inside_) unreadable("is a gzip file whose end is missing");
    return count - left;
  }

 private:
  bool refill() {
    if (stream_.avail_in > 0 || at_end_) return stream_.avail_in > 0;
    size_t got = packed_->read(bytes_.data(), bytes_.size());
    at_end_ = got < bytes_.size();
    stream_.next_in = reinterpret_cast<Bytef *>(bytes_.data());
    stream_.avail_in = uInt(got);
    return got > 0;
  }

  std::unique_ptr<Input> packed_;
  std::vector<char> bytes_;
  z_stream stream_{};
  bool at_end_ = false;
  bool is_inside_ = false;
};

class ZstdInput final : public Input {
 public:
  explicit ZstdInput(std::unique_ptr<Input> packed)
      : packed_(std::move(packed)), bytes_(packed_size), context_(ZSTD_createDCtx()) {
    if (context_ == nullptr) throw Failure{ASSAY_JSON_ROWS_NO_MEMORY, "memory ran out"};
  }
  ~ZstdInput() override { ZSTD_freeDCtx(context_); }

  size_t read(char *into, size_t count) override {
    ZSTD_outBuffer out{into, count, 0};
    while (out.pos < out.size) {
      if (in_.pos == in_.size && !at_end_) {
        size_t got = packed_->read(bytes_.data(), bytes_.size());
        at_end_ = got < bytes_.size();
        in_ = ZSTD_inBuffer{bytes_.data(), got, 0};
      }
      size_t before = out.pos;
      bool had_input = in_.pos < in_.size;
      size_t hint = ZSTD_decompressStream(context_, &out, &in_);
      if (ZSTD_isError(hint)) unreadable("is a broken zstd file");
      if (had_input || out.pos > before) is_inside_ = hint != 0;
      if (!had_input && out.pos == before) break;
    }
    if (out.pos < out.size && is_inside_) unreadable("is a zstd file whose end is missing");
    return out.pos;
  }

 private:
  std::unique_ptr<Input> packed_;
  std::vector<char> bytes_;
  ZSTD_DCtx *context_;
  ZSTD_inBuffer in_{nullptr, 0, 0};
  bool at_end_ = false;
  bool is_inside_ = false;
};

int open_file(const char *path) {
  struct stat status;
  if (::stat(path, &status) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) throw Failure{ASSAY_JSON_ROWS_MISSING, "there is no such file"};
    unreadable(std::string("cannot be opened: ") + std::strerror(errno));
  }
  if (S_ISDIR(status.st_mode)) unreadable("is a folder, not a file");
  int number = ::open(path, O_RDONLY | O_CLOEXEC);
  if (number < 0) unreadable(std::string("cannot be opened: ") + std::strerror(errno));
  return number;
}

}  // namespace

std::unique_ptr<Input> open_input(const char *path) {
  int number = path == nullptr ? STDIN_FILENO : open_file(path);
  auto raw = std::make_unique<Descriptor>(number, path != nullptr);
  std::string_view start = raw->start();
  if (start.empty()) unreadable("is empty");
  if (start.starts_with("\x1f\x8b")) return std::make_unique<GzipInput>(std::move(raw));
  if (start.starts_with("\x28\xb5\x2f\xfd")) return std::make_unique<ZstdInput>(std::move(raw));
  return raw;
}

}  // namespace assay_json
