#include "failure.hpp"

#include <arrow/util/io_util.h>

#include <algorithm>
#include <cstring>
#include <new>

namespace assay {

int32_t code_of(const arrow::Status &status) {
  if (status.IsOutOfMemory()) return ASSAY_RESOURCE;
  // What the system refused carries its number; the rest are files that cannot be decoded.
  if (status.IsIOError() && arrow::internal::ErrnoFromStatus(status) != 0) return ASSAY_RESOURCE;
  if (status.IsNotImplemented()) return ASSAY_UNSUPPORTED;
  if (status.IsCancelled()) return ASSAY_CANCELLED;
  return ASSAY_BAD_DATA;
}

void check(const arrow::Status &status, const std::string &path) {
  if (!status.ok()) throw Failure(code_of(status), path + ": " + status.message());
}

void report(assay_error *error, int32_t code, const char *text) noexcept {
  if (error == nullptr) return;
  size_t length = std::strlen(text);
  uint32_t flags = 0;
  if (length > ASSAY_ERROR_TEXT - 1) {
    length = ASSAY_ERROR_TEXT - 1;
    while (length > 0 && (text[length] & 0xC0) == 0x80) length -= 1;
    flags = ASSAY_ERROR_TRUNCATED;
  }
  error->code = code;
  error->flags = flags;
  error->row = -1;
  std::memcpy(error->text, text, length);
  error->text[length] = 0;
}

std::pair<int32_t, std::string> describe_current_exception() noexcept {
  try {
    throw;
  } catch (const Failure &failure) {
    return {failure.code(), failure.what()};
  } catch (const std::bad_alloc &) {
    return {ASSAY_RESOURCE, "memory ran out"};
  } catch (const std::exception &exception) {
    return {ASSAY_INTERNAL, exception.what()};
  } catch (...) {
    return {ASSAY_INTERNAL, "an unknown exception"};
  }
}

}  // namespace assay
