// What SLEEF takes for exp(-x^2) and erfc(-x), the two functions from which the textbook makes the
// sigma family: one call per instruction set, compiled with its flags (sleef_*.cpp).
#pragma once

#include <cstddef>

namespace finn::bench {

#define FINN_DECLARE_SLEEF(set)                                                     \
  void sleef_##set(const float* x, std::ptrdiff_t length, float* exp, float* erfc); \
  void sleef_##set(const double* x, std::ptrdiff_t length, double* exp, double* erfc);
FINN_DECLARE_SLEEF(sse2)
FINN_DECLARE_SLEEF(avx2)
FINN_DECLARE_SLEEF(avx512)
#undef FINN_DECLARE_SLEEF

// The bodies of both, by SLEEF's functions on registers of `lanes` numbers.
#define FINN_DEFINE_SLEEF(set, T, lanes, load, store, exp_of, erfc_of)   \
  void sleef_##set(const T* x, std::ptrdiff_t length, T* exp, T* erfc) { \
    for (std::ptrdiff_t i = 0; i + lanes <= length; i += lanes) {        \
      const auto argument = load(x + i);                                 \
      store(exp + i, exp_of(-(argument * argument)));                    \
      store(erfc + i, erfc_of(-argument));                               \
    }                                                                    \
  }

}  // namespace finn::bench
