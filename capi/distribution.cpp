// finn_distribution: made of a model and of one another, and what they are.
#include "finn/queries/distribution.hpp"

#include <utility>
#include <variant>

#include "capi/box.hpp"
#include "capi/call.hpp"
#include "capi/check.hpp"
#include "capi/distribution_query.hpp"
#include "capi/finn.h"
#include "capi/handles.hpp"
#include "finn/domains/box.hpp"

namespace {

namespace net = finn::net;
using finn::capi::call;
using finn::capi::fail;
using finn::capi::of_model;
using finn::capi::require;
using finn::capi::require_handle;
using finn::capi::require_length;
using finn::capi::require_range;
using finn::capi::Status;

// make(distribution) -> the new one, written to *made.
template <class Make>
finn_status derived(const finn_distribution* distribution, finn_distribution** made,
                    const char* name, Make&& make, finn_error* error) {
  return call(error, [&] {
    require(made, name);
    *made = nullptr;
    require_handle(distribution, "distribution");
    *made = std::visit(
        [&](const auto& of) {
          return new finn_distribution{finn_distribution::kMagic, make(of)};
        },
        distribution->distribution);
  });
}

std::span<const int> checked_variables(const int32_t* variables, int32_t count) {
  require_range(count, 1, net::kMaxBoxVariables, "count");
  require(variables, "variables");
  return {variables, static_cast<std::size_t>(count)};
}

// Limits that may be infinite, none of them reversed.
void require_limits(const net::Distribution& distribution, const double* lower,
                    const double* upper) {
  require(lower, "lower");
  require(upper, "upper");
  finn::capi::checked_box(distribution.variables(), lower, upper, true);
}

}  // namespace

extern "C" {

finn_status finn_distribution_create(const finn_model* model, int32_t output,
                                     finn_distribution** distribution, finn_error* error) {
  return call(error, [&] {
    require(distribution, "distribution");
    *distribution = nullptr;
    require_handle(model, "model");
    require_range(output, 0, finn_model_outputs(model) - 1, "output");
    std::visit(
        [&](const auto& m) {
          *distribution =
              new finn_distribution{finn_distribution::kMagic, net::Distribution::of(m, output)};
        },
        *model->model);
  });
}

void finn_distribution_destroy(finn_distribution* distribution) {
  finn::capi::destroy(distribution);
}

finn_status finn_distribution_marginal(const finn_distribution* distribution,
                                       const int32_t* variables, int32_t count,
                                       finn_distribution** marginal, finn_error* error) {
  const auto make = [&](const auto& of) {
    return of.marginal(checked_variables(variables, count));
  };
  return derived(distribution, marginal, "marginal", make, error);
}

finn_status finn_distribution_given(const finn_distribution* distribution, const int32_t* variables,
                                    int32_t count, finn_distribution** given, finn_error* error) {
  const auto make = [&](const auto& of) { return of.given(checked_variables(variables, count)); };
  return derived(distribution, given, "given", make, error);
}

finn_status finn_distribution_truncated(const finn_distribution* distribution, const double* lower,
                                        const double* upper, finn_distribution** truncated,
                                        finn_error* error) {
  return call(error, [&] {
    require(truncated, "truncated");
    *truncated = nullptr;
    require_handle(distribution, "distribution");
    const net::Distribution& of = of_model(*distribution, "truncated");
    require_limits(of, lower, upper);
    *truncated = new finn_distribution{finn_distribution::kMagic, of.truncated(lower, upper)};
  });
}

int32_t finn_distribution_variables(const finn_distribution* distribution) {
  if (distribution == nullptr) return 0;
  return std::visit([](const auto& of) { return of.variables(); }, distribution->distribution);
}

int32_t finn_distribution_columns(const finn_distribution* distribution) {
  if (distribution == nullptr) return 0;
  return std::visit([](const auto& of) { return of.columns(); }, distribution->distribution);
}

int32_t finn_distribution_given_columns(const finn_distribution* distribution) {
  if (distribution == nullptr) return 0;
  return std::visit([](const auto& of) { return of.given_columns(); }, distribution->distribution);
}

finn_status finn_distribution_support(const finn_distribution* distribution, double* lower,
                                      double* upper, int64_t length, finn_error* error) {
  return call(error, [&] {
    require_handle(distribution, "distribution");
    require(lower, "lower");
    require(upper, "upper");
    std::visit(
        [&](const auto& of) {
          require_length(length, of.variables(), "lower, and of upper [variables]");
          of.require_separate("support");
          for (int k = 0; k < of.variables(); ++k) of.limits(k, lower + k, upper + k);
        },
        distribution->distribution);
  });
}

}  // extern "C"
