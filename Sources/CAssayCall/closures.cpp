/// Functions made at run time, for plugins that take function pointers.
#include "interface.hpp"

#include <atomic>
#include <map>
#include <mutex>
#include <new>
#include <thread>
#include <utility>
#include <vector>

struct assay_closure {
  const assay_interface *interface;
  const void *owner;
  void *code;
  assay_closure_handler handler;
  void *context;
  std::atomic<bool> isActive;
  std::atomic<int64_t> callsInside;
};

namespace {

/// What libffi calls. Whoever kept the address of a retired closure gets 0.
void enter(ffi_cif *, void *result, void **arguments, void *data) {
  auto *closure = static_cast<assay_closure *>(data);
  assay::Result room = {};
  closure->callsInside.fetch_add(1);
  if (closure->isActive.load()) closure->handler(closure->context, &room, arguments);
  closure->callsInside.fetch_sub(1);
  uint8_t type = closure->interface->result;
  if (type == ASSAY_TYPE_VOID) return;
  if (type == ASSAY_TYPE_FLOAT) {
    std::memcpy(result, &room.single, sizeof room.single);
    return;
  }
  // libffi wants narrow integers as whole words.
  uint64_t bits = assay::resultBits(type, room);
  std::memcpy(result, &bits, sizeof bits);
}

assay_closure *make(const assay_interface *interface, const void *owner) {
  void *code = nullptr;
  auto *foreign = static_cast<ffi_closure *>(ffi_closure_alloc(sizeof(ffi_closure), &code));
  if (foreign == nullptr) return nullptr;
  auto *closure = new (std::nothrow) assay_closure{interface, owner, code, nullptr, nullptr, {false}, {0}};
  if (closure != nullptr &&
      ffi_prep_closure_loc(foreign, const_cast<ffi_cif *>(&interface->cif), enter, closure, code) ==
          FFI_OK)
    return closure;
  delete closure;
  ffi_closure_free(foreign);
  return nullptr;
}

/// Retired closures, to be used again by the plugin that knows their addresses.
struct Pool {
  std::mutex lock;
  std::map<std::pair<const assay_interface *, const void *>, std::vector<assay_closure *>> free;
};

Pool &pool() {
  static auto &shared = *new Pool;
  return shared;
}

assay_closure *reuse(const assay_interface *interface, const void *owner) {
  std::lock_guard guard(pool().lock);
  auto found = pool().free.find({interface, owner});
  if (found == pool().free.end() || found->second.empty()) return nullptr;
  assay_closure *closure = found->second.back();
  found->second.pop_back();
  return closure;
}

void addOne(void *, void *result, void *const *arguments) {
  int32_t value = assay::load<int32_t>(arguments[0]) + 1;
  std::memcpy(result, &value, sizeof value);
}

bool probe() {
  const uint8_t parameter = ASSAY_TYPE_INT32;
  const assay_interface *interface = assay_interface_intern(ASSAY_TYPE_INT32, &parameter, 1);
  if (interface == nullptr) return false;
  assay_closure *closure = assay_closure_create(interface, nullptr, addOne, nullptr);
  if (closure == nullptr) return false;
  auto function = reinterpret_cast<int32_t (*)(int32_t)>(closure->code);
  bool works = function(41) == 42;
  assay_closure_retire(closure);
  return works;
}

} // namespace

int32_t assay_closures_available(void) {
  static const bool works = probe();
  return works;
}

assay_closure *assay_closure_create(const assay_interface *interface, const void *owner,
                                    assay_closure_handler handler, void *context) {
  try {
    assay_closure *closure = reuse(interface, owner);
    if (closure == nullptr) closure = make(interface, owner);
    if (closure == nullptr) return nullptr;
    closure->handler = handler;
    closure->context = context;
    closure->isActive.store(true);
    return closure;
  } catch (...) {
    return nullptr;
  }
}

void *assay_closure_code(const assay_closure *closure) { return closure->code; }

void assay_closure_retire(assay_closure *closure) {
  closure->isActive.store(false);
  while (closure->callsInside.load() != 0) std::this_thread::yield();
  try {
    std::lock_guard guard(pool().lock);
    pool().free[{closure->interface, closure->owner}].push_back(closure);
  } catch (...) {
    // Without memory for the pool it is simply never used again.
  }
}
