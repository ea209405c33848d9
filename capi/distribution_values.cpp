// What a distribution says at points and of boxes: density, cdf, probability.
#include "capi/call.hpp"
#include "capi/check.hpp"
#include "capi/distribution_query.hpp"
#include "capi/finn.h"
#include "capi/handles.hpp"
#include "finn/chains/chain.hpp"
#include "finn/chains/chain_masses.hpp"
#include "finn/chains/chain_queries.hpp"
#include "finn/queries/box_probability.hpp"
#include "finn/queries/density.hpp"
#include "finn/queries/distribution.hpp"

namespace {

namespace net = finn::net;
using finn::capi::ask;
using finn::capi::call;
using finn::capi::fail;
using finn::capi::require;
using finn::capi::require_boxes;
using finn::capi::require_finite;
using finn::capi::require_given;
using finn::capi::require_length;
using finn::capi::require_points;
using finn::capi::require_rows;
using finn::capi::Status;

void require_results(const double* values, int64_t length, int64_t rows, const char* name) {
  require(values, name);
  require_length(length, rows, "the results [rows]");
}

finn_status orthant(const finn_distribution* distribution, finn_workspace* workspace,
                    net::Side side, const char* name, const double* x, int64_t rows, double* value,
                    int64_t length, finn_error* error) {
  return ask(distribution, workspace, error, [&](const auto& of) {
    of.require_separate(name);
    require_points(of, x, rows, true);
    require_results(value, length, rows, name);
    net::orthant_probability(of, workspace->workspace, side, x, rows, value);
  });
}

finn_status probability(const finn_distribution* distribution, finn_workspace* workspace,
                        const net::Boxes& boxes, const double* given, int64_t rows, double* value,
                        double* error_estimate, int64_t length, finn_error* error) {
  return ask(distribution, workspace, error, [&](const auto& of) {
    of.require_separate("probability");
    require_rows(rows, of.columns(), "rows");
    require_boxes(boxes, rows, of.variables());
    require_given(of, given, rows);
    require_results(value, length, rows, "value");
    net::box_probability(of, workspace->workspace, boxes, given, rows, value, error_estimate);
  });
}

}  // namespace

extern "C" {

finn_status finn_distribution_density(const finn_distribution* distribution,
                                      finn_workspace* workspace, const double* x, int64_t rows,
                                      double* density, int64_t length, finn_error* error) {
  return ask(distribution, workspace, error, [&](const auto& of) {
    require_points(of, x, rows, false);
    require_results(density, length, rows, "density");
    net::density(of, workspace->workspace, x, rows, density, nullptr);
    require_finite(density, rows, 1, "density");
  });
}

finn_status finn_distribution_log_density(const finn_distribution* distribution,
                                          finn_workspace* workspace, const double* x, int64_t rows,
                                          double* log_density, int64_t length, finn_error* error) {
  return ask(distribution, workspace, error, [&](const auto& of) {
    require_points(of, x, rows, false);
    require_results(log_density, length, rows, "log_density");
    net::density(of, workspace->workspace, x, rows, nullptr, log_density);
  });
}

finn_status finn_distribution_cdf(const finn_distribution* distribution, finn_workspace* workspace,
                                  const double* x, int64_t rows, double* cdf, int64_t length,
                                  finn_error* error) {
  return orthant(distribution, workspace, net::Side::below, "cdf", x, rows, cdf, length, error);
}

finn_status finn_distribution_survival(const finn_distribution* distribution,
                                       finn_workspace* workspace, const double* x, int64_t rows,
                                       double* survival, int64_t length, finn_error* error) {
  return orthant(distribution, workspace, net::Side::above, "survival", x, rows, survival, length,
                 error);
}

finn_status finn_distribution_probability(const finn_distribution* distribution,
                                          finn_workspace* workspace, const double* lower,
                                          const double* upper, const double* given, int64_t rows,
                                          double* value, double* error_estimate, int64_t length,
                                          finn_error* error) {
  if (upper == nullptr) return call(error, [] { require(nullptr, "upper"); });
  return probability(distribution, workspace, {lower, upper, nullptr}, given, rows, value,
                     error_estimate, length, error);
}

finn_status finn_distribution_probability_of_width(const finn_distribution* distribution,
                                                   finn_workspace* workspace, const double* lower,
                                                   const double* width, const double* given,
                                                   int64_t rows, double* value,
                                                   double* error_estimate, int64_t length,
                                                   finn_error* error) {
  if (width == nullptr) return call(error, [] { require(nullptr, "width"); });
  return probability(distribution, workspace, {lower, nullptr, width}, given, rows, value,
                     error_estimate, length, error);
}

}  // extern "C"
