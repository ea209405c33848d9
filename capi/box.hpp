// The box of an integral.
#pragma once

#include "capi/check.hpp"
#include "capi/handles.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"

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

// Limits beyond the box of u are those of someone who thinks of x, and would give the integral of
// another region. Where u is x itself, f is 0 beyond.
inline void require_within(const net::Domain& domain, const net::Box& box) {
  for (std::size_t i = 0; i < static_cast<std::size_t>(box.variables); ++i) {
    if ((domain.unmapped() >> i & 1) != 0) continue;
    const double least = domain.box().lower[i], most = domain.box().upper[i];
    const double slack = net::Domain::kEdge * (most - least);
    if (box.lower[i] >= least - slack && box.upper[i] <= most + slack) continue;
    fail(Status::ERROR_ARGUMENT,
         "lower, upper: limits [%g, %g] of variable %zu given, which are those of u and lie within "
         "[%g, %g]; finn_domain_to_box gives the u of a point",
         box.lower[i], box.upper[i], i, least, most);
  }
}

// The box of an integral of a model.
inline net::Box checked_box(const finn_model& model, const double* lower, const double* upper) {
  return std::visit(
      [&](const auto& m) {
        const net::Box box = checked_box(m.variables(), lower, upper);
        if (m.domain() != nullptr) require_within(*m.domain(), box);
        return box;
      },
      model.model);
}

}  // namespace finn::capi
