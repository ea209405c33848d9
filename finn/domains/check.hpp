// The checks that the makers of domains share; messages name the argument as finn.h does.
#pragma once

#include <cmath>
#include <cstdint>

#include "core/error.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"

namespace finn::net {

// Lengths are squared and cubed; between these bounds nothing overflows or underflows.
inline constexpr double kSmallestLength = 1e-100;
inline constexpr double kLargestLength = 1e100;

inline void require_finite(const double* values, std::int64_t count, const char* name) {
  for (std::int64_t i = 0; i < count; ++i) {
    if (std::isfinite(values[i])) continue;
    core::fail(core::Status::ERROR_NOT_FINITE, "%s: %g at element %lld", name, values[i],
               static_cast<long long>(i));
  }
}

// Finite and of a size that can be reckoned with.
inline void require_coordinates(const double* values, std::int64_t count, const char* name) {
  require_finite(values, count, name);
  for (std::int64_t i = 0; i < count; ++i) {
    if (std::fabs(values[i]) <= kLargestLength) continue;
    core::fail(core::Status::ERROR_ARGUMENT, "%s: %g given at element %lld, at most %g expected",
               name, values[i], static_cast<long long>(i), kLargestLength);
  }
}

inline void require_length(double value, const char* name) {
  require_finite(&value, 1, name);
  if (value >= kSmallestLength && value <= kLargestLength) return;
  core::fail(core::Status::ERROR_ARGUMENT, "%s: %g given, a length of %g .. %g expected", name,
             value, kSmallestLength, kLargestLength);
}

inline void require_radii(double inner, double outer) {
  require_length(outer, "outer");
  require_finite(&inner, 1, "inner");
  if (inner >= 0 && inner < outer) return;
  core::fail(core::Status::ERROR_ARGUMENT,
             "inner: %g given, at least 0 and below the outer radius %g expected", inner, outer);
}

// That a domain may be made of this one.
inline void require_depth(const Domain& below, const char* name) {
  if (below.depth() < Domain::kMaxDepth) return;
  core::fail(core::Status::ERROR_ARGUMENT,
             "%s: a domain made of others, %d over one another, given, fewer than %d expected",
             name, below.depth(), Domain::kMaxDepth);
}

// How far outside a point may lie and count as one of the edge: by the size of the domain, and by
// the rounding of coordinates that far from 0.
inline double edge_slack(double size, const double* centre, int variables) {
  double distance = 0;
  for (int i = 0; i < variables; ++i) distance += std::fabs(centre[i]);
  return Domain::kEdge * size + 0x1p-50 * distance;
}

// The box with these limits in each variable.
inline Box cube(int variables, double lower, double upper) {
  Box box;
  box.variables = variables;
  box.lower.fill(lower);
  box.upper.fill(upper);
  return box;
}

}  // namespace finn::net
