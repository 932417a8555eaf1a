/// The layout of version 1.0, asserted: a field may be added at the end of a
/// struct that carries its size, and nothing else may ever change.
#include <assay/plugin.h>

#define ASSERT_OFFSET(type, field, value)                                      \
  _Static_assert(offsetof(struct type, field) == (value),                      \
                 #type "." #field " moved: the contract is broken")
#define ASSERT_SIZE(type, value)                                               \
  _Static_assert(sizeof(struct type) == (value),                               \
                 #type " changed its size: the contract is broken")

ASSERT_SIZE(ArrowSchema, 72);
ASSERT_SIZE(ArrowArray, 80);
ASSERT_SIZE(ArrowArrayStream, 40);

ASSERT_SIZE(assay_error, 1024);
ASSERT_OFFSET(assay_error, code, 4);
ASSERT_OFFSET(assay_error, row, 16);
ASSERT_OFFSET(assay_error, text, 24);

ASSERT_SIZE(assay_detail, 80);
ASSERT_OFFSET(assay_detail, numerator, 8);
ASSERT_OFFSET(assay_detail, support, 24);
ASSERT_OFFSET(assay_detail, standard_error, 40);
ASSERT_OFFSET(assay_detail, method, 64);
ASSERT_OFFSET(assay_detail, conventional, 72);

ASSERT_SIZE(assay_sink, 56);
ASSERT_OFFSET(assay_sink, context, 8);
ASSERT_OFFSET(assay_sink, wants, 24);
ASSERT_OFFSET(assay_sink, table, 48);

ASSERT_SIZE(assay_writer, 24);
ASSERT_SIZE(assay_services, 40);
