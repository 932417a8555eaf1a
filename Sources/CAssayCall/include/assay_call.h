/// The call engine: the only code that knows libffi.
#ifndef ASSAY_CALL_H
#define ASSAY_CALL_H
#endif
