// Points of a distribution: quantiles, the Rosenblatt transform, samples.
#include "capi/call.hpp"
#include "capi/check.hpp"
#include "capi/distribution_query.hpp"
#include "capi/finn.h"
#include "capi/handles.hpp"
#include "finn/chains/chain.hpp"
#include "finn/chains/chain_masses.hpp"
#include "finn/chains/chain_queries.hpp"
#include "finn/queries/distribution.hpp"
#include "finn/queries/rosenblatt.hpp"
#include "finn/queries/sampler.hpp"

namespace {

namespace net = finn::net;
using finn::capi::ask;
using finn::capi::fail;
using finn::capi::require;
using finn::capi::require_given;
using finn::capi::require_length;
using finn::capi::require_points;
using finn::capi::require_probabilities;
using finn::capi::require_rows;
using finn::capi::Status;

// Probabilities p [rows][variables], called `name`, to points x of the same shape.
template <class Kind>
void invert(const Kind& of, finn_workspace& workspace, const double* p, const char* name,
            const double* given, int64_t rows, double* x, int64_t length) {
  of.require_separate("quantile");
  require_probabilities(p, rows, of.variables(), name);
  require_given(of, given, rows);
  require(x, "x");
  require_length(length, rows * of.variables(), "x [rows][variables]");
  net::inverse_rosenblatt(of, workspace.workspace, p, given, rows, x);
}

}  // namespace

extern "C" {

finn_status finn_distribution_quantile(const finn_distribution* distribution,
                                       finn_workspace* workspace, const double* p,
                                       const double* given, int64_t rows, double* x, int64_t length,
                                       finn_error* error) {
  return ask(distribution, workspace, error, [&](const auto& of) {
    if (of.variables() != 1) {
      fail(Status::ERROR_ARGUMENT,
           "distribution: one of %d variables given; only one of a single variable has quantiles: "
           "take a marginal first, or give the others",
           of.variables());
    }
    invert(of, *workspace, p, "p", given, rows, x, length);
  });
}

finn_status finn_distribution_rosenblatt(const finn_distribution* distribution,
                                         finn_workspace* workspace, const double* x, int64_t rows,
                                         double* u, int64_t length, finn_error* error) {
  return ask(distribution, workspace, error, [&](const auto& of) {
    of.require_separate("rosenblatt");
    require_points(of, x, rows, false);
    require(u, "u");
    require_length(length, rows * of.variables(), "u [rows][variables]");
    net::rosenblatt(of, workspace->workspace, x, rows, u);
  });
}

finn_status finn_distribution_inverse_rosenblatt(const finn_distribution* distribution,
                                                 finn_workspace* workspace, const double* u,
                                                 const double* given, int64_t rows, double* x,
                                                 int64_t length, finn_error* error) {
  return ask(distribution, workspace, error,
             [&](const auto& of) { invert(of, *workspace, u, "u", given, rows, x, length); });
}

finn_status finn_distribution_sample(const finn_distribution* distribution,
                                     finn_workspace* workspace, uint64_t seed, int64_t first,
                                     const double* given, int64_t rows, double* x, int64_t length,
                                     finn_error* error) {
  return ask(distribution, workspace, error, [&](const auto& of) {
    if (first < 0) {
      fail(Status::ERROR_ARGUMENT, "first: %lld given, at least 0 expected",
           static_cast<long long>(first));
    }
    require_rows(rows, of.columns(), "rows");
    require_given(of, given, rows);
    require(x, "x");
    require_length(length, rows * of.variables(), "x [rows][variables]");
    net::sample(of, workspace->workspace, seed, first, given, rows, x);
  });
}

}  // extern "C"
