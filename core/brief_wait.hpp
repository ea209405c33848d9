// Waiting for what comes within some microseconds, and not at the cost of others: a thread that is
// put to sleep and woken loses about as many.
#pragma once

#include <chrono>
#include <thread>

namespace finn::core {

// Tells the processor that its thread only waits.
inline void relax() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

// True once holds(); false when it does not within `patience`, or another thread wants the
// processor. Such a thread runs when this one yields, which then takes longer.
template <class Condition>
bool holds_soon(std::chrono::microseconds patience, Condition&& holds) {
  constexpr std::chrono::microseconds undisturbed{5};
  const auto begin = std::chrono::steady_clock::now();
  for (auto last = begin; last - begin < patience;) {
    for (int i = 0; i < 32; ++i) {
      if (holds()) return true;
      relax();
    }
    std::this_thread::yield();
    const auto now = std::chrono::steady_clock::now();
    if (now - last > undisturbed) return holds();
    last = now;
  }
  return false;
}

}  // namespace finn::core
