// How far the long sweeps go.
#pragma once

#include <cstdlib>

namespace finn::test {

// What `make test` tries of a sweep, or what `make test-long` does, which sets FINN_LONG_TESTS.
inline int sweep(int count, int long_count) {
  return std::getenv("FINN_LONG_TESTS") != nullptr ? long_count : count;
}

}  // namespace finn::test
