// Models with conditions: the columns of their rows, and integrals for given conditions.
#include "finn/evaluation/conditional_integral.hpp"

#include "capi/box.hpp"
#include "capi/call.hpp"
#include "capi/check.hpp"
#include "capi/finn.h"
#include "capi/handles.hpp"
#include "capi/rows.hpp"
#include "finn/domains/box.hpp"
#include "finn/model/model.hpp"
#include "finn/model/positive_columns.hpp"

namespace {

namespace net = finn::net;
using finn::capi::require;
using finn::capi::require_finite;
using finn::capi::require_handle;

// given [count][columns - variables]; NULL where there are no such columns.
template <class T>
void require_given(const net::Model<T>& model, const double* given, int64_t count) {
  const int columns = model.columns() - model.variables();
  finn::capi::require_rows(count, std::max(columns, model.outputs()), "count");
  if (columns == 0) return;
  require(given, "given");
  net::PositiveColumns positive = model.positive_columns();
  positive.begin -= model.variables();
  positive.end -= model.variables();
  finn::capi::require_columns(given, count, columns, positive, "given");
}

}  // namespace

extern "C" {

int32_t finn_model_columns(const finn_model* model) {
  if (model == nullptr) return 0;
  return std::visit([](const auto& m) { return m.columns(); }, model->model);
}

finn_status finn_integral_given(const finn_model* model, finn_workspace* workspace,
                                const double* lower, const double* upper, const double* given,
                                int64_t count, double* value, double* kappa, double* error_estimate,
                                finn_error* error) {
  return finn::capi::call(error, [&] {
    require_handle(model, "model");
    require_handle(workspace, "workspace");
    require(value, "value");
    const net::Box box = finn::capi::checked_box(*model, lower, upper);
    std::visit(
        [&](const auto& m) {
          require_given(m, given, count);
          net::integrate_conditional(m, workspace->workspace, box, given, count, value, kappa,
                                     error_estimate);
        },
        model->model);
    require_finite(value, count, finn_model_outputs(model), "value");
  });
}

}  // extern "C"
