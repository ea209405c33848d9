// f, F, mixed partials, and the vector-Jacobian product of f.
#include "capi/check.hpp"
#include "capi/derivative.hpp"
#include "capi/finn.h"
#include "finn/domains/box.hpp"
#include "finn/domains/orders.hpp"

namespace {

namespace net = finn::net;
using finn::capi::derivative;
using finn::capi::derivative_vjp;
using finn::capi::fail;
using finn::capi::Named;
using finn::capi::Points;
using finn::capi::Status;

net::Orders all_of(const finn_model& model) {
  return net::all_variables(finn_model_variables(&model));
}

net::VariableSet checked_subset(uint64_t subset, int variables) {
  if (subset <= net::all_variables(variables)) return subset;
  fail(Status::ERROR_ARGUMENT, "subset: 0x%llx given, which has a bit beyond the %d variables",
       static_cast<unsigned long long>(subset), variables);
}

template <class U>
finn_status antiderivative(const finn_model* model, finn_workspace* workspace,
                           const Points<U>& points, const Named<U>& F, finn_error* error) {
  const auto none = [](const finn_model&) { return net::Orders(); };
  return derivative(model, workspace, none, points, F, error);
}

template <class U>
finn_status mixed_partial(const finn_model* model, finn_workspace* workspace, uint64_t given,
                          const Points<U>& points, const Named<U>& values, finn_error* error) {
  const auto subset = [=](const finn_model& of) {
    return net::Orders(checked_subset(given, finn_model_variables(&of)));
  };
  return derivative(model, workspace, subset, points, values, error);
}

template <class U>
finn_status integrand_vjp(const finn_model* model, finn_workspace* workspace,
                          const Points<U>& points, const U* f_adjoint, const Named<U>& f,
                          const Named<U>& parameters, const Named<U>& x, finn_error* error) {
  return derivative_vjp<U>(model, workspace, all_of, points,
                           {{f_adjoint, points.batch, "f_adjoint"}, f, parameters, x}, error);
}

}  // namespace

extern "C" {

finn_status finn_integrand_f64(const finn_model* model, finn_workspace* workspace, const double* x,
                               int64_t batch, double* f, int64_t length, finn_error* error) {
  return derivative<double>(model, workspace, all_of, {x, batch}, {f, length, "f"}, error);
}
finn_status finn_integrand_f32(const finn_model* model, finn_workspace* workspace, const float* x,
                               int64_t batch, float* f, int64_t length, finn_error* error) {
  return derivative<float>(model, workspace, all_of, {x, batch}, {f, length, "f"}, error);
}

finn_status finn_antiderivative_f64(const finn_model* model, finn_workspace* workspace,
                                    const double* x, int64_t batch, double* F, int64_t length,
                                    finn_error* error) {
  return antiderivative<double>(model, workspace, {x, batch}, {F, length, "F"}, error);
}
finn_status finn_antiderivative_f32(const finn_model* model, finn_workspace* workspace,
                                    const float* x, int64_t batch, float* F, int64_t length,
                                    finn_error* error) {
  return antiderivative<float>(model, workspace, {x, batch}, {F, length, "F"}, error);
}

finn_status finn_mixed_partial_f64(const finn_model* model, finn_workspace* workspace,
                                   uint64_t subset, const double* x, int64_t batch, double* values,
                                   int64_t length, finn_error* error) {
  return mixed_partial<double>(model, workspace, subset, {x, batch}, {values, length, "values"},
                               error);
}
finn_status finn_mixed_partial_f32(const finn_model* model, finn_workspace* workspace,
                                   uint64_t subset, const float* x, int64_t batch, float* values,
                                   int64_t length, finn_error* error) {
  return mixed_partial<float>(model, workspace, subset, {x, batch}, {values, length, "values"},
                              error);
}

finn_status finn_integrand_vjp_f64(const finn_model* model, finn_workspace* workspace,
                                   const double* x, int64_t batch, const double* f_adjoint,
                                   double* f, int64_t f_length, double* parameter_adjoint,
                                   int64_t parameter_length, double* x_adjoint, int64_t x_length,
                                   finn_error* error) {
  return integrand_vjp<double>(model, workspace, {x, batch}, f_adjoint, {f, f_length, "f_length"},
                               {parameter_adjoint, parameter_length, "parameter_length"},
                               {x_adjoint, x_length, "x_length"}, error);
}
finn_status finn_integrand_vjp_f32(const finn_model* model, finn_workspace* workspace,
                                   const float* x, int64_t batch, const float* f_adjoint, float* f,
                                   int64_t f_length, float* parameter_adjoint,
                                   int64_t parameter_length, float* x_adjoint, int64_t x_length,
                                   finn_error* error) {
  return integrand_vjp<float>(model, workspace, {x, batch}, f_adjoint, {f, f_length, "f_length"},
                              {parameter_adjoint, parameter_length, "parameter_length"},
                              {x_adjoint, x_length, "x_length"}, error);
}

}  // extern "C"
