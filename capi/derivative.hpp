// Derivatives of F at a batch of points and their vector-Jacobian products, as the functions of
// finn.h that are cases of them share them: f, F, mixed partials, any orders.
#pragma once

#include <algorithm>
#include <variant>

#include "capi/call.hpp"
#include "capi/check.hpp"
#include "capi/finn.h"
#include "capi/handles.hpp"
#include "capi/rows.hpp"
#include "finn/domains/orders.hpp"
#include "finn/evaluation/backpropagate.hpp"
#include "finn/evaluation/batch.hpp"
#include "finn/evaluation/evaluate.hpp"
#include "finn/model/model.hpp"

namespace finn::capi {

// An array of numbers, and what finn.h calls it.
template <class U>
struct Named {
  U* numbers;
  std::int64_t length;
  const char* name;
};

// Points x [batch][columns].
template <class U>
struct Points {
  const U* x;
  std::int64_t batch;
};

// What all queries at a batch of points check.
template <class U>
void require_points(const finn_model* model, finn_workspace* workspace, const Points<U>& points) {
  require_handle(model, "model");
  require_handle(workspace, "workspace");
  require(points.x, "x");
  const std::int32_t widest = std::max(finn_model_columns(model), finn_model_outputs(model));
  require_rows(points.batch, widest, "batch");
  std::visit([&](const auto& m) { require_model_rows(m, points.x, points.batch, "x"); },
             *model->model);
}

// choose(model) -> the orders; it is called once the model has been checked.
template <class U, class Choose>
finn_status derivative(const finn_model* model, finn_workspace* workspace, Choose&& choose,
                       const Points<U>& points, const Named<U>& values, finn_error* error) {
  return call(error, [&] {
    require_points(model, workspace, points);
    require(values.numbers, values.name);
    require_length(values.length, points.batch * finn_model_outputs(model),
                   "the results [batch][outputs]");
    const net::Orders orders = choose(*model);
    std::visit(
        [&](const auto& m) {
          net::mixed_partial(m, workspace->workspace, orders, points.x, points.batch,
                             values.numbers);
        },
        *model->model);
    require_finite(values.numbers, points.batch, finn_model_outputs(model), values.name);
  });
}

// The arrays of a vector-Jacobian product. The adjoint is that of the values, which may be NULL as
// may x.
template <class U>
struct Adjoints {
  Named<const U> adjoint;
  Named<U> values, parameters, x;
};

template <class U>
void require_adjoints(const finn_model* model, std::int64_t batch, const Adjoints<U>& arrays) {
  const std::int64_t outputs = finn_model_outputs(model), columns = finn_model_columns(model);
  require(arrays.adjoint.numbers, arrays.adjoint.name);
  require(arrays.parameters.numbers, "parameter_adjoint");
  require_length(arrays.parameters.length, finn_model_parameter_count(model),
                 "parameter_adjoint [parameter_count]", "parameter_length");
  if (arrays.values.numbers != nullptr) {
    require_length(arrays.values.length, batch * outputs, "the values [batch][outputs]",
                   arrays.values.name);
  }
  if (arrays.x.numbers != nullptr) {
    require_length(arrays.x.length, batch * columns, "x_adjoint [batch][columns]", "x_length");
  }
  require_finite(arrays.adjoint.numbers, batch, outputs, arrays.adjoint.name);
}

template <class U, class Choose>
finn_status derivative_vjp(const finn_model* model, finn_workspace* workspace, Choose&& choose,
                           const Points<U>& points, const Adjoints<U>& arrays, finn_error* error) {
  return call(error, [&] {
    require_points(model, workspace, points);
    require_adjoints(model, points.batch, arrays);
    const net::Orders orders = choose(*model);
    std::visit(
        [&]<class T>(const net::Model<T>& m) {
          net::Batch<U> batch{points.x, points.batch, arrays.values.numbers, arrays.x.numbers};
          batch.directions = orders;
          const net::KnownAdjoint<U> seed(arrays.adjoint.numbers);
          const auto gradient = net::backpropagate(m, workspace->workspace, batch, seed);
          std::transform(gradient.values, gradient.values + gradient.count,
                         arrays.parameters.numbers, [](T value) { return static_cast<U>(value); });
        },
        *model->model);
    require_finite(arrays.parameters.numbers, 1, finn_model_parameter_count(model),
                   "parameter_adjoint");
  });
}

}  // namespace finn::capi
