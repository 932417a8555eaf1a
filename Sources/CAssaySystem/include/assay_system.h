/// Shims for what Swift's Glibc lacks.
#ifndef ASSAY_SYSTEM_H
#define ASSAY_SYSTEM_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
  ASSAY_OWNER_UNKNOWN = -1,
  ASSAY_OWNER_OTHER = 0,
  ASSAY_OWNER_SAME = 1
};

/// Whether an address that `dlsym` found belongs to the library of the handle, and
/// not to one that the library depends on. `path` (at least 1 byte) gets the path of
/// the library that it does belong to, cut to `capacity`.
int32_t assay_symbol_owner(void *handle, const void *address, char *path, size_t capacity);

/// The path of the library of a handle, as the loader knows it; 0 where there is none.
int32_t assay_library_path(void *handle, char *path, size_t capacity);

/// The path of the loaded object that holds an address; 0 where there is none.
int32_t assay_object_path(const void *address, char *path, size_t capacity);

/// Unpacks a compressed section of an ELF file, by the kind that its header names:
/// 1 is zlib, 2 is zstd. Whether exactly `to_size` bytes came out.
int32_t assay_decompress(
    uint32_t kind, const void *from, size_t from_size, void *to, size_t to_size);

/// Starts a program that nobody waits for: in a session of its own, without a terminal,
/// with standard input from `/dev/null`, and standard output and error at the end of the
/// file `log`, which is made where it is not there. No other file of the caller's is open, and
/// no signal is blocked or ignored in it.
/// `arguments` ends with NULL; the environment and the working directory are the
/// caller's. `process` gets the number of the process. 0, or the number of the system's
/// error, also of one that showed after the fork. May be called from any thread.
int32_t assay_start_detached(
    const char *program, char *const *arguments, const char *log, int32_t *process);

/// The checksum that `.gnu_debuglink` holds, over more bytes; begin with 0.
uint32_t assay_crc32(uint32_t crc, const void *bytes, size_t size);

#ifdef __cplusplus
}
#endif

#endif
