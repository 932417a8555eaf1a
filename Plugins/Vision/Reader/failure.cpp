#include "failure.hpp"

#include <cstring>
#include <new>

namespace assay_vision {

void refuse(std::string text) { throw Failure(ASSAY_BAD_DATA, std::move(text)); }

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

}  // namespace assay_vision
