// The vector-Jacobian product of integrals over boxes.
#include "finn/evaluation/integral_vjp.hpp"

#include <algorithm>
#include <array>
#include <type_traits>
#include <utility>

#include "capi/box.hpp"
#include "capi/call.hpp"
#include "capi/check.hpp"
#include "capi/finn.h"
#include "capi/handles.hpp"
#include "capi/rows.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"
#include "finn/model/model.hpp"

namespace {

namespace net = finn::net;
using finn::capi::call;
using finn::capi::require;
using finn::capi::require_finite;
using finn::capi::require_handle;
using finn::capi::require_length;

using LimitAdjoint = std::array<double, net::kMaxBoxVariables>;

// What an integral is asked for with.
struct Asked {
  const double* conditions;
  int64_t count;
  const double* value_adjoint;
};

// The lengths of the arrays that are written.
struct Lengths {
  int64_t value, parameters, limits, conditions;
};

void require_arrays(const finn_model* model, const Asked& asked, const net::IntegralAdjoints& to,
                    const Lengths& lengths) {
  const int64_t outputs = finn_model_outputs(model), n = finn_model_variables(model);
  const int64_t columns = finn_model_columns(model);
  finn::capi::require_rows(asked.count, std::max(columns, outputs), "count");
  require(asked.value_adjoint, "value_adjoint");
  require(to.parameters, "parameter_adjoint");
  require_length(lengths.parameters, finn_model_parameter_count(model),
                 "parameter_adjoint [parameter_count]", "parameter_length");
  if (to.value != nullptr) {
    require_length(lengths.value, asked.count * outputs, "value [count][outputs]", "value_length");
  }
  if (to.lower != nullptr || to.upper != nullptr) {
    require_length(lengths.limits, n, "the adjoints of limits [variables]", "limit_length");
  }
  if (to.conditions != nullptr) {
    require_length(lengths.conditions, asked.count * (columns - n),
                   "condition_adjoint [count][columns - variables]", "condition_length");
  }
  require_finite(asked.value_adjoint, asked.count, outputs, "value_adjoint");
}

// Adjoints of limits of u to those of the limits of x that they were, of a domain whose map takes
// one variable at a time. Where u falls as x grows, the lower limit of one is the upper of the
// other.
void to_points(const net::Domain& domain, const double* lower, const double* upper,
               LimitAdjoint& of_lower, LimitAdjoint& of_upper) {
  for (std::size_t i = 0; i < static_cast<std::size_t>(domain.variables()); ++i) {
    const double at_lower = domain.axis_slopes(i, lower[i]).u;
    const double at_upper = domain.axis_slopes(i, upper[i]).u;
    if (at_lower < 0 || at_upper < 0) std::swap(of_lower[i], of_upper[i]);
    of_lower[i] *= at_lower;
    of_upper[i] *= at_upper;
  }
}

template <class T>
void integral_vjp(const net::Model<T>& model, finn_workspace& workspace, const net::Box& box,
                  const Asked& asked, const net::IntegralAdjoints& to) {
  const auto of = [&](const net::Model<double>& in_double) {
    net::integral_vjp(in_double, workspace.workspace, box, asked.conditions, asked.count,
                      asked.value_adjoint, to);
  };
  if constexpr (std::is_same_v<T, double>) {
    of(model);
  } else {
    of(net::in_double(model));
  }
}

}  // namespace

extern "C" {

finn_status finn_conditional_integral_vjp(
    const finn_model* model, finn_workspace* workspace, finn_limits limits, const double* lower,
    const double* upper, const double* conditions, int64_t count, const double* value_adjoint,
    double* value, int64_t value_length, double* parameter_adjoint, int64_t parameter_length,
    double* lower_adjoint, double* upper_adjoint, int64_t limit_length, double* condition_adjoint,
    int64_t condition_length, finn_error* error) {
  return call(error, [&] {
    require_handle(model, "model");
    require_handle(workspace, "workspace");
    const Asked asked{conditions, count, value_adjoint};
    LimitAdjoint of_lower{}, of_upper{};
    net::IntegralAdjoints to{value, parameter_adjoint, lower_adjoint, upper_adjoint,
                             condition_adjoint};
    require_arrays(model, asked, to,
                   {value_length, parameter_length, limit_length, condition_length});
    const net::Box box = finn::capi::checked_box(*model, limits, lower, upper);
    if (lower_adjoint != nullptr || upper_adjoint != nullptr) {
      to.lower = of_lower.data();
      to.upper = of_upper.data();
    }
    std::visit(
        [&](const auto& m) {
          finn::capi::require_conditions(m, conditions, count);
          integral_vjp(m, *workspace, box, asked, to);
          if (m.domain() == nullptr || limits == FINN_LIMITS_U || to.lower == nullptr) return;
          to_points(*m.domain(), lower, upper, of_lower, of_upper);
        },
        *model->model);
    const int n = finn_model_variables(model);
    if (lower_adjoint != nullptr) std::copy_n(of_lower.data(), n, lower_adjoint);
    if (upper_adjoint != nullptr) std::copy_n(of_upper.data(), n, upper_adjoint);
    require_finite(parameter_adjoint, 1, finn_model_parameter_count(model), "parameter_adjoint");
  });
}

}  // extern "C"
