/// What went wrong inside a plugin: a struct of fixed size that the caller
/// allocates, so that nobody frees the other side's memory.
#ifndef ASSAY_ERROR_H
#define ASSAY_ERROR_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What a function returns, and what `assay_error.code` holds.
enum {
  ASSAY_OK = 0,
  /// The parameters, or a combination of them, make no sense.
  ASSAY_INVALID_ARGUMENT = 1,
  /// The plugin cannot do this: a type, a role, a size.
  ASSAY_UNSUPPORTED = 2,
  /// A value in the data; `row` says which.
  ASSAY_BAD_DATA = 3,
  /// The host asked to stop, and the plugin did.
  ASSAY_CANCELLED = 4,
  /// The time that was given is over.
  ASSAY_DEADLINE = 5,
  /// Memory, files or another resource ran out.
  ASSAY_RESOURCE = 6,
  /// The state is broken and may only be destroyed.
  ASSAY_POISONED = 7,
  /// A service of the host failed.
  ASSAY_HOST_SERVICE = 8,
  /// A defect of the plugin itself.
  ASSAY_INTERNAL = 9
};

/// The text did not fit and was cut.
#define ASSAY_ERROR_TRUNCATED 1u
/// The same call may succeed when it is made again.
#define ASSAY_ERROR_RETRYABLE 2u

#define ASSAY_ERROR_TEXT 1000

/// Filled by a plugin when a call fails.
///
/// Owner: the caller, for the time of the call. `text` is UTF-8 and ends with
/// a zero byte; bytes that are not UTF-8 are replaced when they are read.
struct assay_error {
  /// The size of this struct as the caller knows it. Set by the caller.
  uint32_t size;
  /// One of the codes above.
  int32_t code;
  /// `ASSAY_ERROR_…` flags.
  uint32_t flags;
  uint32_t reserved;
  /// The row of the batch, from 0, or -1 where it is no single row's fault.
  int64_t row;
  char text[ASSAY_ERROR_TEXT];
};

#ifdef __cplusplus
}
#endif

#endif
