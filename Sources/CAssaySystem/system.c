#define _GNU_SOURCE
#include "assay_system.h"

#include <dlfcn.h>
#include <link.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

static void copy(char *to, size_t capacity, const char *from) {
  if (capacity == 0) return;
  size_t length = from == NULL ? 0 : strnlen(from, capacity - 1);
  if (length > 0) memcpy(to, from, length);
  to[length] = 0;
}

int32_t assay_symbol_owner(void *handle, const void *address, char *path, size_t capacity) {
  struct link_map *library = NULL;
  struct link_map *owner = NULL;
  Dl_info info;
  copy(path, capacity, NULL);
  if (dlinfo(handle, RTLD_DI_LINKMAP, &library) != 0 || library == NULL) return ASSAY_OWNER_UNKNOWN;
  if (dladdr1(address, &info, (void **)&owner, RTLD_DL_LINKMAP) == 0 || owner == NULL)
    return ASSAY_OWNER_UNKNOWN;
  copy(path, capacity, owner->l_name);
  return owner == library ? ASSAY_OWNER_SAME : ASSAY_OWNER_OTHER;
}

int32_t assay_library_path(void *handle, char *path, size_t capacity) {
  struct link_map *library = NULL;
  copy(path, capacity, NULL);
  if (dlinfo(handle, RTLD_DI_LINKMAP, &library) != 0 || library == NULL) return 0;
  copy(path, capacity, library->l_name);
  return path[0] != 0;
}

int32_t assay_object_path(const void *address, char *path, size_t capacity) {
  Dl_info info;
  copy(path, capacity, NULL);
  if (dladdr(address, &info) == 0 || info.dli_fname == NULL) return 0;
  copy(path, capacity, info.dli_fname);
  return 1;
}

int32_t assay_decompress(
    uint32_t kind, const void *from, size_t from_size, void *to, size_t to_size) {
  if (kind == 1) {
    uLongf size = to_size;
    return uncompress(to, &size, from, from_size) == Z_OK && size == to_size;
  }
  return kind == 2 && ZSTD_decompress(to, to_size, from, from_size) == to_size;
}

uint32_t assay_crc32(uint32_t crc, const void *bytes, size_t size) {
  return (uint32_t)crc32_z(crc, bytes, size);
}
