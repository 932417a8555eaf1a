#define _GNU_SOURCE
#include "assay_system.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <linux/close_range.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
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

// What a child tells the caller through a pipe, in one write.
struct report {
  int32_t process;
  int32_t error;
};

// Runs in the grandchild: nothing here may allocate or take a lock, as other threads
// of the parent may have been holding some.
static void become(const char *program, char *const *arguments, const char *log, int report) {
  sigset_t none;
  int in = open("/dev/null", O_RDONLY);
  int out = open(log, O_WRONLY | O_CREAT | O_APPEND, 0644);
  sigemptyset(&none);
  if (in >= 0 && out >= 0 && dup2(in, 0) == 0 && dup2(out, 1) == 1 && dup2(out, 2) == 2) {
    if (in > 2) close(in);
    if (out > 2) close(out);
    signal(SIGPIPE, SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, NULL);
    // Whoever waits for the end of the caller's pipes and sockets must not wait for us.
    if (close_range(3, ~0U, CLOSE_RANGE_CLOEXEC) != 0)
      for (int file = 3; file < 4096; file++) fcntl(file, F_SETFD, FD_CLOEXEC);
    execv(program, arguments);
  }
  struct report failure = {0, errno};
  (void)!write(report, &failure, sizeof failure);
  _exit(127);
}

int32_t assay_start_detached(
    const char *program, char *const *arguments, const char *log, int32_t *process) {
  int report[2];
  int error = 0;
  if (pipe2(report, O_CLOEXEC) != 0) return errno;
  pid_t child = fork();
  if (child == 0) {
    // The second fork leaves the program to init, which collects it when it ends.
    pid_t program_id = setsid() < 0 ? -1 : fork();
    if (program_id == 0) become(program, arguments, log, report[1]);
    struct report begun = {program_id > 0 ? program_id : 0, program_id > 0 ? 0 : errno};
    (void)!write(report[1], &begun, sizeof begun);
    _exit(0);
  }
  if (child < 0) error = errno;
  close(report[1]);
  if (child > 0) {
    int status;
    struct report said;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    // Ends when the program has begun: the pipe is closed on exec.
    for (;;) {
      ssize_t count = read(report[0], &said, sizeof said);
      if (count < 0 && errno == EINTR) continue;
      if (count != sizeof said) break;
      if (said.process != 0) *process = said.process;
      if (said.error != 0) error = said.error;
    }
  }
  close(report[0]);
  return error;
}
