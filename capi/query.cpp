// f, F, mixed partials, integrals, and the vector-Jacobian product.
#include <algorithm>

#include "capi/box.hpp"
#include "capi/call.hpp"
#include "capi/check.hpp"
#include "capi/finn.h"
#include "capi/handles.hpp"
#include "capi/rows.hpp"
#include "core/jet.hpp"
#include "core/tape.hpp"
#include "core/tile.hpp"
#include "finn/domains/box.hpp"
#include "finn/evaluation/backpropagate.hpp"
#include "finn/evaluation/batch.hpp"
#include "finn/evaluation/evaluate.hpp"
#include "finn/evaluation/integrate.hpp"
#include "finn/model/model.hpp"

namespace {

namespace core = finn::core;
namespace net = finn::net;
using finn::capi::call;
using finn::capi::fail;
using finn::capi::require;
using finn::capi::require_finite;
using finn::capi::require_handle;
using finn::capi::Status;

// What all queries at a batch of points check.
template <class U>
void require_batch(const finn_model* model, finn_workspace* workspace, const U* x, int64_t batch) {
  require_handle(model, "model");
  require_handle(workspace, "workspace");
  require(x, "x");
  const int32_t widest = std::max(finn_model_columns(model), finn_model_outputs(model));
  finn::capi::require_rows(batch, widest, "batch");
  std::visit([&](const auto& m) { finn::capi::require_model_rows(m, x, batch, "x"); },
             model->model);
}

// choose(n) names the subset of the n variables; it is called once the model has been checked.
template <class U, class Choose>
finn_status mixed_partial(const finn_model* model, finn_workspace* workspace, Choose&& choose,
                          const U* x, int64_t batch, U* values, const char* name,
                          finn_error* error) {
  return call(error, [&] {
    require_batch(model, workspace, x, batch);
    require(values, name);
    const net::VariableSet subset = choose(finn_model_variables(model));
    std::visit(
        [&](const auto& m) {
          net::mixed_partial(m, workspace->workspace, subset, x, batch, values);
        },
        model->model);
    require_finite(values, batch, finn_model_outputs(model), name);
  });
}

net::VariableSet checked_subset(uint32_t subset, int variables) {
  if (subset <= net::all_variables(variables)) return subset;
  fail(Status::ERROR_ARGUMENT, "subset: 0x%x given, which has a bit beyond the %d variables",
       subset, variables);
}

template <class U>
finn_status integrand(const finn_model* model, finn_workspace* workspace, const U* x, int64_t batch,
                      U* f, finn_error* error) {
  const auto subset = [](int variables) { return net::all_variables(variables); };
  return mixed_partial(model, workspace, subset, x, batch, f, "f", error);
}

template <class U>
finn_status antiderivative(const finn_model* model, finn_workspace* workspace, const U* x,
                           int64_t batch, U* F, finn_error* error) {
  const auto subset = [](int) { return net::VariableSet{0}; };
  return mixed_partial(model, workspace, subset, x, batch, F, "F", error);
}

template <class U>
finn_status mixed_partial_over(const finn_model* model, finn_workspace* workspace, uint32_t given,
                               const U* x, int64_t batch, U* values, finn_error* error) {
  const auto subset = [=](int variables) { return checked_subset(given, variables); };
  return mixed_partial(model, workspace, subset, x, batch, values, "values", error);
}

// Seeds f's adjoint with the caller's.
template <class T, class U>
void seed_adjoint(const core::Jet<T>& f, const U* f_adjoint, int samples) {
  for (int64_t i = 0; i < samples; ++i) {
    for (int j = 0; j < f.features; ++j) {
      f.adjoint_row(0, j)[i] = static_cast<T>(f_adjoint[i * f.features + j]);
    }
  }
}

template <class U>
finn_status integrand_vjp(const finn_model* model, finn_workspace* workspace, const U* x,
                          int64_t batch, const U* f_adjoint, U* f, U* parameter_adjoint,
                          U* x_adjoint, finn_error* error) {
  return call(error, [&] {
    require_batch(model, workspace, x, batch);
    require(f_adjoint, "f_adjoint");
    require(parameter_adjoint, "parameter_adjoint");
    require_finite(f_adjoint, batch, finn_model_outputs(model), "f_adjoint");
    std::visit(
        [&]<class T>(const net::Model<T>& m) {
          const net::Batch<U> points{x, batch, f, x_adjoint};
          const auto loss = [&](core::Tape<T>&, const core::Jet<T>& value, const core::Tile& tile) {
            seed_adjoint(value, f_adjoint + tile.first * m.outputs(), tile.samples);
            return 0.0;
          };
          const auto gradient = net::backpropagate(m, workspace->workspace, points, loss);
          std::transform(gradient.values, gradient.values + gradient.count, parameter_adjoint,
                         [](T value) { return static_cast<U>(value); });
        },
        model->model);
    require_finite(parameter_adjoint, 1, finn_model_parameter_count(model), "parameter_adjoint");
  });
}

}  // namespace

extern "C" {

finn_status finn_integrand_f64(const finn_model* model, finn_workspace* workspace, const double* x,
                               int64_t batch, double* f, finn_error* error) {
  return integrand(model, workspace, x, batch, f, error);
}
finn_status finn_integrand_f32(const finn_model* model, finn_workspace* workspace, const float* x,
                               int64_t batch, float* f, finn_error* error) {
  return integrand(model, workspace, x, batch, f, error);
}

finn_status finn_antiderivative_f64(const finn_model* model, finn_workspace* workspace,
                                    const double* x, int64_t batch, double* F, finn_error* error) {
  return antiderivative(model, workspace, x, batch, F, error);
}
finn_status finn_antiderivative_f32(const finn_model* model, finn_workspace* workspace,
                                    const float* x, int64_t batch, float* F, finn_error* error) {
  return antiderivative(model, workspace, x, batch, F, error);
}

finn_status finn_mixed_partial_f64(const finn_model* model, finn_workspace* workspace,
                                   uint32_t subset, const double* x, int64_t batch, double* values,
                                   finn_error* error) {
  return mixed_partial_over(model, workspace, subset, x, batch, values, error);
}
finn_status finn_mixed_partial_f32(const finn_model* model, finn_workspace* workspace,
                                   uint32_t subset, const float* x, int64_t batch, float* values,
                                   finn_error* error) {
  return mixed_partial_over(model, workspace, subset, x, batch, values, error);
}

finn_status finn_integrand_vjp_f64(const finn_model* model, finn_workspace* workspace,
                                   const double* x, int64_t batch, const double* f_adjoint,
                                   double* f, double* parameter_adjoint, double* x_adjoint,
                                   finn_error* error) {
  return integrand_vjp(model, workspace, x, batch, f_adjoint, f, parameter_adjoint, x_adjoint,
                       error);
}
finn_status finn_integrand_vjp_f32(const finn_model* model, finn_workspace* workspace,
                                   const float* x, int64_t batch, const float* f_adjoint, float* f,
                                   float* parameter_adjoint, float* x_adjoint, finn_error* error) {
  return integrand_vjp(model, workspace, x, batch, f_adjoint, f, parameter_adjoint, x_adjoint,
                       error);
}

finn_status finn_integral(const finn_model* model, finn_workspace* workspace, const double* lower,
                          const double* upper, double* value, double* kappa, double* error_estimate,
                          finn_error* error) {
  return call(error, [&] {
    require_handle(model, "model");
    require_handle(workspace, "workspace");
    require(value, "value");
    const net::Box box = finn::capi::checked_box(*model, lower, upper);
    std::visit(
        [&](const auto& m) {
          if (m.columns() > m.variables()) {
            fail(Status::ERROR_ARGUMENT,
                 "model: its integrals depend on conditions or on the epsilon of a sample; use "
                 "finn_integral_given");
          }
          net::integrate(m, workspace->workspace, box, value, kappa, error_estimate);
        },
        model->model);
    require_finite(value, 1, finn_model_outputs(model), "value");
  });
}

}  // extern "C"
