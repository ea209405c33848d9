#define FINN_ISA_NEON
#include "ops/kernels/build_table.hpp"
#include "ops/kernels/instruction_set.hpp"

namespace finn::ops {

FINN_DEFINE_TABLES(neon, Neon)

}  // namespace finn::ops
