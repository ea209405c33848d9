// Derivatives of F of any orders, and their vector-Jacobian product.
#include "capi/derivative.hpp"

#include "capi/check.hpp"
#include "capi/finn.h"
#include "capi/handles.hpp"
#include "core/subset.hpp"
#include "finn/domains/domain.hpp"
#include "finn/domains/orders.hpp"
#include "finn/model/model.hpp"

namespace {

namespace core = finn::core;
namespace net = finn::net;
using finn::capi::fail;
using finn::capi::require;
using finn::capi::Status;

// Orders above 1 take a variable whose u is x itself.
void require_unmapped(const net::Domain* domain, const net::Orders& orders, int variables) {
  if (domain == nullptr) return;
  for (int i = 0; i < variables; ++i) {
    if (orders[i] <= 1 || (domain->unmapped() >> i & 1) != 0) continue;
    fail(Status::ERROR_ARGUMENT,
         "orders: %d given for variable %d, at most 1 expected, as the domain, a %s, maps this "
         "variable",
         orders[i], i, domain->kind());
  }
}

template <class T>
void require_total(const net::Model<T>& model, int total) {
  if (model.network().jet_variables(total) > core::kMaxVariables) {
    fail(Status::ERROR_ARGUMENT,
         "orders: %d in all given, at most %d expected, as the jets of an mlp have so many "
         "directions",
         total, core::kMaxVariables);
  }
  if (total <= net::kMaxTotalOrder) return;
  fail(Status::ERROR_ARGUMENT, "orders: %d in all given, at most %d expected", total,
       net::kMaxTotalOrder);
}

net::Orders checked_orders(const finn_model& model, const std::int32_t* given) {
  require(given, "orders");
  net::Orders orders;
  const int n = finn_model_variables(&model);
  for (int i = 0; i < n; ++i) {
    if (given[i] < 0 || given[i] > net::kMaxOrder) {
      fail(Status::ERROR_ARGUMENT, "orders: %d given for variable %d, 0 .. %d expected", given[i],
           i, net::kMaxOrder);
    }
    orders.set(i, given[i]);
  }
  std::visit(
      [&](const auto& m) {
        require_total(m, orders.total());
        require_unmapped(m.domain(), orders, n);
      },
      *model.model);
  return orders;
}

template <class U>
finn_status derivative(const finn_model* model, finn_workspace* workspace,
                       const std::int32_t* orders, const U* x, std::int64_t batch, U* values,
                       std::int64_t length, finn_error* error) {
  const auto choose = [&](const finn_model& of) { return checked_orders(of, orders); };
  return finn::capi::derivative<U>(model, workspace, choose, {x, batch}, {values, length, "values"},
                                   error);
}

}  // namespace

extern "C" {

finn_status finn_derivative_f64(const finn_model* model, finn_workspace* workspace,
                                const int32_t* orders, const double* x, int64_t batch,
                                double* values, int64_t length, finn_error* error) {
  return derivative(model, workspace, orders, x, batch, values, length, error);
}
finn_status finn_derivative_f32(const finn_model* model, finn_workspace* workspace,
                                const int32_t* orders, const float* x, int64_t batch, float* values,
                                int64_t length, finn_error* error) {
  return derivative(model, workspace, orders, x, batch, values, length, error);
}

finn_status finn_derivative_vjp_f64(const finn_model* model, finn_workspace* workspace,
                                    const int32_t* orders, const double* x, int64_t batch,
                                    const double* values_adjoint, double* values,
                                    int64_t values_length, double* parameter_adjoint,
                                    int64_t parameter_length, double* x_adjoint, int64_t x_length,
                                    finn_error* error) {
  const auto choose = [&](const finn_model& of) { return checked_orders(of, orders); };
  return finn::capi::derivative_vjp<double>(
      model, workspace, choose, {x, batch},
      {{values_adjoint, batch, "values_adjoint"},
       {values, values_length, "values_length"},
       {parameter_adjoint, parameter_length, "parameter_length"},
       {x_adjoint, x_length, "x_length"}},
      error);
}

}  // extern "C"
