#define FINN_ISA_AVX2
#include "ops/kernels/build_table.hpp"

namespace finn::ops {

extern const KernelTable<float> avx2_float;
extern const KernelTable<double> avx2_double;
constinit const KernelTable<float> avx2_float = build_table<float, Avx2>("avx2");
constinit const KernelTable<double> avx2_double = build_table<double, Avx2>("avx2");

}  // namespace finn::ops
