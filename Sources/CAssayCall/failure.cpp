/// The words for what a plugin threw.
#include "interface.hpp"

#include <cstdlib>
#include <cxxabi.h>
#include <exception>

void assay::setText(assay_failure &failure, const char *text) {
  size_t length = text == nullptr ? 0 : strnlen(text, ASSAY_FAILURE_TEXT - 1);
  if (length > 0) std::memcpy(failure.text, text, length);
  failure.text[length] = 0;
}

void assay::describeException(assay_failure &failure) {
  failure.kind = ASSAY_FAILURE_EXCEPTION;
  // The type is asked for first: naming the exception anew changes what is current.
  std::type_info *type = abi::__cxa_current_exception_type();
  try {
    throw;
  } catch (const std::exception &error) {
    setText(failure, error.what());
  } catch (const char *text) {
    setText(failure, text);
  } catch (...) {
    if (type == nullptr) return setText(failure, "an exception of another language");
    int status = 0;
    char *name = abi::__cxa_demangle(type->name(), nullptr, nullptr, &status);
    setText(failure, name != nullptr ? name : type->name());
    std::free(name);
  }
}

assay_failure &assay::pendingFailure() {
  static thread_local assay_failure pending;
  return pending;
}
