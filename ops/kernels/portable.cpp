#define FINN_ISA_PORTABLE
#include "ops/kernels/build_table.hpp"
#include "ops/kernels/instruction_set.hpp"

namespace finn::ops {

FINN_DEFINE_TABLES(portable, Portable)

}  // namespace finn::ops
