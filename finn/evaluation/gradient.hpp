// A loss and its gradient.
#pragma once

#include <cstdint>

namespace finn::net {

// values [count] are dLoss/dparameters. They lie in a workspace until it is used again.
template <class T>
struct Gradient {
  double loss;
  T* values;
  std::int64_t count;
};

}  // namespace finn::net
