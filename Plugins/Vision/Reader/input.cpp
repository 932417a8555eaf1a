#include "input.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>
#include <fcntl.h>
#include <string_view>
#include <unistd.h>
#include <vector>

#include <zlib.h>
#include <zstd.h>

#include "failure.hpp"

namespace assay_vision {
namespace {

constexpr size_t packed_size = size_t(1) << 17;

[[noreturn]] void unreadable(const std::string &path, const std::string &what) {
  throw Failure(ASSAY_RESOURCE, path + " " + what + ".");
}

class Descriptor final : public Input {
 public:
  Descriptor(const std::string &path, int number) : path_(path), number_(number) {
    char start[4];
    ahead_.assign(start, read_fully(start, sizeof start));
  }
  ~Descriptor() override { ::close(number_); }

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
      if (got < 0) unreadable(path_, std::string("cannot be read: ") + std::strerror(errno));
      if (got == 0) break;
      total += size_t(got);
    }
    return total;
  }

  std::string path_;
  int number_;
  std::string ahead_;
};

class GzipInput final : public Input {
 public:
  GzipInput(const std::string &path, std::unique_ptr<Input> packed)
      : path_(path), packed_(std::move(packed)), bytes_(packed_size) {
    if (inflateInit2(&stream_, 15 + 16) != Z_OK) throw std::bad_alloc();
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
        refuse(path_ + " is a broken gzip file.");
      left -= room - stream_.avail_out;
      if (status == Z_STREAM_END) is_inside_ = false;
    }
    if (left > 0 && is_inside_) refuse(path_ + " is a gzip file whose end is missing.");
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

  std::string path_;
  std::unique_ptr<Input> packed_;
  std::vector<char> bytes_;
  z_stream stream_{};
  bool at_end_ = false;
  bool is_inside_ = false;
};

class ZstdInput final : public Input {
 public:
  ZstdInput(const std::string &path, std::unique_ptr<Input> packed)
      : path_(path), packed_(std::move(packed)), bytes_(packed_size), context_(ZSTD_createDCtx()) {
    if (context_ == nullptr) throw std::bad_alloc();
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
      if (ZSTD_isError(hint)) refuse(path_ + " is a broken zstd file.");
      if (had_input || out.pos > before) is_inside_ = hint != 0;
      if (!had_input && out.pos == before) break;
    }
    if (out.pos < out.size && is_inside_) refuse(path_ + " is a zstd file whose end is missing.");
    return out.pos;
  }

 private:
  std::string path_;
  std::unique_ptr<Input> packed_;
  std::vector<char> bytes_;
  ZSTD_DCtx *context_;
  ZSTD_inBuffer in_{nullptr, 0, 0};
  bool at_end_ = false;
  bool is_inside_ = false;
};

int open_file(const std::string &path) {
  int number = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (number >= 0) return number;
  if (errno == ENOENT || errno == ENOTDIR)
    throw Failure(ASSAY_INVALID_ARGUMENT, "There is no file \"" + path + "\".");
  unreadable(path, std::string("cannot be opened: ") + std::strerror(errno));
}

}  // namespace

std::unique_ptr<Input> open_input(const std::string &path, bool may_be_empty) {
  auto raw = std::make_unique<Descriptor>(path, open_file(path));
  std::string_view start = raw->start();
  if (start.empty() && !may_be_empty) refuse(path + " is empty.");
  if (start.starts_with("\x1f\x8b")) return std::make_unique<GzipInput>(path, std::move(raw));
  if (start.starts_with("\x28\xb5\x2f\xfd"))
    return std::make_unique<ZstdInput>(path, std::move(raw));
  return raw;
}

}  // namespace assay_vision
