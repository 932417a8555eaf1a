/// The C face of simdjson, for ``AssayJSON`` alone.
#ifndef ASSAY_JSON_H
#define ASSAY_JSON_H
#endif
