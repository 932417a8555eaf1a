/// Call interfaces: prepared once, shared for ever.
#include "interface.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace {

ffi_type *foreignType(uint8_t type) {
  switch (type) {
  case ASSAY_TYPE_VOID: return &ffi_type_void;
  case ASSAY_TYPE_BOOL: return &ffi_type_uint8;
  case ASSAY_TYPE_INT8: return &ffi_type_sint8;
  case ASSAY_TYPE_UINT8: return &ffi_type_uint8;
  case ASSAY_TYPE_INT16: return &ffi_type_sint16;
  case ASSAY_TYPE_UINT16: return &ffi_type_uint16;
  case ASSAY_TYPE_INT32: return &ffi_type_sint32;
  case ASSAY_TYPE_UINT32: return &ffi_type_uint32;
  case ASSAY_TYPE_INT64: return &ffi_type_sint64;
  case ASSAY_TYPE_UINT64: return &ffi_type_uint64;
  case ASSAY_TYPE_FLOAT: return &ffi_type_float;
  case ASSAY_TYPE_DOUBLE: return &ffi_type_double;
  case ASSAY_TYPE_POINTER: return &ffi_type_pointer;
  default: return nullptr;
  }
}

std::unique_ptr<assay_interface> prepare(uint8_t result, const uint8_t *parameters, size_t count) {
  auto interface = std::make_unique<assay_interface>();
  interface->result = result;
  for (size_t index = 0; index < count; ++index) {
    ffi_type *type = foreignType(parameters[index]);
    if (type == nullptr || parameters[index] == ASSAY_TYPE_VOID) return nullptr;
    interface->parameters.push_back(parameters[index]);
    interface->types.push_back(type);
  }
  ffi_type *resultType = foreignType(result);
  if (resultType == nullptr) return nullptr;
  ffi_status status = ffi_prep_cif(&interface->cif, FFI_DEFAULT_ABI, unsigned(count), resultType,
                                   interface->types.data());
  if (status != FFI_OK) return nullptr;
  return interface;
}

} // namespace

const assay_interface *assay_interface_intern(uint8_t result, const uint8_t *parameters,
                                              size_t count) {
  // Preparing may write into libffi's types, so it happens under one lock. The
  // table is never destroyed: threads may still call while the process ends.
  static auto &lock = *new std::mutex;
  static auto &table = *new std::map<std::string, std::unique_ptr<assay_interface>>;
  if (count > ASSAY_CALL_MAXIMUM_PARAMETERS) return nullptr;
  try {
    std::string key(1, char(result));
    if (count > 0) key.append(reinterpret_cast<const char *>(parameters), count);
    std::lock_guard guard(lock);
    auto &entry = table[key];
    if (!entry) entry = prepare(result, parameters, count);
    return entry.get();
  } catch (...) {
    return nullptr;
  }
}

uint64_t assay::resultBits(uint8_t type, const Result &result) {
  switch (type) {
  case ASSAY_TYPE_VOID: return 0;
  // Foreign code leaves rubbish in the upper bits, and returns other values than 1.
  case ASSAY_TYPE_BOOL: return (result.integer & 0xff) != 0;
  case ASSAY_TYPE_INT8: return uint64_t(int64_t(int8_t(result.integer)));
  case ASSAY_TYPE_UINT8: return uint8_t(result.integer);
  case ASSAY_TYPE_INT16: return uint64_t(int64_t(int16_t(result.integer)));
  case ASSAY_TYPE_UINT16: return uint16_t(result.integer);
  case ASSAY_TYPE_INT32: return uint64_t(int64_t(int32_t(result.integer)));
  case ASSAY_TYPE_UINT32: return uint32_t(result.integer);
  case ASSAY_TYPE_FLOAT: return bitsOf(result.single);
  default: return result.bits;
  }
}

double assay_bits_to_double(uint8_t type, uint64_t bits) {
  switch (type) {
  case ASSAY_TYPE_BOOL: return (bits & 0xff) != 0;
  case ASSAY_TYPE_INT8: return int8_t(bits);
  case ASSAY_TYPE_UINT8: return uint8_t(bits);
  case ASSAY_TYPE_INT16: return int16_t(bits);
  case ASSAY_TYPE_UINT16: return uint16_t(bits);
  case ASSAY_TYPE_INT32: return int32_t(bits);
  case ASSAY_TYPE_UINT32: return uint32_t(bits);
  case ASSAY_TYPE_INT64: return double(int64_t(bits));
  case ASSAY_TYPE_UINT64: return double(bits);
  case ASSAY_TYPE_FLOAT: return assay::load<float>(&bits);
  case ASSAY_TYPE_DOUBLE: return assay::load<double>(&bits);
  default: return __builtin_nan("");
  }
}
