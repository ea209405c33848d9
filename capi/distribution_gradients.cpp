// What the answers of a distribution change by: densities, cdfs, probabilities, the Rosenblatt
// transform.
#include "capi/call.hpp"
#include "capi/check.hpp"
#include "capi/distribution_query.hpp"
#include "capi/finn.h"
#include "capi/handles.hpp"
#include "finn/queries/density_gradient.hpp"
#include "finn/queries/distribution.hpp"
#include "finn/queries/probability_gradient.hpp"
#include "finn/queries/rosenblatt_jacobian.hpp"

namespace {

namespace net = finn::net;
using finn::capi::ask_model;
using finn::capi::require;
using finn::capi::require_boxes;
using finn::capi::require_finite;
using finn::capi::require_given;
using finn::capi::require_length;
using finn::capi::require_points;
using finn::capi::require_rows;

void require_gradient(const net::Distribution& of, const double* gradient, int64_t length,
                      int64_t rows) {
  require(gradient, "gradient");
  require_length(length, rows * of.columns(), "gradient [rows][columns]");
}

// Results that may be NULL.
void require_results(const double* values, int64_t rows, int64_t columns, const char* name) {
  if (values != nullptr) require_finite(values, rows, columns, name);
}

}  // namespace

extern "C" {

finn_status finn_distribution_log_density_gradient(const finn_distribution* distribution,
                                                   finn_workspace* workspace, const double* x,
                                                   int64_t rows, double* gradient, int64_t length,
                                                   finn_error* error) {
  return ask_model(distribution, workspace, "log_density_gradient", error,
                   [&](const net::Distribution& of) {
                     require_points(of, x, rows, false);
                     require_gradient(of, gradient, length, rows);
                     net::log_density_gradient(of, workspace->workspace, x, rows, gradient);
                     require_finite(gradient, rows, of.columns(), "gradient");
                   });
}

finn_status finn_distribution_cdf_gradient(const finn_distribution* distribution,
                                           finn_workspace* workspace, const double* x, int64_t rows,
                                           double* gradient, int64_t length, finn_error* error) {
  return ask_model(distribution, workspace, "cdf_gradient", error,
                   [&](const net::Distribution& of) {
                     of.require_separate("cdf");
                     require_points(of, x, rows, true);
                     require_gradient(of, gradient, length, rows);
                     net::cdf_gradient(of, workspace->workspace, x, rows, gradient);
                     require_finite(gradient, rows, of.columns(), "gradient");
                   });
}

finn_status finn_distribution_probability_gradient(const finn_distribution* distribution,
                                                   finn_workspace* workspace, const double* lower,
                                                   const double* upper, const double* given,
                                                   int64_t rows, double* lower_gradient,
                                                   double* upper_gradient, int64_t limit_length,
                                                   double* given_gradient, int64_t given_length,
                                                   finn_error* error) {
  return ask_model(distribution, workspace, "probability_gradient", error,
                   [&](const net::Distribution& of) {
                     of.require_separate("probability");
                     require(upper, "upper");
                     require_rows(rows, of.columns(), "rows");
                     require_boxes({lower, upper, nullptr}, rows, of.variables());
                     require_given(of, given, rows);
                     if (lower_gradient != nullptr || upper_gradient != nullptr) {
                       require_length(limit_length, rows * of.variables(),
                                      "the gradients [rows][variables]", "limit_length");
                     }
                     if (given_gradient != nullptr) {
                       require_length(given_length, rows * of.given_columns(),
                                      "given_gradient [rows][given_columns]", "given_length");
                     }
                     net::box_gradient(of, workspace->workspace, {lower, upper, nullptr}, given,
                                       rows, {lower_gradient, upper_gradient, given_gradient});
                     require_results(lower_gradient, rows, of.variables(), "lower_gradient");
                     require_results(upper_gradient, rows, of.variables(), "upper_gradient");
                     require_results(given_gradient, rows, of.given_columns(), "given_gradient");
                   });
}

finn_status finn_distribution_rosenblatt_jacobian(const finn_distribution* distribution,
                                                  finn_workspace* workspace, const double* x,
                                                  int64_t rows, double* jacobian,
                                                  int64_t jacobian_length, double* inverse,
                                                  int64_t inverse_length, finn_error* error) {
  return ask_model(distribution, workspace, "rosenblatt_jacobian", error,
                   [&](const net::Distribution& of) {
                     of.require_separate("rosenblatt");
                     const int64_t n = of.variables();
                     require_points(of, x, rows, false);
                     require_rows(rows, n * of.columns(), "rows");
                     if (jacobian != nullptr) {
                       require_length(jacobian_length, rows * n * of.columns(),
                                      "jacobian [rows][variables][columns]", "jacobian_length");
                     }
                     if (inverse != nullptr) {
                       require_length(inverse_length, rows * n * n,
                                      "inverse [rows][variables][variables]", "inverse_length");
                     }
                     net::rosenblatt_jacobian(of, workspace->workspace, x, rows, jacobian, inverse);
                     require_results(jacobian, rows, n * of.columns(), "jacobian");
                     require_results(inverse, rows, n * n, "inverse");
                   });
}

}  // extern "C"
