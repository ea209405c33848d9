// The family of sigma, every order in the family of every top order, against 35-digit values and a
// naive reference in long double.
#include "ops/kernels/sigma.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "tests/support/deviation.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/naive_activation.hpp"
#include "tests/support/sigma_family.hpp"

namespace finn::ops {
namespace {

using test::allowed_error;
using test::kLowest;
using test::kTop;
using test::Real;

template <class T>
constexpr T kEpsilon = std::numeric_limits<T>::epsilon();
template <class T>
constexpr T kSmallest = std::numeric_limits<T>::min();
template <class T>
constexpr T kInfinity = std::numeric_limits<T>::infinity();

template <class T>
using Family = test::SigmaFamily<T>;

template <class T>
class Sigma : public ::testing::Test {
 protected:
  // From the left tail, where all is 0, to the right one, where the Gaussian is.
  static constexpr T kLimit = sizeof(T) == 4 ? T(15) : T(30);

  static std::vector<T> sweep(int count) {
    std::vector<T> x;
    for (int i = 0; i <= count; ++i) {
      x.push_back(kLimit * (static_cast<T>(2 * i) / static_cast<T>(count) - 1));
    }
    return x;
  }
};
using Elements = ::testing::Types<float, double>;
TYPED_TEST_SUITE(Sigma, Elements);

TEST(NaiveSigma, agreesWithTheGoldenValues) {
  const std::vector<test::GoldenSigma> rows = test::golden_sigma();
  ASSERT_EQ(rows.size(), 720u);
  for (const test::GoldenSigma& row : rows) {
    EXPECT_TRUE(test::is_near(test::naive_sigma(row.order, row.x), row.value,
                              1e-15L * std::fabs(test::magnitude(row.order, row.x, row.value))))
        << "sigma_" << row.order << " at " << row.x;
  }
}

TEST(Sigma, agreesWithTheGoldenValuesInEveryFamily) {
  const std::vector<test::GoldenSigma> rows = test::golden_sigma();
  std::vector<double> x;
  for (const test::GoldenSigma& row : rows) x.push_back(row.x);
  for (int top = 1; top <= kTop; ++top) {
    const Family<double> family(top, x);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows[i].order > top) continue;
      EXPECT_TRUE(test::is_near(family(rows[i].order, i), rows[i].value,
                                allowed_error<double>(rows[i].order, x[i], rows[i].value)))
          << "sigma_" << rows[i].order << " at " << x[i] << " in the family of " << top;
    }
  }
}

TYPED_TEST(Sigma, agreesWithTheNaiveReferenceInEveryFamily) {
  const std::vector<TypeParam> x = this->sweep(777);
  std::vector<Family<TypeParam>> families;
  for (int top = 1; top <= kTop; ++top) families.emplace_back(top, x);
  for (std::size_t i = 0; i < x.size(); ++i) {
    for (int order = kLowest; order <= kTop; ++order) {
      const Real expected = test::naive_sigma(order, x[i]);
      const Real allowed = allowed_error<TypeParam>(order, x[i], expected);
      for (int top = std::max(1, order); top <= kTop; ++top) {
        EXPECT_TRUE(
            test::is_near(families[static_cast<std::size_t>(top - 1)](order, i), expected, allowed))
            << "sigma_" << order << " at " << x[i] << " in the family of " << top;
      }
    }
  }
}

TYPED_TEST(Sigma, isNeverNegative) {
  const std::vector<TypeParam> x = this->sweep(30011);
  for (int top = 1; top <= kTop; ++top) {
    const Family<TypeParam> family(top, x);
    int negative = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      for (int order = 0; order <= top; ++order) negative += family(order, i) >= 0 ? 0 : 1;
    }
    EXPECT_EQ(negative, 0) << "family of " << top;
  }
}

TYPED_TEST(Sigma, neverDecreasesByMoreThanRounding) {
  const TypeParam slack = sizeof(TypeParam) == 4 ? TypeParam(1e-6) : TypeParam(1e-14);
  const std::vector<TypeParam> x = this->sweep(30011);
  for (int top = 1; top <= kTop; ++top) {
    const Family<TypeParam> family(top, x);
    int decreases = 0;
    for (std::size_t i = 1; i < x.size(); ++i) {
      for (int order = 1; order <= top; ++order) {
        decreases += family(order, i) >= family(order, i - 1) * (1 - slack) ? 0 : 1;
      }
    }
    EXPECT_EQ(decreases, 0) << "family of " << top;
  }
}

TYPED_TEST(Sigma, hasItsLimitsAtInfinity) {
  for (int top = 1; top <= kTop; ++top) {
    const Family<TypeParam> family(top, {-kInfinity<TypeParam>, kInfinity<TypeParam>});
    for (int order = kLowest; order <= top; ++order) {
      EXPECT_EQ(family(order, 0), 0) << "order " << order;
      const TypeParam right = order > 1 ? kInfinity<TypeParam> : static_cast<TypeParam>(order == 1);
      EXPECT_EQ(family(order, 1), right) << "order " << order;
    }
  }
}

TYPED_TEST(Sigma, isAPowerFarToTheRightAndZeroFarToTheLeft) {
  const std::vector<TypeParam> x{TypeParam(-1e30), TypeParam(1e30), TypeParam(-1e3),
                                 TypeParam(1e3)};
  const Family<TypeParam> family(kTop, x);
  for (const std::size_t right : {1u, 3u}) {
    TypeParam power = 1;
    for (int order = 1; order <= kTop; ++order) {
      EXPECT_EQ(family(order, right - 1), 0);
      EXPECT_TRUE(family(order, right) == power ||
                  std::fabs(family(order, right) / power - 1) < 1e-4)
          << "order " << order;
      power *= x[right] / static_cast<TypeParam>(order);
    }
    for (int order = kLowest; order <= 0; ++order) EXPECT_EQ(family(order, right), 0);
  }
}

TYPED_TEST(Sigma, ofNaNIsNaNInEveryOrder) {
  for (int top = 1; top <= kTop; ++top) {
    const Family<TypeParam> family(top, {std::numeric_limits<TypeParam>::quiet_NaN()});
    for (int order = kLowest; order <= top; ++order) {
      EXPECT_TRUE(std::isnan(family(order, 0))) << "order " << order << " of " << top;
    }
  }
}

TYPED_TEST(Sigma, isSmoothThroughZero) {
  const TypeParam subnormal = std::numeric_limits<TypeParam>::denorm_min();
  const std::vector<TypeParam> x{0,          -TypeParam(0),        subnormal,
                                 -subnormal, kSmallest<TypeParam>, -kSmallest<TypeParam>};
  for (int top = 1; top <= kTop; ++top) {
    const Family<TypeParam> family(top, x);
    for (std::size_t i = 0; i < x.size(); ++i) {
      for (int order = kLowest; order <= top; ++order) {
        const Real expected = test::naive_sigma(order, x[i]);
        EXPECT_TRUE(test::is_near(
            family(order, i), expected,
            8 * kEpsilon<TypeParam> * std::fabs(expected) + 10 * kSmallest<TypeParam>))
            << "order " << order << " at " << x[i];
      }
    }
  }
}

TYPED_TEST(Sigma, ofALaneDependsOnNoOther) {
  const TypeParam nan = std::numeric_limits<TypeParam>::quiet_NaN();
  for (const TypeParam value : {TypeParam(-7.3), TypeParam(-0.2), TypeParam(0.9), TypeParam(11)}) {
    const TypeParam alone = Family<TypeParam>(4, {value})(3, 0);
    for (std::size_t lane = 0; lane < 2 * core::kPackLanes<TypeParam>; ++lane) {
      std::vector<TypeParam> x(2 * core::kPackLanes<TypeParam>, nan);
      x[lane] = value;
      EXPECT_EQ(Family<TypeParam>(4, x)(3, lane), alone) << value << " in lane " << lane;
    }
  }
}

}  // namespace
}  // namespace finn::ops
