#include "buffer.hpp"

#include <sys/mman.h>

namespace assay_vision {
namespace {

// From here on a piece has pages of its own, and from there on large ones.
constexpr size_t large = size_t(1) << 20;
constexpr size_t huge = size_t(1) << 22;
constexpr size_t page = 4096;

size_t whole_pages(size_t bytes) { return (bytes + page - 1) / page * page; }

// Touching fresh memory costs as much as parsing into it, unless its pages are few.
void ask_for_huge_pages(void *memory, size_t bytes) {
  if (bytes >= huge) (void)::madvise(memory, whole_pages(bytes), MADV_HUGEPAGE);
}

void *new_pages(size_t bytes) {
  void *memory = ::mmap(nullptr, whole_pages(bytes), PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  ask_for_huge_pages(memory, bytes);
  return memory;
}

}  // namespace

void *resized(void *memory, size_t old_bytes, size_t bytes) {
  bool was_large = old_bytes >= large;
  if (bytes == 0) {
    if (was_large) {
      ::munmap(memory, whole_pages(old_bytes));
    } else {
      std::free(memory);
    }
    return nullptr;
  }
  if (was_large) {
    void *moved = ::mremap(memory, whole_pages(old_bytes), whole_pages(bytes), MREMAP_MAYMOVE);
    if (moved == MAP_FAILED) throw std::bad_alloc();
    ask_for_huge_pages(moved, bytes);
    return moved;
  }
  if (bytes < large) {
    void *moved = std::realloc(memory, bytes);
    if (moved == nullptr) throw std::bad_alloc();
    return moved;
  }
  void *pages = new_pages(bytes);
  if (old_bytes > 0) std::memcpy(pages, memory, old_bytes);
  std::free(memory);
  return pages;
}

}  // namespace assay_vision
