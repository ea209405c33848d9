// The choice of the instruction set, made once.
#include <cstdlib>
#include <cstring>
#include <type_traits>

#include "ops/kernels/table.hpp"

namespace finn::ops {

extern const KernelTable<float> portable_float;
extern const KernelTable<double> portable_double;
#ifdef FINN_X86_KERNELS
extern const KernelTable<float> avx2_float, avx512_float;
extern const KernelTable<double> avx2_double, avx512_double;
#endif

namespace {

struct InstructionSet {
  const KernelTable<float>* single;
  const KernelTable<double>* dual;
};

bool is_chosen(const InstructionSet& set, const char* wanted) {
  return wanted == nullptr || *wanted == '\0' || std::strcmp(wanted, set.single->name) == 0;
}

// The widest set that the processor (and its operating system) has and that is wanted; the
// portable one where none fits.
InstructionSet choose(const char* wanted) {
#ifdef FINN_X86_KERNELS
  const bool has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  const bool has_avx512 = has_avx2 && __builtin_cpu_supports("avx512f") &&
                          __builtin_cpu_supports("avx512cd") &&
                          __builtin_cpu_supports("avx512dq") &&
                          __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
  const InstructionSet avx512{&avx512_float, &avx512_double};
  const InstructionSet avx2{&avx2_float, &avx2_double};
  if (has_avx512 && is_chosen(avx512, wanted)) return avx512;
  if (has_avx2 && is_chosen(avx2, wanted)) return avx2;
#endif
  const InstructionSet portable{&portable_float, &portable_double};
  return portable;
}

const InstructionSet& chosen() {
  static const InstructionSet set = choose(std::getenv("FINN_SIMD"));
  return set;
}

}  // namespace

template <>
const KernelTable<float>& kernels<float>() {
  return *chosen().single;
}

template <>
const KernelTable<double>& kernels<double>() {
  return *chosen().dual;
}

}  // namespace finn::ops
