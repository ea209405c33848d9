// Which instruction sets there are, and the choice between them.
//
// The choice is made once, when the library is loaded: the widest set that the processor and its
// operating system have, or the one that the environment variable FINN_SIMD names; "portable" if
// that one is unknown or not to be had. Nothing changes it later.
#pragma once

#include <span>

#include "ops/kernels/table.hpp"

namespace finn::ops {

struct InstructionSet {
  const char* name;  // "portable", "fma", "sse2", "avx2", "avx512", "neon"
  bool fused;        // all sets with fused multiply-adds give the same bits
  bool (*is_available)();
  const KernelTable<float>* single;
  const KernelTable<double>* dual;

  template <class T>
  const KernelTable<T>& kernels() const;
};

// All that are compiled in, in the order in which they are preferred.
std::span<const InstructionSet> instruction_sets();

// The one in use, and whether FINN_SIMD named another one, which is not to be had.
const InstructionSet& active_instruction_set();
bool requested_set_unavailable();

}  // namespace finn::ops
