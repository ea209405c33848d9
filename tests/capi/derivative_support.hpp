// Derivatives of F through finn.h in a few words, and the models for which they are tried.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/conditioning_support.hpp"
#include "tests/capi/domain_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/support/central_differences.hpp"

namespace finn::test {

using OrderList = std::vector<std::int32_t>;

// rows [count][columns] of the model.
inline std::vector<double> derivative(const finn_model* model, finn_workspace* workspace,
                                      const OrderList& orders, const std::vector<double>& rows) {
  const auto count = static_cast<std::int64_t>(rows.size()) / finn_model_columns(model);
  std::vector<double> values(static_cast<std::size_t>(count * finn_model_outputs(model)));
  require_ok([&](finn_error* e) {
    return finn_derivative_f64(model, workspace, orders.data(), rows.data(), count, values.data(),
                               length_of(values), e);
  });
  return values;
}

struct VjpOfDerivative {
  std::vector<double> values, parameters, x;
};

inline VjpOfDerivative derivative_vjp(const finn_model* model, finn_workspace* workspace,
                                      const OrderList& orders, const std::vector<double>& rows,
                                      const std::vector<double>& adjoint) {
  const auto count = static_cast<std::int64_t>(rows.size()) / finn_model_columns(model);
  VjpOfDerivative result;
  result.values.resize(adjoint.size());
  result.parameters.resize(static_cast<std::size_t>(finn_model_parameter_count(model)));
  result.x.resize(rows.size());
  require_ok([&](finn_error* e) {
    return finn_derivative_vjp_f64(model, workspace, orders.data(), rows.data(), count,
                                   adjoint.data(), result.values.data(), length_of(result.values),
                                   result.parameters.data(), length_of(result.parameters),
                                   result.x.data(), length_of(result.x), e);
  });
  return result;
}

struct DerivativeCase {
  std::string name;
  ConditionedSpec spec;
};

// Models without conditions, of two variables but for one of a single variable.
inline std::vector<DerivativeCase> derivative_cases() {
  std::vector<DerivativeCase> cases;
  const auto add = [&](const std::string& name, auto&& change) {
    ConditionedSpec spec(2, 0);
    spec.use_mlp();
    change(spec);
    cases.push_back({name, spec});
  };
  add("mlp", [](ConditionedSpec& spec) { spec.uniform_share = 0.1; });
  add("mlp of orthants", [](ConditionedSpec& spec) { spec.orthants = 4; });
  add("mlp with axis units", [](ConditionedSpec& spec) {
    spec.axis_units = 2;
    spec.sharing = FINN_SHARING_NONE;
    spec.outputs = 2;
    spec.skip = 1;
  });
  add("mlp with an activation on the output", [](ConditionedSpec& spec) {
    spec.output_activation = 1;
    spec.constraint = FINN_CONSTRAINT_NONE;
  });
  for (const finn_activation activation : {FINN_ACTIVATION_SIGMA, FINN_ACTIVATION_TANH,
                                           FINN_ACTIVATION_SOFTPLUS, FINN_ACTIVATION_SINE}) {
    add("signed mlp", [&](ConditionedSpec& spec) {
      spec.positivity = FINN_POSITIVITY_NONE;
      spec.activation = activation;
    });
  }
  add("mlp with linear constraints", [](ConditionedSpec& spec) {
    spec.integrals = {{{}, {}, {2, 1}, {0.5}}, {{-0.5, -0.7}, {0.4, 0.8}, {0, 3}, {0.25}}};
    spec.constraint = FINN_CONSTRAINT_LINEAR;
  });
  add("mixture", [](ConditionedSpec& spec) { spec.use_mixture(); });
  add("mixture with a shift", [](ConditionedSpec& spec) {
    spec.use_mixture();
    spec.outputs = 2;
    spec.sharing = FINN_SHARING_NONE;
    spec.method = FINN_METHOD_SHIFT;
  });
  ConditionedSpec single(1, 0);
  single.use_mixture();
  cases.push_back({"mixture of one variable", single});
  return cases;
}

// Models with two conditions.
inline std::vector<DerivativeCase> conditioned_derivative_cases() {
  std::vector<DerivativeCase> cases;
  for (const finn_conditioning_form form :
       {FINN_CONDITIONING_FILM, FINN_CONDITIONING_HYPERNETWORK, FINN_CONDITIONING_INPUTS}) {
    for (const bool is_mixture : {false, true}) {
      ConditionedSpec spec;
      spec.conditioning = form;
      spec.uniform_share = 0.1;
      is_mixture ? spec.use_mixture() : spec.use_mlp();
      cases.push_back({is_mixture ? "conditioned mixture" : "conditioned mlp", spec});
    }
  }
  return cases;
}

// A half-line, mapped, beside a box, where u is x.
inline DomainHandle half_line_and_box() {
  const DomainHandle half_line = make_domain([](finn_domain** domain, finn_error* e) {
    return finn_domain_half_line(0.5, FINN_UPWARD, 1, FINN_TAIL_GAUSSIAN, domain, e);
  });
  const DomainHandle box = make_domain([](finn_domain** domain, finn_error* e) {
    const double lower[] = {-1}, upper[] = {2};
    return finn_domain_box(1, lower, upper, domain, e);
  });
  return make_domain([&](finn_domain** domain, finn_error* e) {
    const finn_domain* factors[] = {half_line.get(), box.get()};
    return finn_domain_product(factors, 2, domain, e);
  });
}

inline constexpr std::size_t kDerivativeRows = 3;

// Derivatives of a model, and differences of them.
class DerivativeFixture : public ::testing::Test {
 protected:
  std::vector<double> at(const ModelHandle& model, const OrderList& orders,
                         const std::vector<double>& rows) {
    return derivative(model.get(), workspace_.get(), orders, rows);
  }
  // The difference of a derivative in a column of all rows.
  std::vector<double> difference(const ModelHandle& model, const OrderList& orders,
                                 const std::vector<double>& rows, std::size_t column,
                                 double step = 2e-4) {
    const auto columns = static_cast<std::size_t>(finn_model_columns(model.get()));
    return central_differences(step, [&](double offset) {
      std::vector<double> moved = rows;
      for (std::size_t k = column; k < moved.size(); k += columns) moved[k] += offset;
      return at(model, orders, moved);
    });
  }
  void expect_differences(const ModelHandle& model, const OrderList& orders,
                          const std::vector<double>& rows) {
    for (std::size_t i = 0; i < orders.size(); ++i) {
      OrderList more = orders;
      ++more[i];
      const std::vector<double> exact = at(model, more, rows);
      const std::vector<double> reference = difference(model, orders, rows, i);
      const double tolerance = 1e-7 * (largest_of(exact) + largest_of(at(model, orders, rows)));
      for (std::size_t k = 0; k < exact.size(); ++k) {
        EXPECT_NEAR(exact[k], reference[k], tolerance) << "variable " << i << ", number " << k;
      }
    }
  }

  const WorkspaceHandle workspace_ = make_workspace();
};

}  // namespace finn::test
