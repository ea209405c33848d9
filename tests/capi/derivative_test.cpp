// Derivatives of any orders and their vector-Jacobian products, against central differences and
// against one another.
#include <cmath>
#include <cstdint>
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

constexpr std::size_t kDerivativeRows = 3;

double dot(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (std::size_t k = 0; k < a.size(); ++k) sum += a[k] * b[k];
  return sum;
}

class Derivative : public ::testing::Test {
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

// Along a direction w of x, with values' adjoint v: <v, J w> = <J^T v, w>.
TEST_F(Derivative, vjpIsTheTransposeOfTheDerivativesOfOneOrderMore) {
  for (const auto& [name, spec] : derivative_cases()) {
    const ModelHandle model = make_model(spec);
    const std::vector<double> rows = spec.rows(kDerivativeRows);
    std::vector<OrderList> tried{{0, 0}, {1, 0}, {0, 1}, {1, 1}, {2, 1}, {0, 4}};
    if (spec.variables == 1) tried = {{0}, {1}, {2}, {8}};
    for (const OrderList& orders : tried) {
      SCOPED_TRACE(name + ", orders " + std::to_string(orders[0]) + " " +
                   std::to_string(orders.back()));
      const auto outputs = static_cast<std::size_t>(spec.outputs);
      const auto adjoint = random_numbers<double>(kDerivativeRows * outputs, -1, 1, 9);
      const auto vjp = derivative_vjp(model.get(), workspace_.get(), orders, rows, adjoint);
      EXPECT_EQ(vjp.values, at(model, orders, rows));
      const auto columns = static_cast<std::size_t>(spec.columns());
      for (std::size_t i = 0; i < orders.size(); ++i) {
        OrderList more = orders;
        if (++more[i] > 8) continue;
        const std::vector<double> exact = at(model, more, rows);
        for (std::size_t row = 0; row < kDerivativeRows; ++row) {
          double sum = 0, size = 0;
          for (std::size_t j = 0; j < outputs; ++j) {
            sum += adjoint[row * outputs + j] * exact[row * outputs + j];
            size += std::abs(adjoint[row * outputs + j] * exact[row * outputs + j]);
          }
          EXPECT_NEAR(vjp.x[row * columns + i], sum, 1e-12 * (size + largest_of(exact)));
        }
      }
    }
  }
}

TEST_F(Derivative, vjpReachesParametersThroughTheConstraint) {
  std::vector<DerivativeCase> cases = derivative_cases();
  for (const DerivativeCase& more : conditioned_derivative_cases()) cases.push_back(more);
  for (const auto& [name, spec] : cases) {
    SCOPED_TRACE(name);
    const ModelHandle model = make_model(spec);
    const std::vector<double> rows = spec.rows(kDerivativeRows);
    const OrderList orders = spec.variables == 1 ? OrderList{2} : OrderList{2, 0};
    const auto count = kDerivativeRows * static_cast<std::size_t>(spec.outputs);
    const auto adjoint = random_numbers<double>(count, -1, 1, 9);
    auto parameters = parameters_of<double>(model.get());
    for (double& parameter : parameters) parameter += std::copysign(0.02, parameter);
    set_parameters(model.get(), parameters);
    const auto exact = derivative_vjp(model.get(), workspace_.get(), orders, rows, adjoint);
    const double tolerance = 1e-7 * largest_of(exact.parameters);
    EXPECT_GT(tolerance, 0);
    for (std::size_t k = 0; k < trained_count(model.get()); k += 1 + parameters.size() / 40) {
      const auto reference = central_differences(1e-3, [&](double offset) {
        auto moved = parameters;
        moved[k] += offset;
        set_parameters(model.get(), moved);
        return std::vector<double>{dot(at(model, orders, rows), adjoint)};
      });
      EXPECT_NEAR(exact.parameters[k], reference[0], tolerance) << "parameter " << k;
    }
  }
}

TEST_F(Derivative, vjpReachesConditions) {
  for (const auto& [name, spec] : conditioned_derivative_cases()) {
    SCOPED_TRACE(name);
    const ModelHandle model = make_moved(spec);
    const std::vector<double> rows = spec.rows(kDerivativeRows);
    for (const OrderList& orders : std::vector<OrderList>{{0, 0}, {1, 0}, {2, 1}}) {
      const std::vector<double> adjoint(kDerivativeRows, 1.0);
      const auto exact = derivative_vjp(model.get(), workspace_.get(), orders, rows, adjoint);
      for (std::size_t column = 0; column < 4; ++column) {
        const auto reference = difference(model, orders, rows, column);
        for (std::size_t row = 0; row < kDerivativeRows; ++row) {
          EXPECT_NEAR(exact.x[row * 4 + column], reference[row],
                      1e-7 * (1 + largest_of(reference)));
        }
      }
    }
  }
}

// A half-line, mapped, beside a box, where u is x.
DomainHandle half_line_and_box() {
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

// The adjoint of x goes through u and through the weight that belongs to the subset.
TEST_F(Derivative, onDomainsThatMapHasItsVjp) {
  const DomainHandle product = half_line_and_box(), disk = unit_disk();
  for (const finn_domain* domain : {product.get(), disk.get()}) {
    ModelSpec spec = spec_on(domain);
    for (const finn_network_form form : {FINN_NETWORK_MIXTURE, FINN_NETWORK_MLP}) {
      spec.network = form;
      const ModelHandle model = make_model(spec);
      const std::vector<double> rows{0.6, 0.3, 0.7, -0.4};
      for (const OrderList& orders : std::vector<OrderList>{{0, 0}, {1, 0}, {0, 1}, {1, 1}}) {
        const auto exact = derivative_vjp(model.get(), workspace_.get(), orders, rows, {1, 1});
        for (std::size_t i = 0; i < 2; ++i) {
          const auto reference = difference(model, orders, rows, i);
          EXPECT_NEAR(exact.x[i], reference[0], 1e-6 * (1 + std::abs(reference[0])));
          EXPECT_NEAR(exact.x[2 + i], reference[1], 1e-6 * (1 + std::abs(reference[1])));
        }
      }
    }
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

// Beyond a box F keeps the value of the edge, and moves only with what is inside.
TEST_F(Derivative, outsideOfABoxMovesWithWhatIsInside) {
  const DomainHandle product = half_line_and_box();
  const ModelHandle model = make_model(spec_on(product.get()));
  for (const std::vector<double>& rows : std::vector<std::vector<double>>{{0.9, 3}, {0.2, 0.4}}) {
    const auto exact = derivative_vjp(model.get(), workspace_.get(), {0, 0}, rows, {1});
    for (std::size_t i = 0; i < 2; ++i) {
      EXPECT_NEAR(exact.x[i], difference(model, {0, 0}, rows, i)[0], 1e-8);
    }
    EXPECT_NE(exact.x[0] + exact.x[1], 0);
    EXPECT_EQ(derivative_vjp(model.get(), workspace_.get(), {1, 1}, rows, {1}).x,
              (std::vector<double>{0, 0}));
  }
}

TEST_F(Derivative, refusesWhatIsNoOrder) {
  const ModelHandle mlp = make_model(small_mlp()), mixture = make_model(small_mixture());
  const double x[] = {0.1, 0.2}, adjoint[] = {1}, bad[] = {NAN};
  double value = 0;
  std::vector<double> parameters(static_cast<std::size_t>(finn_model_parameter_count(mlp.get())));
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
  const auto vjp = [&](const double* of_values, std::int64_t values, std::int64_t count,
                       std::int64_t columns) {
    return [&, of_values, values, count, columns](finn_error* e) {
      const std::int32_t orders[] = {2, 1};
      double x_adjoint[2];
      return finn_derivative_vjp_f64(mlp.get(), workspace_.get(), orders, x, 1, of_values, &value,
                                     values, parameters.data(), count, x_adjoint, columns, e);
    };
  };
  const auto count = length_of(parameters);
  require_ok(vjp(adjoint, 1, count, 2));
  expect_refused({"NULL", FINN_ERROR_NULL, "values_adjoint", vjp(nullptr, 1, count, 2)});
  expect_refused({"NaN", FINN_ERROR_NOT_FINITE, "values_adjoint", vjp(bad, 1, count, 2)});
  expect_refused({"length", FINN_ERROR_SIZE, "values_length", vjp(adjoint, 2, count, 2)});
  expect_refused({"length", FINN_ERROR_SIZE, "parameter_length", vjp(adjoint, 1, 3, 2)});
  expect_refused({"length", FINN_ERROR_SIZE, "x_length", vjp(adjoint, 1, count, 3)});
}

}  // namespace
}  // namespace finn::test
