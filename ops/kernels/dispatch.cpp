#include "ops/kernels/dispatch.hpp"

#include <cstdlib>
#include <cstring>

namespace finn::ops {

#define FINN_DECLARE_TABLES(set)               \
  extern const KernelTable<float> set##_float; \
  extern const KernelTable<double> set##_double;
FINN_DECLARE_TABLES(portable)
FINN_DECLARE_TABLES(avx512)
FINN_DECLARE_TABLES(avx2)
FINN_DECLARE_TABLES(sse2)
FINN_DECLARE_TABLES(fma)
FINN_DECLARE_TABLES(neon)

namespace {

bool always() { return true; }

#if defined(__x86_64__)
// The compiler's functions look at the operating system's support of the registers, too.
[[maybe_unused]] bool has_fma() {
  return __builtin_cpu_supports("avx") && __builtin_cpu_supports("fma");
}
[[maybe_unused]] bool has_avx2() { return has_fma() && __builtin_cpu_supports("avx2"); }
[[maybe_unused]] bool has_avx512() {
  return has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512cd") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512vl");
}
#endif

#if defined(__aarch64__)
constexpr bool kPortableIsFused = true;
#else
constexpr bool kPortableIsFused = false;
#endif

// The build defines FINN_HAS_... for each set that it has compiled (cmake/FinnKernels.cmake).
constexpr InstructionSet kSets[] = {
#ifdef FINN_HAS_avx512
    {"avx512", true, has_avx512, &avx512_float, &avx512_double},
#endif
#ifdef FINN_HAS_avx2
    {"avx2", true, has_avx2, &avx2_float, &avx2_double},
#endif
#ifdef FINN_HAS_sse2
    {"sse2", false, always, &sse2_float, &sse2_double},
#endif
#ifdef FINN_HAS_fma
    {"fma", true, has_fma, &fma_float, &fma_double},
#endif
#ifdef FINN_HAS_neon
    {"neon", true, always, &neon_float, &neon_double},
#endif
    {"portable", kPortableIsFused, always, &portable_float, &portable_double},
};

struct Choice {
  const InstructionSet& set;
  bool refused;
};

Choice choose(const char* wanted) {
  const bool any = wanted == nullptr || *wanted == '\0';
  for (const InstructionSet& set : kSets) {
    if ((any || std::strcmp(wanted, set.name) == 0) && set.is_available()) return {set, false};
  }
  return {std::end(kSets)[-1], true};
}

// Made at load, below; in a function for those who are loaded, and call, even earlier.
const Choice& choice() {
  static const Choice made = choose(std::getenv("FINN_SIMD"));
  return made;
}

[[maybe_unused]] const Choice& at_load = choice();

}  // namespace

template <>
const KernelTable<float>& InstructionSet::kernels() const {
  return *single;
}

template <>
const KernelTable<double>& InstructionSet::kernels() const {
  return *dual;
}

std::span<const InstructionSet> instruction_sets() { return kSets; }

const InstructionSet& active_instruction_set() { return choice().set; }

bool requested_set_unavailable() { return choice().refused; }

template <>
const KernelTable<float>& kernels<float>() {
  return *choice().set.single;
}

template <>
const KernelTable<double>& kernels<double>() {
  return *choice().set.dual;
}

}  // namespace finn::ops
