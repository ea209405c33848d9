// f, F, mixed partials, and the vector-Jacobian product.
#include <algorithm>

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
#include "finn/model/model.hpp"

namespace {

namespace core = finn::core;
namespace net = finn::net;
using finn::capi::call;
using finn::capi::fail;
using finn::capi::require;
using finn::capi::require_finite;
using finn::capi::require_handle;
using finn::capi::require_length;
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
             *model->model);
}

// An array of results [batch][outputs], and what finn.h calls it.
template <class U>
struct Values {
  U* numbers;
  int64_t length;
  const char* name;
};

// choose(n) names the subset of the n variables; it is called once the model has been checked.
template <class U, class Choose>
finn_status mixed_partial(const finn_model* model, finn_workspace* workspace, Choose&& choose,
                          const U* x, int64_t batch, const Values<U>& values, finn_error* error) {
  return call(error, [&] {
    require_batch(model, workspace, x, batch);
    require(values.numbers, values.name);
    require_length(values.length, batch * finn_model_outputs(model),
                   "the results [batch][outputs]");
    const net::VariableSet subset = choose(finn_model_variables(model));
    std::visit(
        [&](const auto& m) {
          net::mixed_partial(m, workspace->workspace, subset, x, batch, values.numbers);
        },
        *model->model);
    require_finite(values.numbers, batch, finn_model_outputs(model), values.name);
  });
}

net::VariableSet checked_subset(uint64_t subset, int variables) {
  if (subset <= net::all_variables(variables)) return subset;
  fail(Status::ERROR_ARGUMENT, "subset: 0x%llx given, which has a bit beyond the %d variables",
       static_cast<unsigned long long>(subset), variables);
}

template <class U>
finn_status integrand(const finn_model* model, finn_workspace* workspace, const U* x, int64_t batch,
                      U* f, int64_t length, finn_error* error) {
  const auto subset = [](int variables) { return net::all_variables(variables); };
  return mixed_partial(model, workspace, subset, x, batch, Values<U>{f, length, "f"}, error);
}

template <class U>
finn_status antiderivative(const finn_model* model, finn_workspace* workspace, const U* x,
                           int64_t batch, U* F, int64_t length, finn_error* error) {
  const auto subset = [](int) { return net::VariableSet{0}; };
  return mixed_partial(model, workspace, subset, x, batch, Values<U>{F, length, "F"}, error);
}

template <class U>
finn_status mixed_partial_over(const finn_model* model, finn_workspace* workspace, uint64_t given,
                               const U* x, int64_t batch, U* values, int64_t length,
                               finn_error* error) {
  const auto subset = [=](int variables) { return checked_subset(given, variables); };
  return mixed_partial(model, workspace, subset, x, batch, Values<U>{values, length, "values"},
                       error);
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

// The arrays of a vector-Jacobian product; f and x may be NULL.
template <class U>
struct Adjoints {
  U* f;
  int64_t f_length;
  U* parameters;
  int64_t parameter_length;
  U* x;
  int64_t x_length;
};

template <class U>
void require_adjoints(const finn_model* model, int64_t batch, const Adjoints<U>& to) {
  const int64_t outputs = finn_model_outputs(model), columns = finn_model_columns(model);
  require(to.parameters, "parameter_adjoint");
  require_length(to.parameter_length, finn_model_parameter_count(model),
                 "parameter_adjoint [parameter_count]", "parameter_length");
  if (to.f != nullptr) {
    require_length(to.f_length, batch * outputs, "f [batch][outputs]", "f_length");
  }
  if (to.x != nullptr) {
    require_length(to.x_length, batch * columns, "x_adjoint [batch][columns]", "x_length");
  }
}

template <class U>
finn_status integrand_vjp(const finn_model* model, finn_workspace* workspace, const U* x,
                          int64_t batch, const U* f_adjoint, const Adjoints<U>& to,
                          finn_error* error) {
  return call(error, [&] {
    require_batch(model, workspace, x, batch);
    require(f_adjoint, "f_adjoint");
    require_adjoints(model, batch, to);
    require_finite(f_adjoint, batch, finn_model_outputs(model), "f_adjoint");
    std::visit(
        [&]<class T>(const net::Model<T>& m) {
          const net::Batch<U> points{x, batch, to.f, to.x};
          const auto loss = [&](core::Tape<T>&, const core::Jet<T>& value, const core::Tile& tile) {
            seed_adjoint(value, f_adjoint + tile.first * m.outputs(), tile.samples);
            return 0.0;
          };
          const auto gradient = net::backpropagate(m, workspace->workspace, points, loss);
          std::transform(gradient.values, gradient.values + gradient.count, to.parameters,
                         [](T value) { return static_cast<U>(value); });
        },
        *model->model);
    require_finite(to.parameters, 1, finn_model_parameter_count(model), "parameter_adjoint");
  });
}

}  // namespace

extern "C" {

finn_status finn_integrand_f64(const finn_model* model, finn_workspace* workspace, const double* x,
                               int64_t batch, double* f, int64_t length, finn_error* error) {
  return integrand(model, workspace, x, batch, f, length, error);
}
finn_status finn_integrand_f32(const finn_model* model, finn_workspace* workspace, const float* x,
                               int64_t batch, float* f, int64_t length, finn_error* error) {
  return integrand(model, workspace, x, batch, f, length, error);
}

finn_status finn_antiderivative_f64(const finn_model* model, finn_workspace* workspace,
                                    const double* x, int64_t batch, double* F, int64_t length,
                                    finn_error* error) {
  return antiderivative(model, workspace, x, batch, F, length, error);
}
finn_status finn_antiderivative_f32(const finn_model* model, finn_workspace* workspace,
                                    const float* x, int64_t batch, float* F, int64_t length,
                                    finn_error* error) {
  return antiderivative(model, workspace, x, batch, F, length, error);
}

finn_status finn_mixed_partial_f64(const finn_model* model, finn_workspace* workspace,
                                   uint64_t subset, const double* x, int64_t batch, double* values,
                                   int64_t length, finn_error* error) {
  return mixed_partial_over(model, workspace, subset, x, batch, values, length, error);
}
finn_status finn_mixed_partial_f32(const finn_model* model, finn_workspace* workspace,
                                   uint64_t subset, const float* x, int64_t batch, float* values,
                                   int64_t length, finn_error* error) {
  return mixed_partial_over(model, workspace, subset, x, batch, values, length, error);
}

finn_status finn_integrand_vjp_f64(const finn_model* model, finn_workspace* workspace,
                                   const double* x, int64_t batch, const double* f_adjoint,
                                   double* f, int64_t f_length, double* parameter_adjoint,
                                   int64_t parameter_length, double* x_adjoint, int64_t x_length,
                                   finn_error* error) {
  return integrand_vjp(model, workspace, x, batch, f_adjoint,
                       {f, f_length, parameter_adjoint, parameter_length, x_adjoint, x_length},
                       error);
}
finn_status finn_integrand_vjp_f32(const finn_model* model, finn_workspace* workspace,
                                   const float* x, int64_t batch, const float* f_adjoint, float* f,
                                   int64_t f_length, float* parameter_adjoint,
                                   int64_t parameter_length, float* x_adjoint, int64_t x_length,
                                   finn_error* error) {
  return integrand_vjp(model, workspace, x, batch, f_adjoint,
                       {f, f_length, parameter_adjoint, parameter_length, x_adjoint, x_length},
                       error);
}

}  // extern "C"
