/// What the host does for a plugin while it is being called.
///
/// A parameter of type `const struct assay_services *` receives them. The same
/// services reach a function that knows nothing of this header through function
/// pointers in its prototype (`void (*log)(int, const char *)`).
#ifndef ASSAY_SERVICES_H
#define ASSAY_SERVICES_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
  ASSAY_LOG_DEBUG = 0,
  ASSAY_LOG_INFO = 1,
  ASSAY_LOG_WARNING = 2,
  ASSAY_LOG_ERROR = 3
};

/// Owner: the host, for the time of the call. Thread: `log` and `cancelled`
/// from any thread while the call lasts, the others on the calling thread.
struct assay_services {
  uint32_t size;
  uint32_t reserved;
  void *context;
  /// Writes a line to the run's log. `text` is UTF-8.
  void (*log)(void *context, int32_t level, const char *text, size_t length);
  /// Says how much of this call is done, 0 to 1.
  void (*progress)(void *context, double fraction);
  /// Whether the run was cancelled (0 or 1). Ask now and then in long calls.
  int32_t (*cancelled)(void *context);
};

#ifdef __cplusplus
}
#endif

#endif
