/// What the parts of the engine share. The only file that includes ffi.h.
#ifndef ASSAY_INTERFACE_HPP
#define ASSAY_INTERFACE_HPP

#include "assay_call.h"

#include <ffi.h>

#include <cstring>
#include <vector>

struct assay_interface {
  ffi_cif cif;
  uint8_t result;
  std::vector<uint8_t> parameters;
  std::vector<ffi_type *> types;
};

namespace assay {

/// Room for a result of any type; libffi widens narrow integers to `ffi_arg`.
union Result {
  ffi_arg integer;
  uint64_t bits;
  float single;
  double number;
  void *pointer;
};

/// The result as 64 bits: integers widened by their sign, a bool as 0 or 1.
uint64_t resultBits(uint8_t type, const Result &result);

template <class Value> inline Value load(const void *address) {
  Value value;
  std::memcpy(&value, address, sizeof value);
  return value;
}

template <class Value> inline uint64_t bitsOf(Value value) {
  uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof value);
  return bits;
}

void setText(assay_failure &failure, const char *text);

/// Describes the exception that is being handled.
void describeException(assay_failure &failure);

/// The failure of an evaluator called back during the call that is under way on
/// this thread; `kind` is 0 where there is none.
assay_failure &pendingFailure();

} // namespace assay

#endif
