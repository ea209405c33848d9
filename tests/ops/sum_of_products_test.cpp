#include "ops/sum_of_products.hpp"

#include <cmath>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "core/jet.hpp"
#include "core/random.hpp"
#include "core/subset.hpp"
#include "core/tape.hpp"
#include "ops/kernels/table.hpp"
#include "ops/product_parameters.hpp"
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
  ProductParameters<T> result;
  result.terms = size.terms;
  result.normals = size.steps;
  result.outputs = size.outputs;
  std::ptrdiff_t begin = 0;
  const auto next = [&](std::ptrdiff_t count) {
    const std::ptrdiff_t at = std::exchange(begin, begin + count);
    T* adjoint = parameters.adjoint == nullptr ? nullptr : parameters.adjoint + at;
    return NormalOperand<T>{parameters.value + at, adjoint, false};
  };
  const auto rows = static_cast<std::ptrdiff_t>(size.rows());
  result.slopes = next(rows);
  result.biases = next(rows);
  if (size.shares) result.shares = next(rows);
  result.coefficients = next(std::ptrdiff_t{1} * size.outputs * size.terms);
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

// What p_ij is of the numbers of a normal: slope, bias and share.
using OfNormal = Real (*)(std::size_t axis, Real x, const Real (&numbers)[3]);

// With numbers(kind, r), kind = 0 .. 3, of slopes, biases, shares and coefficients.
template <class Numbers>
Features naive_of_numbers(const Size& size, const Features& x, const Numbers& numbers,
                          OfNormal of_normal) {
  Features y(static_cast<std::size_t>(size.outputs), NestedDual(0));
  const auto terms = static_cast<std::size_t>(size.terms);
  const auto normals = static_cast<std::size_t>(size.steps);
  for (std::size_t j = 0; j < terms; ++j) {
    Real product = 1;
    for (std::size_t i = 0; i < static_cast<std::size_t>(size.axes); ++i) {
      Real sum = 0;
      for (std::size_t r = (i * terms + j) * normals; r < (i * terms + j + 1) * normals; ++r) {
        sum += of_normal(i, x[i][0], {numbers(0, r), numbers(1, r), numbers(2, r)});
      }
      product *= sum;
    }
    for (std::size_t o = 0; o < y.size(); ++o) y[o][0] += numbers(3, o * terms + j) * product;
  }
  return y;
}

Real density_of_normal(std::size_t axis, Real x, const Real (&numbers)[3]) {
  const Real rate = 0.5L + static_cast<Real>(axis);
  return numbers[2] * numbers[0] * rate * test::naive_sigma(0, numbers[0] * x + numbers[1]);
}
Real integral_of_normal(std::size_t axis, Real, const Real (&numbers)[3]) {
  const Real upper = 1.25L, lower = -0.5L - static_cast<Real>(axis);
  return numbers[2] * (test::naive_sigma(1, numbers[0] * upper + numbers[1]) -
                       test::naive_sigma(1, numbers[0] * lower + numbers[1]));
}

template <class T>
core::Jet<T> product_over_intervals(core::Tape<T>& tape, const Size& size,
                                    const ProductParameters<T>& parameters) {
  std::vector<Interval<T>> intervals;
  for (int i = 0; i < size.axes; ++i) {
    const T lower = T(-0.5) - static_cast<T>(i);
    intervals.push_back({lower, T(1.25), T(1.25) - lower});
  }
  return integral_of_products(tape, size.axes, intervals.data(), parameters);
}

template <class T>
NormalOperand<T> operand_of(const core::Jet<T>& lanes) {
  return {lanes.value, lanes.adjoint, true};
}

// Numbers of lanes: the biases and coefficients, or all.
void expect_sum_of_lanes(const Size& size, bool is_density, bool all) {
  const int rows = static_cast<int>(size.rows()), coefficients = size.outputs * size.terms;
  const int shared = all ? 0 : 2 * rows;
  test::expect_operation(
      {{{0, size.axes, -2, 2},
        {0, rows, 0.5, 1.5},
        {0, rows, -1, 1},
        {0, rows, 0.2, 1},
        {0, coefficients, 0.2, 1}},
       shared,
       2},
      [=]<class T>(core::Tape<T>& tape, const auto& operands, auto parameters) {
        ProductParameters<T> numbers;
        numbers.terms = size.terms;
        numbers.normals = size.steps;
        numbers.outputs = size.outputs;
        numbers.biases = operand_of(operands[2]);
        numbers.coefficients = operand_of(operands[4]);
        if (all) {
          numbers.slopes = operand_of(operands[1]);
          numbers.shares = operand_of(operands[3]);
        } else {
          T* adjoint = parameters.adjoint;
          numbers.slopes = {parameters.value, adjoint, false};
          numbers.shares = {parameters.value + rows, adjoint == nullptr ? nullptr : adjoint + rows,
                            false};
        }
        if (!is_density) return product_over_intervals(tape, size, numbers);
        return sum_of_products(tape, seed_over(operands[0], core::full_subset(size.axes)), numbers);
      },
      [=](const test::Sample& sample, const std::vector<Real>& parameters) {
        const auto numbers = [&](std::size_t kind, std::size_t r) {
          const bool is_shared = !all && (kind == 0 || kind == 2);
          const std::size_t first = kind == 0 ? 0 : size.rows();
          return is_shared ? parameters[first + r] : sample[kind + 1][r][0];
        };
        return naive_of_numbers(size, sample[0], numbers,
                                is_density ? density_of_normal : integral_of_normal);
      });
}

TEST(SumOfProducts, takesNumbersOfEveryLane) {
  for (const bool all : {false, true}) {
    expect_sum_of_lanes({2, 3, 2, 2}, true, all);
    expect_sum_of_lanes({1, 2, 1, 1}, true, all);
  }
}

TEST(SumOfProducts, integratesOverIntervals) {
  expect_sum_of_lanes({2, 3, 2, 2}, false, true);
  expect_sum_of_lanes({1, 2, 1, 1}, false, true);
}

// The integral of some products, with numbers that all lanes share or that each lane has: y of
// every lane, then the adjoints of the numbers, summed over lanes.
std::vector<double> integral_and_adjoints(const Size& size, bool biases_of_lanes, bool all) {
  core::Tape<double> tape;
  tape.begin(core::kPackLanes<double>, core::Mode::record);
  core::Random random(4);
  std::vector<std::vector<double>> numbers, adjoints;
  std::vector<core::Jet<double>> of_lanes;
  const auto next = [&](std::size_t count, double lowest, bool lanes) {
    numbers.emplace_back();
    for (std::size_t r = 0; r < count; ++r) numbers.back().push_back(random.uniform(lowest, 1));
    adjoints.emplace_back(count, 0.0);
    of_lanes.push_back(tape.value(static_cast<int>(count)));
    for (std::size_t r = 0; r < count; ++r) {
      const core::Jet<double>& jet = of_lanes.back();
      std::fill_n(jet.row(0, static_cast<int>(r)), jet.lanes, numbers.back()[r]);
    }
    return lanes ? operand_of(of_lanes.back())
                 : NormalOperand<double>{numbers.back().data(), adjoints.back().data(), false};
  };
  numbers.reserve(4);
  adjoints.reserve(4);
  ProductParameters<double> parameters;
  parameters.terms = size.terms;
  parameters.normals = size.steps;
  parameters.outputs = size.outputs;
  parameters.slopes = next(size.rows(), 0.3, all);
  parameters.biases = next(size.rows(), -1, biases_of_lanes);
  parameters.shares = next(size.rows(), 0.2, all);
  parameters.coefficients =
      next(static_cast<std::size_t>(size.outputs * size.terms), 0.2, biases_of_lanes);
  const core::Jet<double> y = product_over_intervals(tape, size, parameters);
  std::fill_n(y.adjoint, y.size(), 0.5);
  tape.sweep();
  std::vector<double> result(y.value, y.value + y.size());
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    for (std::size_t r = 0; r < numbers[k].size(); ++r) {
      const double* row = of_lanes[k].adjoint_row(0, static_cast<int>(r));
      result.push_back(adjoints[k][r] + std::accumulate(row, row + y.lanes, 0.0));
    }
  }
  return result;
}

TEST(SumOfProducts, integratesTheSameWhetherLanesShareTheirNumbersOrNot) {
  const Size size{2, 3, 2, 2};
  const std::vector<double> shared = integral_and_adjoints(size, false, false);
  for (const bool all : {false, true}) {
    const std::vector<double> own = integral_and_adjoints(size, true, all);
    ASSERT_EQ(own.size(), shared.size());
    for (std::size_t i = 0; i < own.size(); ++i) {
      EXPECT_NEAR(own[i], shared[i], 1e-14 * (1 + std::fabs(shared[i]))) << i;
    }
  }
}

// y and all adjoints of the density of so many terms, which begin at `first`, at some points.
std::vector<double> sum_and_adjoints(const Size& size, const std::vector<double>& numbers,
                                     std::vector<double>& adjoints) {
  core::Tape<double> tape;
  tape.begin(core::kTileLanes<double>, core::Mode::record);
  const core::Jet<double> x = tape.value(size.axes);
  for (int i = 0; i < x.size(); ++i) x.value[i] = 0.1 * (i % 17) - 0.8;
  std::fill_n(x.adjoint, x.size(), 0.0);
  const core::Jet<double> y =
      sum_of_products(tape, seed_over(x, core::full_subset(size.axes)),
                      product_parameters<double>(size, {numbers.data(), adjoints.data()}));
  std::fill_n(y.adjoint, y.size(), 0.25);
  tape.sweep();
  std::vector<double> result(y.value, y.value + y.size());
  result.insert(result.end(), x.adjoint, x.adjoint + x.size());
  return result;
}

// Numbers of every second term.
std::vector<double> half_of(const Size& size, const std::vector<double>& numbers, int which) {
  std::vector<double> half;
  const auto steps = static_cast<std::size_t>(size.steps);
  for (std::size_t row = 0; row < numbers.size(); ++row) {
    const bool is_coefficient = row >= 3 * size.rows();
    const std::size_t term = is_coefficient ? row - 3 * size.rows() : row / steps;
    if (term % 2 == static_cast<std::size_t>(which)) half.push_back(numbers[row]);
  }
  return half;
}

TEST(SumOfProducts, isTheSumOfItsHalvesWhereItsValuesAreNotKept) {
  const Size size{2, 4200, 2, 1}, half{2, 2100, 2, 1};
  ASSERT_FALSE(TermBlocks<double>(product_parameters<double>(size, {}), 2, false,
                                  core::kTileLanes<double>, true)
                   .keeps);
  core::Random random(3);
  std::vector<double> numbers;
  for (int i = 0; i < size.parameters(); ++i) numbers.push_back(random.uniform(0.1, 1));
  std::vector<double> adjoints(numbers.size(), 0.0);
  const std::vector<double> whole = sum_and_adjoints(size, numbers, adjoints);
  std::vector<double> sum(whole.size(), 0.0);
  for (const int which : {0, 1}) {
    const std::vector<double> part = half_of(size, numbers, which);
    std::vector<double> part_adjoints(part.size(), 0.0);
    const std::vector<double> values = sum_and_adjoints(half, part, part_adjoints);
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += values[i];
    const std::vector<double> expected = half_of(size, adjoints, which);
    for (std::size_t i = 0; i < expected.size(); ++i) {
      ASSERT_NEAR(part_adjoints[i], expected[i], 1e-12 * (1 + std::fabs(expected[i]))) << i;
    }
  }
  for (std::size_t i = 0; i < sum.size(); ++i) {
    EXPECT_NEAR(sum[i], whole[i], 1e-12 * (1 + std::fabs(whole[i]))) << i;
  }
}

TEST(SumOfProducts, isNaNWhereItsInputIs) {
  core::Tape<double> tape;
  tape.begin(1, core::Mode::evaluate);
  const double numbers[] = {1, 0, 1};
  const ProductParameters<double> parameters =
      product_parameters<double>({1, 1, 1, 1, false}, {numbers, nullptr});
  const core::Jet<double> x = tape.value(1);
  std::fill_n(x.value, x.lanes, std::nan(""));
  for (const core::Subset subset : {0u, 1u}) {
    const auto y = sum_of_products(tape, seed_over(x, subset), parameters);
    EXPECT_TRUE(std::isnan(y.value[0]));
  }
}

}  // namespace
}  // namespace finn::ops
