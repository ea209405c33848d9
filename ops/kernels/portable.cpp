#define FINN_ISA_PORTABLE
#include "ops/kernels/build_table.hpp"

namespace finn::ops {

extern const KernelTable<float> portable_float;
extern const KernelTable<double> portable_double;
constinit const KernelTable<float> portable_float = build_table<float, Portable>("portable");
constinit const KernelTable<double> portable_double = build_table<double, Portable>("portable");

}  // namespace finn::ops
