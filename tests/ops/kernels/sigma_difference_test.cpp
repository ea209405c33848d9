// Differences of sigma_1 over an interval, on every instruction set.
#include "ops/kernels/sigma_difference.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "ops/kernels/dispatch.hpp"
#include "ops/kernels/table.hpp"
#include "tests/support/instruction_sets.hpp"
#include "tests/support/nested_dual.hpp"

namespace finn::ops {
namespace {

using test::Real;

// sigma_1(b) - sigma_1(a) = (erfc(-b) - erfc(-a)) / 2, on the side where both are small.
Real naive_difference(Real a, Real b) {
  if (a + b > 0) return naive_difference(-b, -a);
  return (std::erfc(-b) - std::erfc(-a)) / 2;
}
Real naive_gaussian(Real z) { return std::exp(-z * z) / std::sqrt(std::acos(Real(-1))); }

template <class T>
void expect_the_naive_difference_and_its_slopes() {
  const Interval<T> interval{T(-0.75), T(1.5), T(2.25)};
  std::vector<T> slopes, biases;
  for (int i = 0; i < 101; ++i) {
    slopes.push_back(T(0.1) + T(0.08) * static_cast<T>(i % 25));
    biases.push_back(T(0.11) * static_cast<T>(i - 50));
  }
  const auto size = static_cast<std::ptrdiff_t>(slopes.size());
  const double tolerance = sizeof(T) == 4 ? 3e-6 : 1e-14;
  test::for_each_instruction_set([&](const InstructionSet& set) {
    const KernelTable<T>& table = set.kernels<T>();
    std::vector<T> y(slopes.size()), by_slope(slopes.size(), T(0)), by_bias(by_slope);
    const std::vector<T> above(slopes.size(), T(1));
    table.sigma_difference(interval, slopes.data(), biases.data(), size, y.data());
    table.sigma_difference_transpose(interval, slopes.data(), biases.data(), above.data(), size,
                                     by_slope.data(), by_bias.data());
    for (std::size_t i = 0; i < y.size(); ++i) {
      const Real a = interval.lower * Real(slopes[i]) + biases[i];
      const Real b = interval.upper * Real(slopes[i]) + biases[i];
      const Real low = naive_gaussian(a), high = naive_gaussian(b);
      EXPECT_NEAR(y[i], static_cast<double>(naive_difference(a, b)), tolerance) << i;
      EXPECT_NEAR(by_bias[i], static_cast<double>(high - low), tolerance) << i;
      EXPECT_NEAR(by_slope[i],
                  static_cast<double>(high * interval.upper - low * Real(interval.lower)),
                  tolerance)
          << i;
    }
  });
}

TEST(SigmaDifference, isThatOfSigmaOneAtTheLimitsWithItsSlopes) {
  expect_the_naive_difference_and_its_slopes<float>();
  expect_the_naive_difference_and_its_slopes<double>();
}

template <class T>
T difference_of(const InstructionSet& set, T slope, T bias) {
  T y;
  set.kernels<T>().sigma_difference({T(-0.5), T(0.5), T(1)}, &slope, &bias, 1, &y);
  return y;
}

template <class T>
void expect_full_accuracy(const InstructionSet& set) {
  for (const T bias : {T(-6), T(-1), T(0), T(0.5), T(3), T(8)}) {
    for (const T slope : {T(1e-6), T(1e-3), T(0.1), T(1), T(4)}) {
      const Real a = -0.5L * slope + bias, b = 0.5L * slope + bias;
      // Between neighbours erfc itself loses digits: the slope is as good there.
      const bool are_neighbours = slope < T(1e-2);
      const Real expected =
          are_neighbours ? slope * naive_gaussian(Real(bias)) : naive_difference(a, b);
      const Real tolerance = are_neighbours ? 1e-4L : sizeof(T) == 4 ? 1e-5L : 1e-13L;
      EXPECT_NEAR(static_cast<double>(difference_of(set, slope, bias) / expected), 1.0,
                  static_cast<double>(tolerance))
          << "slope " << slope << ", bias " << bias;
    }
  }
}

TEST(SigmaDifference, losesNothingOnEitherSideAndBetweenNeighbours) {
  test::for_each_instruction_set([](const InstructionSet& set) {
    expect_full_accuracy<float>(set);
    expect_full_accuracy<double>(set);
  });
}

// Past kSigmaReach on both sides nothing is computed: what is given instead has the same bits.
template <class T>
void expect_one_past_both_limits(const InstructionSet& set) {
  for (int i = 0; i < 200; ++i) {
    const T slope = kSigmaReach<T> * (T(2.001) + T(0.001) * static_cast<T>(i));
    const Real expected = naive_difference(-0.5L * slope, 0.5L * slope);
    EXPECT_EQ(difference_of(set, slope, T(0)), static_cast<T>(expected)) << slope;
  }
}

TEST(SigmaDifference, isOneToTheLastBitPastBothLimits) {
  test::for_each_instruction_set([](const InstructionSet& set) {
    expect_one_past_both_limits<float>(set);
    expect_one_past_both_limits<double>(set);
  });
}

}  // namespace
}  // namespace finn::ops
