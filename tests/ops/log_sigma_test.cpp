// log sigma and its derivative, on every instruction set. The errors are measured by
// tests/accuracy; here are the values that anybody can check and the ends of the range.
#include "ops/kernels/log_sigma.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "ops/kernels/dispatch.hpp"
#include "tests/support/deviation.hpp"
#include "tests/support/instruction_sets.hpp"
#include "tests/support/naive_activation.hpp"
#include "tests/support/nested_dual.hpp"

namespace finn::ops {
namespace {

using test::for_each_instruction_set;
using test::Real;

template <class T>
class LogSigma : public ::testing::Test {
 protected:
  struct Result {
    std::vector<T> log, slope;
  };
  static Result of(const InstructionSet& set, int order, const std::vector<T>& x) {
    Result result{x, x};
    set.kernels<T>().log_sigma(order, x.data(), static_cast<std::ptrdiff_t>(x.size()),
                               result.log.data(), result.slope.data());
    return result;
  }
  static constexpr T kLargest = std::numeric_limits<T>::max();
  static constexpr T kInfinity = std::numeric_limits<T>::infinity();
  static constexpr Real kEpsilon = std::numeric_limits<T>::epsilon();
  static constexpr Real kSmallest = std::numeric_limits<T>::min();  // what is smaller is 0
};
using Elements = ::testing::Types<float, double>;
TYPED_TEST_SUITE(LogSigma, Elements);

TYPED_TEST(LogSigma, isTheLogarithmOfSigmaAndItsDerivativeTheirRatio) {
  std::vector<TypeParam> x;
  for (int i = -90; i <= 200; ++i) x.push_back(static_cast<TypeParam>(i) / 10);
  for_each_instruction_set([&](const InstructionSet& set) {
    for (int order = 0; order <= 8; ++order) {
      const auto result = this->of(set, order, x);
      for (std::size_t i = 0; i < x.size(); ++i) {
        const Real sigma = test::naive_sigma(order, x[i]);
        const Real slope = test::naive_sigma(order - 1, x[i]) / sigma;
        const Real log =
            order == 1 && x[i] > 0 ? std::log1p(-std::erfc(Real(x[i])) / 2) : std::log(sigma);
        const Real size = order < 2 ? std::fabs(log) : std::max(Real(1), std::fabs(log));
        EXPECT_TRUE(test::is_near(result.log[i], log, 4 * this->kEpsilon * size + this->kSmallest))
            << "log sigma_" << order << " at " << x[i];
        EXPECT_TRUE(test::is_near(result.slope[i], slope,
                                  4 * this->kEpsilon * std::fabs(slope) + this->kSmallest))
            << "slope of log sigma_" << order << " at " << x[i];
      }
    }
  });
}

TYPED_TEST(LogSigma, isFiniteForEveryFiniteNumber) {
  std::vector<TypeParam> x{this->kLargest, std::numeric_limits<TypeParam>::denorm_min(), 0};
  for (TypeParam at = this->kLargest; at > 0; at /= 3) x.push_back(at);
  const std::size_t size = x.size();
  for (std::size_t i = 0; i < size; ++i) x.push_back(-x[i]);
  for_each_instruction_set([&](const InstructionSet& set) {
    for (int order = 0; order <= 8; ++order) {
      const auto result = this->of(set, order, x);
      for (std::size_t i = 0; i < x.size(); ++i) {
        EXPECT_TRUE(std::isfinite(result.log[i])) << order << " at " << x[i];
        EXPECT_TRUE(std::isfinite(result.slope[i])) << order << " at " << x[i];
        EXPECT_GE(result.slope[i], order == 0 ? -this->kLargest : 0) << order << " at " << x[i];
      }
    }
  });
}

// Far out: -x^2 - n log(-2x) - log(pi)/2 - n(n+1)/4 x^-2 and -2x - n/x on the left, (n-1) log x -
// log((n-1)!) and (n-1)/x on the right, and less than one more term.
TYPED_TEST(LogSigma, followsItsExpansionsFarOut) {
  for_each_instruction_set([&](const InstructionSet& set) {
    for (const double at : {5e3, 2e4, 1e6, 3e9, 1e15}) {
      const Real x = static_cast<TypeParam>(at);
      for (int n = 1; n <= 8; ++n) {
        const auto result =
            this->of(set, n, {static_cast<TypeParam>(-x), static_cast<TypeParam>(x)});
        const Real left = -x * x - n * std::log(2 * x) - std::log(std::acos(Real(-1))) / 2 -
                          n * (n + 1) / 4 / x / x;
        EXPECT_TRUE(test::is_near(result.log[0], left, 4 * this->kEpsilon * std::fabs(left)));
        EXPECT_TRUE(
            test::is_near(result.slope[0], 2 * x + n / x, 4 * this->kEpsilon * 2 * x + n / x / x));
        if (n == 1) continue;
        const Real right = (n - 1) * std::log(x) - std::lgamma(Real(n));
        EXPECT_TRUE(
            test::is_near(result.log[1], right, 4 * this->kEpsilon * right + n * n / x / x));
        EXPECT_TRUE(test::is_near(result.slope[1], (n - 1) / x,
                                  4 * this->kEpsilon * (n - 1) / x + n * n / x / x / x));
      }
    }
  });
}

TYPED_TEST(LogSigma, hasItsLimitsAndKeepsNaN) {
  const TypeParam infinity = this->kInfinity;
  const TypeParam nan = std::numeric_limits<TypeParam>::quiet_NaN();
  for_each_instruction_set([&](const InstructionSet& set) {
    for (int order = 0; order <= 8; ++order) {
      const auto result = this->of(set, order, {-infinity, infinity, nan});
      EXPECT_EQ(result.log[0], -infinity) << order;
      EXPECT_EQ(result.slope[0], infinity) << order;
      EXPECT_EQ(result.log[1], order == 0 ? -infinity : order == 1 ? 0 : infinity) << order;
      EXPECT_EQ(result.slope[1], order == 0 ? -infinity : 0) << order;
      EXPECT_TRUE(std::isnan(result.log[2]));
      EXPECT_TRUE(std::isnan(result.slope[2]));
    }
  });
}

TYPED_TEST(LogSigma, canLeaveTheDerivativeOut) {
  const std::vector<TypeParam> x{-20, -1, 0, 1, 20};
  for_each_instruction_set([&](const InstructionSet& set) {
    for (int order = 0; order <= 8; ++order) {
      std::vector<TypeParam> log(x.size());
      set.kernels<TypeParam>().log_sigma(order, x.data(), 5, log.data(), nullptr);
      EXPECT_EQ(log, this->of(set, order, x).log);
    }
  });
}

}  // namespace
}  // namespace finn::ops
