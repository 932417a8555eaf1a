/// One guarded call.
#include "guard.hpp"
#include "interface.hpp"

#include <cerrno>
#include <cxxabi.h>

int32_t assay_call_once(const assay_interface *interface, void *function,
                        const uint64_t *arguments, uint64_t *result, int32_t *errno_out,
                        assay_failure *failure) {
  void *values[ASSAY_CALL_MAXIMUM_PARAMETERS];
  for (size_t index = 0; index < interface->parameters.size(); ++index)
    values[index] = const_cast<uint64_t *>(&arguments[index]);
  assay::Result returned = {};
  assay::FloatingPointGuard floatingPoint;
  assay::pendingFailure().kind = ASSAY_FAILURE_NONE;
  failure->row = -1;
  failure->kind = ASSAY_FAILURE_NONE;
  failure->code = 0;
  failure->text[0] = 0;
  try {
    errno = 0;
    ffi_call(const_cast<ffi_cif *>(&interface->cif), FFI_FN(function), &returned, values);
    if (errno_out != nullptr) *errno_out = errno;
  } catch (abi::__forced_unwind &) {
    throw;
  } catch (...) {
    assay::describeException(*failure);
    assay::pendingFailure().kind = ASSAY_FAILURE_NONE;
    return failure->kind;
  }
  assay_failure &pending = assay::pendingFailure();
  if (pending.kind != ASSAY_FAILURE_NONE) {
    failure->kind = ASSAY_FAILURE_CALLBACK;
    assay::setText(*failure, pending.text);
    pending.kind = ASSAY_FAILURE_NONE;
    return failure->kind;
  }
  if (result != nullptr) *result = assay::resultBits(interface->result, returned);
  return ASSAY_FAILURE_NONE;
}
