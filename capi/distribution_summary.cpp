// Numbers that sum a distribution up: moments, expectations, entropy, levels, the mode.
#include <algorithm>

#include "capi/call.hpp"
#include "capi/check.hpp"
#include "capi/distribution_query.hpp"
#include "capi/finn.h"
#include "capi/handles.hpp"
#include "finn/chains/chain.hpp"
#include "finn/chains/chain_masses.hpp"
#include "finn/chains/chain_queries.hpp"
#include "finn/queries/distribution.hpp"
#include "finn/queries/expectation.hpp"
#include "finn/queries/mode.hpp"
#include "finn/queries/moments.hpp"

namespace {

namespace net = finn::net;
using finn::capi::ask;
using finn::capi::ask_model;
using finn::capi::fail;
using finn::capi::require;
using finn::capi::require_given;
using finn::capi::require_length;
using finn::capi::require_number;
using finn::capi::require_range;
using finn::capi::require_rows;
using finn::capi::Status;

// As many as take a few gigabytes where all of them have to be looked at once more.
constexpr int64_t kMostSamples = int64_t{1} << 28;

// The samples of which something is the mean.
template <class Kind>
net::SampleMean checked_samples(const Kind& of, const double* given, int64_t samples,
                                uint64_t seed) {
  require_range(samples, 2, kMostSamples, "samples");
  require_given(of, given, 1);
  return {given, samples, seed};
}

}  // namespace

extern "C" {

finn_status finn_distribution_moments(const finn_distribution* distribution,
                                      finn_workspace* workspace, const double* given, int64_t rows,
                                      double* mean, double* mean_error, int64_t mean_length,
                                      double* covariance, double* covariance_error,
                                      int64_t covariance_length, finn_error* error) {
  return ask(distribution, workspace, error, [&](const auto& of) {
    const int64_t n = of.variables();
    require_rows(rows, std::max<int64_t>(n * n, of.columns()), "rows");
    require_given(of, given, rows);
    if (mean != nullptr || mean_error != nullptr) {
      require_length(mean_length, rows * n, "mean [rows][variables]", "mean_length");
    }
    if (covariance != nullptr || covariance_error != nullptr) {
      require_length(covariance_length, rows * n * n, "covariance [rows][variables][variables]",
                     "covariance_length");
    }
    net::moments(of, workspace->workspace, given, rows, mean, covariance, mean_error,
                 covariance_error);
  });
}

finn_status finn_distribution_expectation(const finn_distribution* distribution,
                                          finn_workspace* workspace,
                                          finn_expectation_callback callback, void* user_data,
                                          const double* given, int64_t samples, uint64_t seed,
                                          double* value, double* standard_error, int64_t length,
                                          finn_error* error) {
  return ask(distribution, workspace, error, [&](const auto& of) {
    if (callback == nullptr) fail(Status::ERROR_NULL, "callback: NULL given");
    require(value, "value");
    require_range(length, 1, 1 << 16, "length");
    const net::SampleMean by = checked_samples(of, given, samples, seed);
    const auto ask_callback = [&](const double* x, int64_t count, double* values) {
      if (callback(x, count, values, user_data) == 0) return;
      fail(Status::ERROR_CALLBACK, "callback: it reported an error of its own");
    };
    net::expectation(net::sampled(of, workspace->workspace), by, static_cast<int>(length),
                     ask_callback, value, standard_error);
    finn::capi::require_finite(value, 1, length, "value");
    if (standard_error == nullptr) return;
    finn::capi::require_finite(standard_error, 1, length, "standard_error");
  });
}

finn_status finn_distribution_entropy(const finn_distribution* distribution,
                                      finn_workspace* workspace, const double* given,
                                      int64_t samples, uint64_t seed, double* value,
                                      double* standard_error, finn_error* error) {
  return ask(distribution, workspace, error, [&](const auto& of) {
    require(value, "value");
    net::entropy(net::sampled(of, workspace->workspace), checked_samples(of, given, samples, seed),
                 value, standard_error);
  });
}

finn_status finn_distribution_density_level(const finn_distribution* distribution,
                                            finn_workspace* workspace, const double* given,
                                            double probability, int64_t samples, uint64_t seed,
                                            double* level, double* standard_error,
                                            finn_error* error) {
  return ask(distribution, workspace, error, [&](const auto& of) {
    require(level, "level");
    require_number(probability, probability > 0 && probability < 1, "probability",
                   "a number between 0 and 1");
    net::density_level(net::sampled(of, workspace->workspace),
                       checked_samples(of, given, samples, seed), probability, level,
                       standard_error);
  });
}

finn_status finn_distribution_mode(const finn_distribution* distribution, finn_workspace* workspace,
                                   const double* given, int64_t samples, uint64_t seed, double* x,
                                   int64_t length, double* log_density, finn_error* error) {
  return ask_model(distribution, workspace, "mode", error, [&](const net::Distribution& of) {
    require(x, "x");
    require_length(length, of.variables(), "x [variables]");
    net::mode(of, workspace->workspace, checked_samples(of, given, samples, seed), x, log_density);
  });
}

}  // extern "C"
