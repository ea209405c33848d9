#define FINN_ISA_SSE2
#include "ops/kernels/build_table.hpp"
#include "ops/kernels/instruction_set.hpp"

namespace finn::ops {

FINN_DEFINE_TABLES(sse2, Sse2)

}  // namespace finn::ops
