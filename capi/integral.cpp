// Integrals over boxes, for all rows or for given conditions.
#include <algorithm>

#include "capi/box.hpp"
#include "capi/call.hpp"
#include "capi/check.hpp"
#include "capi/finn.h"
#include "capi/handles.hpp"
#include "capi/rows.hpp"
#include "finn/domains/box.hpp"
#include "finn/evaluation/conditional_integral.hpp"
#include "finn/evaluation/integrate.hpp"

namespace {

namespace net = finn::net;
using finn::capi::call;
using finn::capi::fail;
using finn::capi::require;
using finn::capi::require_finite;
using finn::capi::require_handle;
using finn::capi::require_length;
using finn::capi::Status;

void require_unconditional(const finn_model* model) {
  if (finn_model_columns(model) == finn_model_variables(model)) return;
  fail(Status::ERROR_ARGUMENT,
       "model: its integrals depend on conditions or on the targets of a row; use "
       "finn_conditional_integral");
}

}  // namespace

extern "C" {

finn_status finn_integral(const finn_model* model, finn_workspace* workspace, finn_limits limits,
                          const double* lower, const double* upper, double* value,
                          double* condition_number, double* error_estimate, int64_t length,
                          finn_error* error) {
  return call(error, [&] {
    require_handle(model, "model");
    require_handle(workspace, "workspace");
    require(value, "value");
    require_length(length, finn_model_outputs(model), "value [outputs]");
    require_unconditional(model);
    const net::Box box = finn::capi::checked_box(*model, limits, lower, upper);
    std::visit(
        [&](const auto& m) {
          net::integrate(m, workspace->workspace, box, value, condition_number, error_estimate);
        },
        *model->model);
    require_finite(value, 1, finn_model_outputs(model), "value");
  });
}

finn_status finn_conditional_integral(const finn_model* model, finn_workspace* workspace,
                                      finn_limits limits, const double* lower, const double* upper,
                                      const double* conditions, int64_t count, double* value,
                                      double* condition_number, double* error_estimate,
                                      int64_t length, finn_error* error) {
  return call(error, [&] {
    require_handle(model, "model");
    require_handle(workspace, "workspace");
    require(value, "value");
    const int64_t outputs = finn_model_outputs(model);
    finn::capi::require_rows(count, std::max<int64_t>(finn_model_columns(model), outputs), "count");
    require_length(length, count * outputs, "value [count][outputs]");
    const net::Box box = finn::capi::checked_box(*model, limits, lower, upper);
    std::visit(
        [&](const auto& m) {
          finn::capi::require_conditions(m, conditions, count);
          net::integrate_conditional(m, workspace->workspace, box, conditions, count, value,
                                     condition_number, error_estimate);
        },
        *model->model);
    require_finite(value, count, outputs, "value");
  });
}

}  // extern "C"
