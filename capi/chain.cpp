// finn_chain: densities of many variables, fitted link by link.
#include "finn/chains/chain.hpp"

#include <limits>
#include <utility>
#include <vector>

#include "capi/call.hpp"
#include "capi/chain_options.hpp"
#include "capi/check.hpp"
#include "capi/finn.h"
#include "capi/handles.hpp"
#include "capi/options.hpp"
#include "capi/progress.hpp"
#include "capi/rows.hpp"
#include "finn/chains/chain_fit.hpp"
#include "finn/chains/chain_options.hpp"

namespace {

namespace net = finn::net;
using finn::capi::call;
using finn::capi::fail;
using finn::capi::require;
using finn::capi::require_handle;
using finn::capi::require_range;
using finn::capi::Status;

// Both limits or none of them, which is as infinite ones.
net::ChainLimits checked_limits(int32_t variables, const double* lower, const double* upper) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const auto count = static_cast<std::size_t>(variables);
  finn::capi::require_both_or_none(lower, upper);
  if (lower == nullptr) {
    return {std::vector<double>(count, -infinity), std::vector<double>(count, infinity)};
  }
  for (int32_t i = 0; i < variables; ++i) {
    if (lower[i] < upper[i]) continue;
    fail(Status::ERROR_ARGUMENT,
         "lower, upper: limits [%g, %g] of variable %d given, a lower below its upper expected",
         lower[i], upper[i], i);
  }
  return {{lower, lower + count}, {upper, upper + count}};
}

void require_within(const net::ChainFit& fit, const double* x, int64_t rows) {
  const int columns = fit.variables() + fit.conditions();
  for (int64_t r = 0; r < rows; ++r, x += columns) {
    for (int i = 0; i < fit.variables(); ++i) {
      const auto at = static_cast<std::size_t>(i);
      if (x[i] >= fit.limits().lower[at] && x[i] <= fit.limits().upper[at]) continue;
      fail(Status::ERROR_ARGUMENT, "x: %g at row %lld, column %d, %g .. %g expected", x[i],
           static_cast<long long>(r), i, fit.limits().lower[at], fit.limits().upper[at]);
    }
  }
}

}  // namespace

extern "C" {

finn_status finn_chain_create(int32_t variables, int32_t conditions, const double* lower,
                              const double* upper, const finn_chain_options* options,
                              finn_chain** chain, finn_error* error) {
  return call(error, [&] {
    require(chain, "chain");
    *chain = nullptr;
    require_range(variables, 1, FINN_MAX_MIXTURE_VARIABLES, "variables");
    require_range(conditions, 0, net::kMaxChainConditions, "conditions");
    *chain = new finn_chain{finn_chain::kMagic,
                            net::ChainFit(conditions, checked_limits(variables, lower, upper),
                                          finn::capi::checked_chain_options(options))};
  });
}

void finn_chain_destroy(finn_chain* chain) { finn::capi::destroy(chain); }

finn_status finn_chain_fit_data(finn_chain* chain, finn_workspace* workspace, const double* x,
                                const double* weights, int64_t rows,
                                finn_progress_callback progress, void* progress_data,
                                finn_error* error) {
  finn::capi::cancellation_point();
  return call(error, [&] {
    require_handle(chain, "chain");
    require_handle(workspace, "workspace");
    require(x, "x");
    const int columns = chain->fit.variables() + chain->fit.conditions();
    finn::capi::require_rows(rows, columns, "rows");
    finn::capi::require_finite(x, rows, columns, "x");
    require_within(chain->fit, x, rows);
    finn::capi::require_weights(weights, rows);
    finn::capi::ProgressCallback reported{progress, progress_data};
    chain->fit.fit(workspace->workspace, x, weights, rows, reported.callbacks());
  });
}

int32_t finn_chain_variables(const finn_chain* chain) {
  return chain == nullptr ? 0 : chain->fit.variables();
}

int32_t finn_chain_conditions(const finn_chain* chain) {
  return chain == nullptr ? 0 : chain->fit.conditions();
}

int32_t finn_chain_links(const finn_chain* chain) {
  return chain == nullptr ? 0 : static_cast<int32_t>(chain->fit.links().size());
}

finn_status finn_chain_get_options(const finn_chain* chain, finn_chain_options* options,
                                   finn_error* error) {
  return call(error, [&] {
    require_handle(chain, "chain");
    require(options, "options");
    finn::capi::copy_out(finn::capi::chain_options_of(chain->fit.options()), options, "options");
  });
}

finn_status finn_chain_link(const finn_chain* chain, int32_t link, finn_link_form* form,
                            double* log_likelihoods, finn_error* error) {
  return call(error, [&] {
    require_handle(chain, "chain");
    require(form, "form");
    const auto& reports = chain->fit.reports();
    if (reports.empty()) fail(Status::ERROR_ARGUMENT, "chain: no link of it is fitted");
    require_range(link, 0, static_cast<int64_t>(reports.size()) - 1, "link");
    const net::LinkReport& report = reports[static_cast<std::size_t>(link)];
    *form = static_cast<finn_link_form>(report.form);
    if (log_likelihoods == nullptr) return;
    log_likelihoods[FINN_LINK_LINEAR] = report.linear;
    log_likelihoods[FINN_LINK_RESIDUAL] = report.residual;
    log_likelihoods[FINN_LINK_NETWORK] = report.network;
  });
}

finn_status finn_chain_distribution(const finn_chain* chain, finn_distribution** distribution,
                                    finn_error* error) {
  return call(error, [&] {
    require(distribution, "distribution");
    *distribution = nullptr;
    require_handle(chain, "chain");
    *distribution = new finn_distribution{finn_distribution::kMagic, chain->fit.chain()};
  });
}

}  // extern "C"
