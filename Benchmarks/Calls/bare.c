/// What a call costs without Assay: an `ffi_call` for each row, and nothing else.
#include <ffi.h>
#include <stddef.h>
#include <stdint.h>

void bare_numbers(void *function, const double *first, const double *second, size_t n,
                  double *scores) {
  ffi_type *types[] = {&ffi_type_double, &ffi_type_double};
  ffi_cif cif;
  ffi_prep_cif(&cif, FFI_DEFAULT_ABI, 2, &ffi_type_double, types);
  for (size_t row = 0; row < n; ++row) {
    void *values[] = {(void *)&first[row], (void *)&second[row]};
    ffi_call(&cif, FFI_FN(function), &scores[row], values);
  }
}

void bare_texts(void *function, const int32_t *offsets, const char *bytes, size_t n,
                double *scores) {
  ffi_type *types[] = {&ffi_type_pointer, &ffi_type_uint64, &ffi_type_pointer, &ffi_type_uint64};
  ffi_cif cif;
  ffi_prep_cif(&cif, FFI_DEFAULT_ABI, 4, &ffi_type_double, types);
  for (size_t row = 0; row < n; ++row) {
    const char *text = bytes + offsets[row];
    uint64_t length = (uint64_t)(offsets[row + 1] - offsets[row]);
    void *values[] = {&text, &length, &text, &length};
    ffi_call(&cif, FFI_FN(function), &scores[row], values);
  }
}
