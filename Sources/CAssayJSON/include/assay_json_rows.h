/// Rows of JSON, a line or an array's element each, as Arrow columns.
#ifndef ASSAY_JSON_ROWS_H
#define ASSAY_JSON_ROWS_H

#include <stddef.h>
#include <stdint.h>

#include <assay/arrow.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What a column holds. Add `ASSAY_JSON_LIST` for lists of bool to text.
enum assay_json_column_type {
  /// Nothing but null was seen.
  ASSAY_JSON_COLUMN_NONE = 0,
  ASSAY_JSON_COLUMN_BOOL = 1,
  ASSAY_JSON_COLUMN_INT64 = 2,
  ASSAY_JSON_COLUMN_FLOAT64 = 3,
  /// Strings without their quotes, everything else as it is written.
  ASSAY_JSON_COLUMN_TEXT = 4,
  ASSAY_JSON_COLUMN_LIST = 8
};

enum assay_json_rows_status {
  ASSAY_JSON_ROWS_OK = 0,
  /// There is no such file.
  ASSAY_JSON_ROWS_MISSING = 1,
  /// A folder, no permission, an empty file, a broken archive.
  ASSAY_JSON_ROWS_UNREADABLE = 2,
  /// A row is not a JSON object.
  ASSAY_JSON_ROWS_INVALID = 3,
  /// A value is not of its column's type.
  ASSAY_JSON_ROWS_VALUE = 4,
  ASSAY_JSON_ROWS_NO_MEMORY = 5
};

struct assay_json_rows_error {
  /// From 0; -1 where it is no single row's fault.
  int64_t row;
  /// From 1; 0 where it is not known.
  int64_t line;
  /// The position in `assay_json_rows_select`'s list, or -1.
  int64_t column;
  /// UTF-8, ends with a zero byte.
  char text[512];
  /// The text of a row that is not JSON, or null. Owner: the caller, who gives it
  /// back with `assay_json_rows_error_clear`.
  char *source;
  size_t source_length;
};

/// Gives back what an error holds; harmless on an empty one. Thread: any.
void assay_json_rows_error_clear(struct assay_json_rows_error *error);

struct assay_json_rows;

/// Opens a file, or standard input where `path` is null, and reads a first block.
/// Gzip and zstd are unpacked. Thread: one at a time for all of these functions.
/// Owner of `*rows`: the caller, where the status is OK.
int32_t assay_json_rows_open(const char *path, struct assay_json_rows **rows,
                             struct assay_json_rows_error *error);

/// The names that rows of the first block have, in order of appearance.
size_t assay_json_rows_name_count(const struct assay_json_rows *rows);
const char *assay_json_rows_name(const struct assay_json_rows *rows,
                                 size_t index, size_t *length);

/// What the first block holds under a name or, where there is no column of
/// exactly that name, under a dotted path. `*found` is 0 where there is nothing.
int32_t assay_json_rows_type(struct assay_json_rows *rows, const char *path,
                             size_t length, int32_t *found);

struct assay_json_column {
  /// A name or a dotted path; `$row` is the whole row's text.
  const char *path;
  size_t length;
  int32_t type;
};

/// Chooses the columns and the rows [first, end) that `next` delivers. Once,
/// before the first `next`.
int32_t assay_json_rows_select(struct assay_json_rows *rows,
                               const struct assay_json_column *columns,
                               size_t count, int64_t first, int64_t end,
                               struct assay_json_rows_error *error);

/// The next rows as a struct array, a child a column; `out->release` is null
/// after the last one. The caller releases `out`.
int32_t assay_json_rows_next(struct assay_json_rows *rows,
                             struct ArrowArray *out,
                             struct assay_json_rows_error *error);

void assay_json_rows_destroy(struct assay_json_rows *rows);

#ifdef __cplusplus
}
#endif

#endif
