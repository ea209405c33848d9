#define FINN_ISA_AVX512
#include "ops/kernels/build_table.hpp"
#include "ops/kernels/instruction_set.hpp"

namespace finn::ops {

FINN_DEFINE_TABLES(avx512, Avx512)

}  // namespace finn::ops
