#include "ops/sum_of_products.hpp"

#include <cmath>
#include <string>

#include "core/jet.hpp"
#include "core/subset.hpp"
#include "core/tape.hpp"
#include "ops/seed.hpp"
#include "tests/support/expect_operation.hpp"
#include "tests/support/naive_activation.hpp"
#include "tests/support/nested_dual.hpp"
#include "tests/support/operation_case.hpp"

namespace finn::ops {
namespace {

using test::Features;
using test::NestedDual;
using test::Real;

struct Size {
  int axes, terms, steps, outputs;
  bool shares = true;

  std::size_t rows() const { return static_cast<std::size_t>(axes * terms * steps); }
  int parameters() const { return static_cast<int>(rows()) * (shares ? 3 : 2) + outputs * terms; }
};

// slopes, biases, shares, coefficients one after the other.
template <class T>
ProductParameters<T> product_parameters(const Size& size, const test::Parameters<T>& parameters) {
  ProductParameters<T> result{size.terms, size.steps, size.outputs};
  const auto rows = static_cast<std::ptrdiff_t>(size.rows());
  const std::ptrdiff_t coefficients = rows * (size.shares ? 3 : 2);
  result.slopes = parameters.value;
  result.biases = parameters.value + rows;
  result.shares = size.shares ? parameters.value + 2 * rows : nullptr;
  result.coefficients = parameters.value + coefficients;
  if (parameters.adjoint == nullptr) return result;
  result.slope_adjoint = parameters.adjoint;
  result.bias_adjoint = parameters.adjoint + rows;
  result.share_adjoint = size.shares ? parameters.adjoint + 2 * rows : nullptr;
  result.coefficient_adjoint = parameters.adjoint + coefficients;
  return result;
}

// Bit i of subset: a direction in x_i, at the rate 0.5 + i.
template <class T>
Seed<T> seed_over(const core::Jet<T>& x, core::Subset subset) {
  Seed<T> seed;
  seed.x = x;
  for (int i = 0; i < x.features; ++i) {
    if ((subset >> i & 1) == 0) continue;
    seed.feature[static_cast<std::size_t>(seed.directions)] = i;
    seed.rate[static_cast<std::size_t>(seed.directions++)] = static_cast<T>(0.5 + i);
  }
  return seed;
}

Features naive_sum_of_products(const Size& size, core::Subset subset, const Features& x,
                               const std::vector<Real>& parameters) {
  const std::size_t rows = size.rows();
  Features y(static_cast<std::size_t>(size.outputs), NestedDual(0));
  for (std::size_t j = 0; j < static_cast<std::size_t>(size.terms); ++j) {
    Real product = 1;
    for (std::size_t i = 0; i < x.size(); ++i) {
      const bool moves = (subset >> i & 1) != 0;
      const Real rate = 0.5L + static_cast<Real>(i);
      Real sum = 0;
      for (std::size_t k = 0; k < static_cast<std::size_t>(size.steps); ++k) {
        const std::size_t r =
            (i * static_cast<std::size_t>(size.terms) + j) * static_cast<std::size_t>(size.steps) +
            k;
        const Real share = size.shares ? parameters[2 * rows + r] : 1;
        const Real z = parameters[r] * x[i][0] + parameters[rows + r];
        sum += share *
               (moves ? test::naive_sigma(0, z) * parameters[r] * rate : test::naive_sigma(1, z));
      }
      product *= sum;
    }
    for (std::size_t o = 0; o < y.size(); ++o) {
      const std::size_t first = rows * (size.shares ? 3 : 2);
      y[o][0] += parameters[first + o * static_cast<std::size_t>(size.terms) + j] * product;
    }
  }
  return y;
}

void expect_sum_of_products(const Size& size, core::Subset subset, int seeded_lanes = 2,
                            bool every_size = true) {
  SCOPED_TRACE("subset " + std::to_string(subset) + " of " + std::to_string(size.axes) + " axes");
  test::expect_operation(
      {{{0, size.axes, -2, 2}}, size.parameters(), seeded_lanes, every_size},
      [=](auto& tape, const auto& operands, auto parameters) {
        return sum_of_products(tape, seed_over(operands[0], subset),
                               product_parameters(size, parameters));
      },
      [=](const test::Sample& sample, const std::vector<Real>& parameters) {
        return naive_sum_of_products(size, subset, sample[0], parameters);
      });
}

TEST(SumOfProducts, isTheNaiveOneForEverySubsetOfOneToFiveAxes) {
  for (int axes = 1; axes <= 5; ++axes) {
    for (core::Subset subset = 0; subset <= core::full_subset(axes); ++subset) {
      expect_sum_of_products({axes, 2, 2, 1}, subset, 1, axes < 4);
    }
  }
}

TEST(SumOfProducts, hasSeveralTermsStepsAndOutputs) {
  expect_sum_of_products({2, 5, 3, 3}, 0b11);
  expect_sum_of_products({3, 4, 4, 2}, 0b101);
}

TEST(SumOfProducts, needsNoSharesForOneStep) {
  expect_sum_of_products({3, 3, 1, 2, false}, 0b111);
  expect_sum_of_products({3, 3, 1, 2, false}, 0b010);
}

TEST(SumOfProducts, goesUpToThirtyTwoAxes) {
  expect_sum_of_products({16, 2, 1, 1, false}, 0xffff, 1, false);
  expect_sum_of_products({16, 2, 1, 1, false}, 0x5a5a, 1, false);
  expect_sum_of_products({32, 1, 2, 1}, 0xffffffff, 1, false);
  expect_sum_of_products({32, 1, 1, 1, false}, 0x0f0f3c01, 1, false);
}

TEST(SumOfProducts, isNaNWhereItsInputIs) {
  core::Tape<double> tape;
  tape.begin(1, core::Mode::evaluate);
  const double numbers[] = {1, 0, 1};
  const ProductParameters<double> parameters{1, 1, 1, numbers, numbers + 1, nullptr, numbers + 2};
  const core::Jet<double> x = tape.value(1);
  std::fill_n(x.value, x.lanes, std::nan(""));
  for (const core::Subset subset : {0u, 1u}) {
    const auto y = sum_of_products(tape, seed_over(x, subset), parameters);
    EXPECT_TRUE(std::isnan(y.value[0]));
  }
}

}  // namespace
}  // namespace finn::ops
