#define FINN_ISA_AVX512
#include "ops/kernels/build_table.hpp"

namespace finn::ops {

extern const KernelTable<float> avx512_float;
extern const KernelTable<double> avx512_double;
constinit const KernelTable<float> avx512_float = build_table<float, Avx512>("avx512");
constinit const KernelTable<double> avx512_double = build_table<double, Avx512>("avx512");

}  // namespace finn::ops
