// The box of an integral.
#pragma once

#include "capi/check.hpp"
#include "capi/finn.h"
#include "capi/handles.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"

namespace finn::capi {

// [lower, upper], each [variables], in order; infinite where that is allowed.
inline net::Box checked_box(int variables, const double* lower, const double* upper,
                            bool may_be_infinite) {
  require(lower, "lower");
  require(upper, "upper");
  net::Box box;
  box.variables = variables;
  for (int i = 0; i < variables; ++i) {
    const bool is_finite = std::isfinite(lower[i]) && std::isfinite(upper[i]);
    const bool is_number = !std::isnan(lower[i]) && !std::isnan(upper[i]);
    if (!is_finite && !(may_be_infinite && is_number)) {
      fail(Status::ERROR_NOT_FINITE,
           "lower, upper: limits [%g, %g] of variable %d given, finite ones expected", lower[i],
           upper[i], i);
    }
    if (lower[i] > upper[i]) {
      fail(Status::ERROR_ARGUMENT, "lower, upper: limits [%g, %g] of variable %d are reversed",
           lower[i], upper[i], i);
    }
    box.lower[static_cast<std::size_t>(i)] = lower[i];
    box.upper[static_cast<std::size_t>(i)] = upper[i];
  }
  return box;
}

// Limits beyond the box of u are those of someone who thinks of x, and would give the integral of
// another region. Where u is x itself, f is 0 beyond.
inline void require_within(const net::Domain& domain, const net::Box& box) {
  for (std::size_t i = 0; i < static_cast<std::size_t>(box.variables); ++i) {
    if ((domain.unmapped() >> i & 1) != 0) continue;
    const double least = domain.box().lower[i], most = domain.box().upper[i];
    const double slack = net::Domain::kEdge * (most - least);
    if (box.lower[i] >= least - slack && box.upper[i] <= most + slack) continue;
    fail(Status::ERROR_ARGUMENT,
         "lower, upper: limits [%g, %g] of variable %zu given with FINN_LIMITS_U, which lie within "
         "[%g, %g]; FINN_LIMITS_X takes those of a point",
         box.lower[i], box.upper[i], i, least, most);
  }
}

inline void require_axes(const net::Domain& domain) {
  if (domain.maps_axes()) return;
  fail(Status::ERROR_ARGUMENT,
       "limits: FINN_LIMITS_X given on a %s, whose map does not take one variable at a time, so "
       "that a box of x is none of u; FINN_LIMITS_U expected",
       domain.kind());
}

// The box of u of an integral of a model.
inline net::Box checked_box(const finn_model& model, finn_limits limits, const double* lower,
                            const double* upper) {
  require_enumerator(limits, FINN_LIMITS_U, "limits");
  return std::visit(
      [&](const auto& m) {
        const net::Domain* domain = m.domain();
        const bool of_points = domain != nullptr && limits == FINN_LIMITS_X;
        if (of_points) require_axes(*domain);
        const net::Box box = checked_box(m.variables(), lower, upper, of_points);
        if (of_points) return domain->limits_to_box(box);
        if (domain != nullptr) require_within(*domain, box);
        return box;
      },
      *model.model);
}

}  // namespace finn::capi
