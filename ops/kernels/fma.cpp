#define FINN_ISA_FMA
#include "ops/kernels/build_table.hpp"
#include "ops/kernels/instruction_set.hpp"

namespace finn::ops {

FINN_DEFINE_TABLES(fma, PortableFma)

}  // namespace finn::ops
