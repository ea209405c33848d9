// Derivatives of any orders, against differences of those of an order less.
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/conditioning_support.hpp"
#include "tests/capi/derivative_support.hpp"
#include "tests/capi/domain_support.hpp"
#include "tests/capi/refusal_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/support/central_differences.hpp"

namespace finn::test {
namespace {

class Derivative : public DerivativeFixture {};

TEST_F(Derivative, isTheDifferenceOfTheOneOfAnOrderLess) {
  for (const auto& [name, spec] : derivative_cases()) {
    const ModelHandle model = make_model(spec);
    const std::vector<double> rows = spec.rows(kDerivativeRows);
    const std::vector<OrderList> tried =
        spec.variables == 1 ? std::vector<OrderList>{{0}, {1}, {2}, {5}, {7}}
                            : std::vector<OrderList>{{0, 0}, {1, 0}, {0, 1}, {1, 1},
                                                     {2, 1}, {0, 3}, {3, 2}, {2, 4}};
    for (const OrderList& orders : tried) {
      SCOPED_TRACE(name + ", orders " + std::to_string(orders[0]) + " " +
                   std::to_string(orders.back()));
      expect_differences(model, orders, rows);
    }
  }
}

TEST_F(Derivative, underConditionsIsTheDifferenceOfTheOneOfAnOrderLess) {
  for (const auto& [name, spec] : conditioned_derivative_cases()) {
    SCOPED_TRACE(name);
    const ModelHandle model = make_moved(spec);
    for (const OrderList& orders : std::vector<OrderList>{{0, 0}, {1, 1}, {0, 2}}) {
      expect_differences(model, orders, spec.rows(kDerivativeRows));
    }
  }
}

// Orders of 0 and 1 are the mixed partial, bit by bit, in both precisions.
TEST_F(Derivative, ofASubsetIsTheMixedPartial) {
  for (const auto& [name, spec] : derivative_cases()) {
    SCOPED_TRACE(name);
    const ModelHandle model = make_model(spec);
    const std::vector<double> rows = spec.rows(kDerivativeRows);
    for (std::uint64_t subset = 0; subset < std::uint64_t{1} << spec.variables; ++subset) {
      OrderList orders;
      for (int i = 0; i < spec.variables; ++i) {
        orders.push_back(static_cast<std::int32_t>(subset >> i & 1));
      }
      EXPECT_EQ(at(model, orders, rows),
                mixed_partial(model.get(), workspace_.get(), subset, rows));
    }
  }
}

// Of a mixture of 64 variables an entry of the Hessian of f, against a difference of its gradient.
TEST_F(Derivative, ofManyVariablesHasAHessian) {
  ModelSpec spec = small_mixture();
  spec.variables = 64;
  for (int i = 0; i < 64; ++i) {
    spec.lower.push_back(-1);
    spec.upper.push_back(1);
  }
  const ModelHandle model = make_model(spec);
  const std::vector<double> rows = random_numbers<double>(2 * 64, -0.3, 0.3, 5);
  OrderList orders(64, 1);
  orders[63] = 2;
  const std::vector<double> reference = difference(model, orders, rows, 5);
  orders[5] = 2;
  const std::vector<double> exact = at(model, orders, rows);
  for (std::size_t k = 0; k < exact.size(); ++k) {
    EXPECT_NEAR(exact[k] / reference[k], 1, 1e-6);
  }
}

TEST_F(Derivative, inFloatIsThatInDouble) {
  for (ModelSpec spec : {small_mlp(), small_mixture()}) {
    spec.seed = 11;
    const ModelHandle model = make_model(spec);
    spec.precision = FINN_FLOAT32;
    const ModelHandle narrow = make_model(spec);
    const std::vector<float> x{0.1F, 0.2F};
    float value = 0;
    const OrderList orders{2, 1};
    require_ok([&](finn_error* e) {
      return finn_derivative_f32(narrow.get(), workspace_.get(), orders.data(), x.data(), 1, &value,
                                 1, e);
    });
    const std::vector<double> exact = at(model, orders, {x.begin(), x.end()});
    EXPECT_NEAR(value, exact[0], 1e-4 * std::abs(exact[0]));
  }
}

TEST_F(Derivative, ofHigherOrdersTakesTheVariablesThatAreNotMapped) {
  const DomainHandle product = half_line_and_box();
  const ModelHandle model = make_model(spec_on(product.get()));
  const std::vector<double> rows{0.9, 0.3};
  for (const OrderList& orders : std::vector<OrderList>{{1, 1}, {0, 1}, {1, 3}}) {
    OrderList more = orders;
    ++more[1];
    const double exact = at(model, more, rows)[0];
    EXPECT_NEAR(exact, difference(model, orders, rows, 1)[0], 1e-6 * (1 + std::abs(exact)));
  }
  double value = 0;
  const OrderList orders{2, 1};
  expect_refused({"mapped", FINN_ERROR_ARGUMENT, "maps", [&](finn_error* e) {
                    return finn_derivative_f64(model.get(), workspace_.get(), orders.data(),
                                               rows.data(), 1, &value, 1, e);
                  }});
}

TEST_F(Derivative, refusesWhatIsNoOrder) {
  const ModelHandle mlp = make_model(small_mlp()), mixture = make_model(small_mixture());
  const double x[] = {0.1, 0.2};
  double value = 0;
  const auto call = [&](const ModelHandle& model, OrderList orders) {
    return [&, orders](finn_error* e) {
      return finn_derivative_f64(model.get(), workspace_.get(), orders.data(), x, 1, &value, 1, e);
    };
  };
  expect_refused({"below 0", FINN_ERROR_ARGUMENT, "orders", call(mlp, {-1, 0})});
  expect_refused({"above 8", FINN_ERROR_ARGUMENT, "orders", call(mixture, {1, 9})});
  expect_refused({"9 in all", FINN_ERROR_ARGUMENT, "jets", call(mlp, {5, 4})});
  require_ok(call(mlp, {4, 4}));
  require_ok(call(mixture, {8, 8}));
  expect_refused({"NULL", FINN_ERROR_NULL, "orders", [&](finn_error* e) {
                    return finn_derivative_f64(mlp.get(), workspace_.get(), nullptr, x, 1, &value,
                                               1, e);
                  }});
}

}  // namespace
}  // namespace finn::test
