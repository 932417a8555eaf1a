/// What a plugin may leave changed behind it, and how it is put back.
#ifndef ASSAY_GUARD_HPP
#define ASSAY_GUARD_HPP

#include <cfenv>
#include <cstdint>

namespace assay {

/// The floating-point environment: the control word is compared after each call,
/// which costs about a nanosecond, the whole is put back at the end.
class FloatingPointGuard {
public:
  FloatingPointGuard() : control(readControl()) { fegetenv(&environment); }
  ~FloatingPointGuard() { fesetenv(&environment); }
  FloatingPointGuard(const FloatingPointGuard &) = delete;
  FloatingPointGuard &operator=(const FloatingPointGuard &) = delete;

  /// Puts rounding and flushing back where a call changed them.
  void check() {
    if (__builtin_expect(readControl() != control, 0)) fesetenv(&environment);
  }

private:
  static uint64_t readControl() {
#if defined(__x86_64__)
    uint32_t control = 0;
    __asm__ volatile("stmxcsr %0" : "=m"(control));
    // The low six bits are sticky flags: results, not settings. The x87's own word
    // is left to the end: whoever sets the rounding sets it in both.
    return control & 0xffc0u;
#elif defined(__aarch64__)
    uint64_t control = 0;
    __asm__ volatile("mrs %0, fpcr" : "=r"(control));
    return control;
#else
    return uint64_t(fegetround());
#endif
  }

  fenv_t environment;
  uint64_t control;
};

} // namespace assay

#endif
