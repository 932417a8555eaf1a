/// The loop over rows: one guarded call for each.
#include "guard.hpp"
#include "interface.hpp"

#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <cxxabi.h>
#include <limits>
#include <memory>

namespace {

using assay::Result;

bool bit(const void *bits, int64_t position) {
  return static_cast<const uint8_t *>(bits)[position >> 3] >> (position & 7) & 1;
}

/// One argument whose value changes by row.
struct Moving {
  const assay_argument *argument;
  unsigned index;
  /// Room for a terminated copy of the longest text.
  char *copy;
};

struct Range {
  int64_t start;
  int64_t end;
};

Range textRange(const assay_argument &argument, int64_t row) {
  if (argument.offset_width == 4) {
    auto offsets = static_cast<const int32_t *>(argument.base);
    return {offsets[row], offsets[row + 1]};
  }
  auto offsets = static_cast<const int64_t *>(argument.base);
  return {offsets[row], offsets[row + 1]};
}

/// The greatest length that a parameter of the type can take.
uint64_t greatest(uint8_t type) {
  switch (type) {
  case ASSAY_TYPE_INT8: return INT8_MAX;
  case ASSAY_TYPE_UINT8: return UINT8_MAX;
  case ASSAY_TYPE_INT16: return INT16_MAX;
  case ASSAY_TYPE_UINT16: return UINT16_MAX;
  case ASSAY_TYPE_INT32: return INT32_MAX;
  case ASSAY_TYPE_UINT32: return UINT32_MAX;
  default: return INT64_MAX;
  }
}

uint64_t missingBits(uint8_t type) {
  if (type == ASSAY_TYPE_DOUBLE) return assay::bitsOf(std::numeric_limits<double>::quiet_NaN());
  if (type == ASSAY_TYPE_FLOAT) return assay::bitsOf(std::numeric_limits<float>::quiet_NaN());
  return 0;
}

/// A batch with its arguments laid out.
class Loop {
public:
  explicit Loop(const assay_rows &batch)
      : rows(batch), pending(assay::pendingFailure()), errorNumber(errno),
        isPlainScore(batch.return_kind == ASSAY_RETURN_SCORE &&
                     batch.interface->result == ASSAY_TYPE_DOUBLE) {
    pending.kind = ASSAY_FAILURE_NONE;
  }

  /// Points every argument at its place; false where there is no memory.
  bool layOut() {
    const auto &parameters = rows.interface->parameters;
    for (unsigned index = 0; index < parameters.size(); ++index) {
      const assay_argument &argument = rows.arguments[index];
      slots[index] = argument.bits;
      values[index] = &slots[index];
      if (argument.kind == ASSAY_ARGUMENT_CONSTANT) continue;
      if (argument.kind == ASSAY_ARGUMENT_SCORE) {
        slots[index] = assay::bitsOf(static_cast<void *>(&scoreSlot));
        scoreType = argument.pointee;
        unwritten = missingBits(scoreType);
        continue;
      }
      if (argument.kind == ASSAY_ARGUMENT_ELEMENT && argument.validity == nullptr) {
        elements[elementCount++] = {&argument, index, nullptr};
        continue;
      }
      Moving moving = {&argument, index, nullptr};
      if (argument.kind == ASSAY_ARGUMENT_TEXT_TERMINATED) {
        moving.copy = room(argument, index);
        if (moving.copy == nullptr) return false;
      }
      others[otherCount++] = moving;
    }
    return true;
  }

  /// Calls for every row from `row` on; an exception leaves `row` at its row.
  void run() {
    for (; row < rows.count; ++row) {
      if ((row & 1023) == 0 && rows.cancelled != nullptr &&
          rows.cancelled(rows.cancelled_context) != 0)
        return;
      if (rows.skip != nullptr && rows.skip[row] != 0) {
        leave(ASSAY_OUTCOME_SKIPPED);
        continue;
      }
      if (rows.current_row != nullptr)
        __atomic_store_n(rows.current_row, rows.first_row + row, __ATOMIC_RELAXED);
      for (unsigned index = 0; index < elementCount; ++index) {
        const Moving &moving = elements[index];
        values[moving.index] = const_cast<char *>(static_cast<const char *>(moving.argument->base)) +
                               row * moving.argument->width;
      }
      if (otherCount > 0 && !setOthers()) continue;
      call();
    }
  }

  /// Records the exception that is being handled and goes on behind its row.
  void recordException() {
    assay_failure failure = {};
    assay::describeException(failure);
    floatingPoint.check();
    pending.kind = ASSAY_FAILURE_NONE;
    fail(failure.kind, 0, failure.text);
    ++row;
  }

  int64_t row = 0;
  size_t failureCount = 0;

private:
  char *room(const assay_argument &argument, unsigned index) {
    int64_t longest = 0;
    for (int64_t at = 0; at < rows.count; ++at) {
      Range range = textRange(argument, at);
      if (range.end - range.start > longest) longest = range.end - range.start;
    }
    copies[index].reset(static_cast<char *>(std::malloc(size_t(longest) + 1)));
    return copies[index].get();
  }

  void leave(uint8_t outcome) {
    rows.scores[row] = std::numeric_limits<double>::quiet_NaN();
    rows.outcomes[row] = outcome;
  }

  void fail(int32_t kind, int64_t code, const char *text = nullptr) {
    leave(ASSAY_OUTCOME_ERRORED);
    if (failureCount < rows.failure_capacity) {
      assay_failure &failure = rows.failures[failureCount];
      failure.row = row;
      failure.kind = kind;
      failure.code = code;
      assay::setText(failure, text);
    }
    ++failureCount;
  }

  /// Sets what is not simply an element; false where the row cannot be called.
  bool setOthers() {
    for (unsigned index = 0; index < otherCount; ++index) {
      const Moving &moving = others[index];
      const assay_argument &argument = *moving.argument;
      if (argument.validity != nullptr && !bit(argument.validity, argument.validity_offset + row)) {
        slots[moving.index] = missingBits(argument.type);
        values[moving.index] = &slots[moving.index];
        continue;
      }
      if (!set(argument, moving)) return false;
    }
    return true;
  }

  bool set(const assay_argument &argument, const Moving &moving) {
    uint64_t &slot = slots[moving.index];
    if (argument.kind == ASSAY_ARGUMENT_ELEMENT) {
      values[moving.index] =
          const_cast<char *>(static_cast<const char *>(argument.base)) + row * argument.width;
      return true;
    }
    if (argument.kind == ASSAY_ARGUMENT_BIT) {
      slot = bit(argument.base, argument.bit_offset + row);
      return true;
    }
    Range range = textRange(argument, row);
    const char *text = static_cast<const char *>(argument.data) + range.start * argument.width;
    size_t length = size_t(range.end - range.start);
    switch (argument.kind) {
    case ASSAY_ARGUMENT_TEXT_POINTER:
      slot = assay::bitsOf(text);
      return true;
    case ASSAY_ARGUMENT_TEXT_LENGTH:
      if (length > greatest(argument.type)) return fail(ASSAY_FAILURE_LENGTH, moving.index), false;
      slot = length;
      return true;
    default:
      if (length > 0 && std::memchr(text, 0, length) != nullptr)
        return fail(ASSAY_FAILURE_INNER_ZERO, moving.index), false;
      if (length > 0) std::memcpy(moving.copy, text, length);
      moving.copy[length] = 0;
      slot = assay::bitsOf(static_cast<const char *>(moving.copy));
      return true;
    }
  }

  void call() {
    scoreSlot = unwritten;
    if (rows.wants_errno) errorNumber = 0;
    ffi_call(const_cast<ffi_cif *>(&rows.interface->cif), FFI_FN(rows.function), &result, values);
    int error = errorNumber;
    floatingPoint.check();
    if (__builtin_expect(pending.kind != ASSAY_FAILURE_NONE, 0)) {
      pending.kind = ASSAY_FAILURE_NONE;
      return fail(ASSAY_FAILURE_CALLBACK, 0, pending.text);
    }
    if (rows.wants_errno && error != 0) return fail(ASSAY_FAILURE_ERRNO, error);
    take();
  }

  /// Makes a score of what the function returned or wrote.
  void take() {
    if (isPlainScore) return take(result.number);
    uint8_t type = rows.interface->result;
    uint64_t bits = assay::resultBits(type, result);
    if (rows.return_kind == ASSAY_RETURN_STATUS && !isOK(int64_t(bits)))
      return fail(ASSAY_FAILURE_STATUS, int64_t(bits));
    switch (rows.return_kind) {
    case ASSAY_RETURN_SCORE: return take(assay_bits_to_double(type, bits));
    case ASSAY_RETURN_TRUTH: return take(bits != 0 ? 1.0 : 0.0);
    default: return take(assay_bits_to_double(scoreType, scoreSlot));
    }
  }

  void take(double score) {
    if (rows.undefined == ASSAY_UNDEFINED_NEGATIVE && score < 0)
      return leave(ASSAY_OUTCOME_UNSCORED);
    if (std::isnan(score)) {
      if (rows.undefined == ASSAY_UNDEFINED_NAN) return leave(ASSAY_OUTCOME_UNSCORED);
      return fail(ASSAY_FAILURE_NAN, 0);
    }
    rows.scores[row] = score;
    rows.outcomes[row] = ASSAY_OUTCOME_SCORED;
  }

  bool isOK(int64_t status) const {
    for (size_t index = 0; index < rows.ok_count; ++index)
      if (rows.ok_values[index] == status) return true;
    return false;
  }

  struct Free {
    void operator()(char *memory) const { std::free(memory); }
  };

  // A copy: the calls in between would make the compiler read it anew each time.
  const assay_rows rows;
  assay_failure &pending;
  /// errno of this thread, whose address is asked for once.
  int &errorNumber;
  const bool isPlainScore;
  assay::FloatingPointGuard floatingPoint;
  Result result = {};
  uint64_t scoreSlot = 0;
  uint64_t unwritten = assay::bitsOf(std::numeric_limits<double>::quiet_NaN());
  uint8_t scoreType = ASSAY_TYPE_DOUBLE;
  uint64_t slots[ASSAY_CALL_MAXIMUM_PARAMETERS];
  void *values[ASSAY_CALL_MAXIMUM_PARAMETERS];
  Moving elements[ASSAY_CALL_MAXIMUM_PARAMETERS];
  Moving others[ASSAY_CALL_MAXIMUM_PARAMETERS];
  unsigned elementCount = 0;
  unsigned otherCount = 0;
  std::unique_ptr<char, Free> copies[ASSAY_CALL_MAXIMUM_PARAMETERS];
};

} // namespace

int64_t assay_call_rows(const assay_rows *rows, size_t *failure_count) {
  Loop loop(*rows);
  *failure_count = 0;
  if (!loop.layOut()) return 0;
  while (loop.row < rows->count) {
    try {
      loop.run();
      break;
    } catch (abi::__forced_unwind &) {
      // The thread is being ended; libstdc++ insists on going on with that.
      throw;
    } catch (...) {
      loop.recordException();
    }
  }
  *failure_count = loop.failureCount;
  return loop.row;
}
