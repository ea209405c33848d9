// Vector-Jacobian products of derivatives of any orders, against derivatives of one order more and
// against differences.
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

double dot(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (std::size_t k = 0; k < a.size(); ++k) sum += a[k] * b[k];
  return sum;
}

class DerivativeVjp : public DerivativeFixture {};

// Along a direction w of x, with values' adjoint v: <v, J w> = <J^T v, w>.
TEST_F(DerivativeVjp, isTheTransposeOfTheDerivativesOfOneOrderMore) {
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

TEST_F(DerivativeVjp, reachesParametersThroughTheConstraint) {
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

TEST_F(DerivativeVjp, reachesConditions) {
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

// The adjoint of x goes through u and through the weight that belongs to the subset.
TEST_F(DerivativeVjp, goesThroughTheMapOfADomain) {
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

// Beyond a box F keeps the value of the edge, and moves only with what is inside.
TEST_F(DerivativeVjp, outsideOfABoxMovesWithWhatIsInside) {
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

TEST_F(DerivativeVjp, refusesWrongArrays) {
  const ModelHandle mlp = make_model(small_mlp());
  const double x[] = {0.1, 0.2}, adjoint[] = {1}, bad[] = {NAN};
  double value = 0;
  std::vector<double> parameters(static_cast<std::size_t>(finn_model_parameter_count(mlp.get())));
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
