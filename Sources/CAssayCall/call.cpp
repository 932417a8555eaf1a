#include "assay_call.h"

#include <ffi.h>
