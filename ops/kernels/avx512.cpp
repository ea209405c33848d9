#define FINN_ISA_AVX512
#include "ops/kernels/build_table.hpp"

namespace finn::ops {

FINN_DEFINE_TABLES(avx512, Avx512)

}  // namespace finn::ops
