// The box of an integral.
#pragma once

#include "capi/check.hpp"
#include "finn/domains/box.hpp"

namespace finn::capi {

// [lower, upper], each [variables], finite and in order.
inline net::Box checked_box(int variables, const double* lower, const double* upper) {
  require(lower, "lower");
  require(upper, "upper");
  net::Box box;
  box.variables = variables;
  require_finite(lower, 1, variables, "lower");
  require_finite(upper, 1, variables, "upper");
  for (int i = 0; i < variables; ++i) {
    if (lower[i] > upper[i]) {
      fail(Status::ERROR_ARGUMENT, "lower, upper: limits [%g, %g] of variable %d are reversed",
           lower[i], upper[i], i);
    }
    box.lower[static_cast<std::size_t>(i)] = lower[i];
    box.upper[static_cast<std::size_t>(i)] = upper[i];
  }
  return box;
}

}  // namespace finn::capi
