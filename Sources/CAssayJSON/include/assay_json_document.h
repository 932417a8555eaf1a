/// Whole JSON documents, as a flat list of tokens in reading order.
#ifndef ASSAY_JSON_DOCUMENT_H
#define ASSAY_JSON_DOCUMENT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum assay_json_kind {
  ASSAY_JSON_NULL,
  ASSAY_JSON_FALSE,
  ASSAY_JSON_TRUE,
  ASSAY_JSON_INTEGER,
  ASSAY_JSON_NUMBER,
  ASSAY_JSON_STRING,
  /// `count` values follow.
  ASSAY_JSON_ARRAY,
  /// `count` pairs follow: a string, then a value.
  ASSAY_JSON_OBJECT
};

struct assay_json_token {
  int32_t kind;
  int32_t reserved;
  int64_t integer;
  double number;
  /// The bytes of a string, unescaped UTF-8 without a terminating zero. Owner:
  /// the document.
  const char *text;
  /// The bytes of a string, the values of an array or the pairs of an object.
  size_t count;
};

enum assay_json_status {
  ASSAY_JSON_OK,
  /// The text is not JSON.
  ASSAY_JSON_INVALID,
  /// The text nests deeper than was allowed.
  ASSAY_JSON_TOO_DEEP,
  /// The memory ran out.
  ASSAY_JSON_NO_MEMORY
};

struct assay_json_document;

/// Reads one document. The bytes are copied; they need no padding.
///
/// Thread: any. On `ASSAY_JSON_OK` the caller owns `*document`; on every other
/// status there is none, and `*reason` is a static text that says why.
enum assay_json_status assay_json_document_read(
    const char *bytes, size_t length, size_t depth_limit,
    struct assay_json_document **document, const char **reason);

/// The tokens in reading order. Owner: the document.
const struct assay_json_token *
assay_json_document_tokens(const struct assay_json_document *document,
                           size_t *count);

void assay_json_document_destroy(struct assay_json_document *document);

#ifdef __cplusplus
}
#endif

#endif
