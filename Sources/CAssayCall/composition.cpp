/// Evaluators called by other plugins: from a closure's arguments to a guarded call.
#include "guard.hpp"
#include "interface.hpp"

#include <cerrno>
#include <cmath>
#include <cxxabi.h>
#include <limits>

namespace {

using assay::Result;

/// The bits of a value of one type as the same value of another.
uint64_t convert(uint8_t from, uint8_t to, uint64_t bits) {
  if (from == to || from == ASSAY_TYPE_POINTER || to == ASSAY_TYPE_POINTER) return bits;
  if (to == ASSAY_TYPE_DOUBLE) return assay::bitsOf(assay_bits_to_double(from, bits));
  if (to == ASSAY_TYPE_FLOAT) return assay::bitsOf(float(assay_bits_to_double(from, bits)));
  if (from == ASSAY_TYPE_DOUBLE || from == ASSAY_TYPE_FLOAT)
    return uint64_t(int64_t(assay_bits_to_double(from, bits)));
  return bits;
}

/// Argument bits as `resultBits` gives them: widened by the type's sign.
uint64_t argumentBits(uint8_t type, const void *address) {
  switch (type) {
  case ASSAY_TYPE_BOOL: return assay::load<uint8_t>(address) != 0;
  case ASSAY_TYPE_INT8: return uint64_t(int64_t(assay::load<int8_t>(address)));
  case ASSAY_TYPE_UINT8: return assay::load<uint8_t>(address);
  case ASSAY_TYPE_INT16: return uint64_t(int64_t(assay::load<int16_t>(address)));
  case ASSAY_TYPE_UINT16: return assay::load<uint16_t>(address);
  case ASSAY_TYPE_INT32: return uint64_t(int64_t(assay::load<int32_t>(address)));
  case ASSAY_TYPE_UINT32: return assay::load<uint32_t>(address);
  case ASSAY_TYPE_FLOAT: return assay::bitsOf(assay::load<float>(address));
  default: return assay::load<uint64_t>(address);
  }
}

bool isOK(const assay_composition &plan, int64_t status) {
  for (size_t index = 0; index < plan.ok_count; ++index)
    if (plan.ok_values[index] == status) return true;
  return false;
}

void fail(const char *text) {
  assay_failure &pending = assay::pendingFailure();
  if (pending.kind != ASSAY_FAILURE_NONE) return;
  pending.kind = ASSAY_FAILURE_CALLBACK;
  assay::setText(pending, text);
}

/// The score of one call; NaN where there is none.
double score(const assay_composition &plan, void *const *arguments) {
  const double none = std::numeric_limits<double>::quiet_NaN();
  uint64_t slots[ASSAY_CALL_MAXIMUM_PARAMETERS];
  void *values[ASSAY_CALL_MAXIMUM_PARAMETERS];
  uint64_t written = assay::bitsOf(none);
  uint8_t writtenType = ASSAY_TYPE_DOUBLE;
  for (size_t index = 0; index < plan.interface->parameters.size(); ++index) {
    const assay_composed_argument &argument = plan.arguments[index];
    values[index] = &slots[index];
    switch (argument.kind) {
    case ASSAY_COMPOSED_ARGUMENT:
      slots[index] = convert(argument.from, argument.type,
                             argumentBits(argument.from, arguments[argument.index]));
      break;
    case ASSAY_COMPOSED_LENGTH: {
      auto text = assay::load<const char *>(arguments[argument.index]);
      slots[index] = text == nullptr ? 0 : std::strlen(text);
      break;
    }
    case ASSAY_COMPOSED_SCORE:
      writtenType = argument.type;
      if (writtenType == ASSAY_TYPE_FLOAT) written = assay::bitsOf(float(none));
      slots[index] = assay::bitsOf(static_cast<void *>(&written));
      break;
    default: slots[index] = argument.bits;
    }
  }
  Result result = {};
  errno = 0;
  ffi_call(const_cast<ffi_cif *>(&plan.interface->cif), FFI_FN(plan.function), &result, values);
  if (plan.wants_errno && errno != 0) return fail("the evaluator that was called set errno"), none;
  uint64_t bits = assay::resultBits(plan.interface->result, result);
  if (plan.return_kind == ASSAY_RETURN_STATUS && !isOK(plan, int64_t(bits)))
    return fail("the evaluator that was called returned an error status"), none;
  double value = assay_bits_to_double(writtenType, written);
  if (plan.return_kind == ASSAY_RETURN_SCORE) value = assay_bits_to_double(plan.interface->result, bits);
  if (plan.return_kind == ASSAY_RETURN_TRUTH) value = bits != 0 ? 1.0 : 0.0;
  return plan.undefined == ASSAY_UNDEFINED_NEGATIVE && value < 0 ? none : value;
}

} // namespace

void assay_composition_handler(void *context, void *result, void *const *arguments) {
  const auto &plan = *static_cast<const assay_composition *>(context);
  double value = std::numeric_limits<double>::quiet_NaN();
  // The caller's errno must be what its own calls made it.
  int before = errno;
  try {
    value = score(plan, arguments);
  } catch (abi::__forced_unwind &) {
    throw;
  } catch (...) {
    assay_failure failure = {};
    assay::describeException(failure);
    fail(failure.text);
  }
  errno = before;
  bool isFloating = plan.result == ASSAY_TYPE_DOUBLE || plan.result == ASSAY_TYPE_FLOAT;
  if (!isFloating && !(std::fabs(value) < 9.2e18)) value = 0;
  uint64_t bits = convert(ASSAY_TYPE_DOUBLE, plan.result, assay::bitsOf(value));
  std::memcpy(result, &bits, sizeof bits);
}
