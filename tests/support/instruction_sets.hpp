// The instruction sets of this processor, for tests that try the kernels of each.
#pragma once

#include <gtest/gtest.h>

#include "ops/kernels/dispatch.hpp"

namespace finn::test {

// Calls body(set) for every set that is available here. A set that is not cannot be tested here.
template <class Body>
void for_each_instruction_set(Body&& body) {
  for (const ops::InstructionSet& set : ops::instruction_sets()) {
    if (!set.is_available()) continue;
    SCOPED_TRACE(set.name);
    body(set);
  }
}

}  // namespace finn::test
