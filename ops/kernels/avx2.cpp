#define FINN_ISA_AVX2
#include "ops/kernels/build_table.hpp"
#include "ops/kernels/instruction_set.hpp"

namespace finn::ops {

FINN_DEFINE_TABLES(avx2, Avx2)

}  // namespace finn::ops
