/// The call engine: the only code that knows libffi.
///
/// Everything here is plain C. Nothing keeps a pointer past the call that it was
/// given to, except where a line says so. Every function may be called on any
/// thread and on several at once.
#ifndef ASSAY_CALL_H
#define ASSAY_CALL_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The C types that a call can carry. Pointers are all alike to a call.
enum {
  ASSAY_TYPE_VOID = 0,
  ASSAY_TYPE_BOOL,
  ASSAY_TYPE_INT8,
  ASSAY_TYPE_UINT8,
  ASSAY_TYPE_INT16,
  ASSAY_TYPE_UINT16,
  ASSAY_TYPE_INT32,
  ASSAY_TYPE_UINT32,
  ASSAY_TYPE_INT64,
  ASSAY_TYPE_UINT64,
  ASSAY_TYPE_FLOAT,
  ASSAY_TYPE_DOUBLE,
  ASSAY_TYPE_POINTER
};

/// The most parameters that a function may have.
#define ASSAY_CALL_MAXIMUM_PARAMETERS 32

/// How to call functions of one prototype. Immutable, one for each prototype,
/// never freed.
typedef struct assay_interface assay_interface;

/// The interface of a prototype; null where a type is unknown, there are too many
/// parameters, or libffi refuses.
const assay_interface *assay_interface_intern(uint8_t result, const uint8_t *parameters,
                                              size_t count);

/// How one parameter gets its value for a row.
enum {
  /// The same for every row: `bits`.
  ASSAY_ARGUMENT_CONSTANT = 0,
  /// An element of a column: `base + row * width`, of the parameter's own type.
  ASSAY_ARGUMENT_ELEMENT,
  /// A bit of a column, passed as 0 or 1: `base`, from bit `bit_offset` on.
  ASSAY_ARGUMENT_BIT,
  /// The first byte of a row's text: offsets in `base`, bytes in `data`; or of a
  /// row's list, whose elements have `width` bytes.
  ASSAY_ARGUMENT_TEXT_POINTER,
  /// The number of its bytes or elements, as an integer of the parameter's type.
  ASSAY_ARGUMENT_TEXT_LENGTH,
  /// A copy of it that ends with a zero byte; a zero byte inside is the row's error.
  ASSAY_ARGUMENT_TEXT_TERMINATED,
  /// Where the function writes the row's score, of type `pointee`.
  ASSAY_ARGUMENT_SCORE
};

struct assay_argument {
  uint8_t kind;
  /// The parameter's type, and the size of a column's element in bytes.
  uint8_t type;
  uint8_t width;
  /// The type behind a score pointer.
  uint8_t pointee;
  /// The size of a text offset: 4 or 8.
  uint8_t offset_width;
  uint64_t bits;
  const void *base;
  const void *data;
  int64_t bit_offset;
  /// A bitmap of rows that have a value, from bit `validity_offset` on; null where
  /// all have. Of a row without, a pointer is null, a length 0, a floating-point
  /// number NaN and every other type 0.
  const uint8_t *validity;
  int64_t validity_offset;
};

/// What a function's return value is.
enum {
  ASSAY_RETURN_IGNORED = 0,
  ASSAY_RETURN_SCORE,
  /// One of `ok_values`, or the row errored.
  ASSAY_RETURN_STATUS,
  /// A score of 1 where it is not 0, else 0.
  ASSAY_RETURN_TRUTH
};

/// Which score stands for "there is none".
enum { ASSAY_UNDEFINED_NONE = 0, ASSAY_UNDEFINED_NAN, ASSAY_UNDEFINED_NEGATIVE };

/// What became of a row.
enum {
  ASSAY_OUTCOME_SCORED = 0,
  ASSAY_OUTCOME_UNSCORED,
  ASSAY_OUTCOME_ERRORED,
  /// The function was not called.
  ASSAY_OUTCOME_SKIPPED
};

/// Why a row errored, or a call failed.
enum {
  ASSAY_FAILURE_NONE = 0,
  /// The function threw; `text` is what the exception says.
  ASSAY_FAILURE_EXCEPTION,
  /// A status that is no OK value; `code` is it.
  ASSAY_FAILURE_STATUS,
  /// `code` is errno.
  ASSAY_FAILURE_ERRNO,
  ASSAY_FAILURE_NAN,
  /// A zero byte inside a text; `code` is the parameter.
  ASSAY_FAILURE_INNER_ZERO,
  /// A text too long for the parameter's type; `code` is the parameter.
  ASSAY_FAILURE_LENGTH,
  /// An evaluator that the function called failed; `text` says how.
  ASSAY_FAILURE_CALLBACK,
  /// No memory for the texts of the batch.
  ASSAY_FAILURE_MEMORY
};

#define ASSAY_FAILURE_TEXT 464

struct assay_failure {
  int64_t row;
  int32_t kind;
  int32_t reserved;
  int64_t code;
  /// Bytes as the plugin gave them, cut, ending with a zero byte.
  char text[ASSAY_FAILURE_TEXT];
};

/// A batch of rows, one call for each.
struct assay_rows {
  const assay_interface *interface;
  void *function;
  const struct assay_argument *arguments;
  int64_t count;
  /// A byte a row: not 0 where the function is not to be called. May be null.
  const uint8_t *skip;
  uint8_t return_kind;
  uint8_t undefined;
  /// Whether errno, set to 0 before and read directly after, marks an error.
  uint8_t wants_errno;
  const int64_t *ok_values;
  size_t ok_count;
  /// One a row: the score, NaN where there is none, and the outcome.
  double *scores;
  uint8_t *outcomes;
  /// Room for the first failures.
  struct assay_failure *failures;
  size_t failure_capacity;
  /// Where the number of the row being called stands, plus `first_row`; may be null.
  int64_t *current_row;
  int64_t first_row;
  /// Asked now and then; the loop ends early where it says not 0. May be null.
  int32_t (*cancelled)(void *context);
  void *cancelled_context;
};

/// Calls the function for each row and returns how many rows were done: all,
/// unless the run was cancelled or there is no memory. `failure_count` gets the
/// number of all failures, also of those for which there was no room.
int64_t assay_call_rows(const struct assay_rows *rows, size_t *failure_count);

/// Calls a function once. `arguments[i]` holds the bits of argument i, `result`
/// (may be null) gets the bits of the result, widened to 64 by its type. `errno_out`
/// (may be null) gets errno as it was directly after the call. Returns one of
/// `ASSAY_FAILURE_…`; then `failure` (may not be null) says the rest.
int32_t assay_call_once(const assay_interface *interface, void *function,
                        const uint64_t *arguments, uint64_t *result, int32_t *errno_out,
                        struct assay_failure *failure);

/// A number that a result's or an out-parameter's bits stand for.
double assay_bits_to_double(uint8_t type, uint64_t bits);

/// What a closure calls: `arguments[i]` points to argument i, `result` has room for
/// 8 bytes, which are set to 0 before. Must not throw.
typedef void (*assay_closure_handler)(void *context, void *result, void *const *arguments);

/// A function made at run time. Its code is never freed, for whoever was given its
/// address may call it at any time; one that was retired does nothing and returns 0,
/// and is used again for the same interface and the same `owner`.
typedef struct assay_closure assay_closure;

/// Whether this process may make closures at all. Some systems forbid it.
int32_t assay_closures_available(void);

/// Makes a closure; null where that is not possible. `owner` tells plugins apart.
/// `context` must live until the closure is retired.
assay_closure *assay_closure_create(const assay_interface *interface, const void *owner,
                                    assay_closure_handler handler, void *context);

/// The address to call.
void *assay_closure_code(const assay_closure *closure);

/// Ends a closure. Returns when no call is inside its handler any more, so it
/// must not be called from there.
void assay_closure_retire(assay_closure *closure);

/// How a parameter of an evaluator that is called through a closure gets its value.
enum {
  ASSAY_COMPOSED_CONSTANT = 0,
  /// Argument `index` of the closure, converted where the types differ.
  ASSAY_COMPOSED_ARGUMENT,
  /// The length of the terminated text in argument `index`.
  ASSAY_COMPOSED_LENGTH,
  /// Where the function writes its score, of type `type`.
  ASSAY_COMPOSED_SCORE
};

struct assay_composed_argument {
  uint8_t kind;
  /// The parameter's type; of a score, the type behind the pointer.
  uint8_t type;
  /// The type of the closure's argument.
  uint8_t from;
  uint8_t index;
  uint64_t bits;
};

/// An evaluator of row shape as a function: what a closure's handler needs to call
/// it. Immutable while the closure lives.
struct assay_composition {
  const assay_interface *interface;
  void *function;
  const struct assay_composed_argument *arguments;
  uint8_t return_kind;
  uint8_t undefined;
  uint8_t wants_errno;
  /// The result type of the closure.
  uint8_t result;
  const int64_t *ok_values;
  size_t ok_count;
};

/// The handler for a closure whose context is a `struct assay_composition`. Where
/// the evaluator fails or has no score, the closure returns NaN (0 where it returns
/// an integer), and a failure becomes the error of the call that is under way on
/// this thread.
void assay_composition_handler(void *context, void *result, void *const *arguments);

#ifdef __cplusplus
}
#endif

#endif
