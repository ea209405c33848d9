// tanh and its derivatives against a naive reference in long double.
#include "ops/kernels/tanh.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "core/jet.hpp"
#include "ops/kernels/table.hpp"
#include "tests/support/deviation.hpp"
#include "tests/support/naive_activation.hpp"
#include "tests/support/nested_dual.hpp"
#include "tests/support/rows.hpp"

namespace finn::ops {
namespace {

using test::Real;
using test::Rows;

template <class T>
class Tanh : public ::testing::Test {
 protected:
  static Rows<T> derivatives(const std::vector<T>& x, int count = kMaxTanhDerivatives) {
    return Rows<T>(x, count, [](const T* lane, std::ptrdiff_t lanes, Rows<T>& rows) {
      kernels<T>().tanh_family(rows.count(), lane, lanes, rows.row(0), rows.stride());
    });
  }
};
using Elements = ::testing::Types<float, double>;
TYPED_TEST_SUITE(Tanh, Elements);

// The k-th derivative is sech^2 times a polynomial in tanh, whose terms sum up to less than k!.
TYPED_TEST(Tanh, agreesWithTheNaiveReference) {
  constexpr Real epsilon = std::numeric_limits<TypeParam>::epsilon();
  std::vector<TypeParam> x;
  for (int i = -2000; i <= 2000; ++i) x.push_back(static_cast<TypeParam>(i) / TypeParam(101));
  const Rows<TypeParam> rows = this->derivatives(x);
  for (std::size_t i = 0; i < x.size(); ++i) {
    const std::vector<Real> expected = test::naive_tanh_derivatives(rows.count(), x[i]);
    EXPECT_TRUE(test::is_near(rows.row(0)[i], expected[0], 4 * epsilon * std::fabs(expected[0])))
        << x[i];
    for (int k = 1; k < rows.count(); ++k) {
      EXPECT_TRUE(test::is_near(rows.row(k)[i], expected[static_cast<std::size_t>(k)],
                                8 * epsilon * expected[1] * std::tgamma(Real(k + 1))))
          << "derivative " << k << " at " << x[i];
    }
  }
}

TYPED_TEST(Tanh, isOddAndItsDerivativesAlternate) {
  std::vector<TypeParam> right, left;
  for (int i = 0; i < 300; ++i) {
    right.push_back(static_cast<TypeParam>(i) / TypeParam(17));
    left.push_back(-right.back());
  }
  const Rows<TypeParam> positive = this->derivatives(right);
  const Rows<TypeParam> negative = this->derivatives(left);
  for (int k = 0; k < positive.count(); ++k) {
    for (std::size_t i = 0; i < right.size(); ++i) {
      EXPECT_EQ(negative.row(k)[i], k % 2 == 0 ? -positive.row(k)[i] : positive.row(k)[i]);
    }
  }
}

TYPED_TEST(Tanh, isFlatFarOut) {
  const TypeParam infinity = std::numeric_limits<TypeParam>::infinity();
  for (const TypeParam x : {TypeParam(1000), TypeParam(1e30), infinity}) {
    const Rows<TypeParam> rows = this->derivatives({x, -x});
    EXPECT_EQ(rows.row(0)[0], 1) << x;
    EXPECT_EQ(rows.row(0)[1], -1) << x;
    for (int k = 1; k < rows.count(); ++k) {
      EXPECT_EQ(rows.row(k)[0], 0) << "derivative " << k << " at " << x;
      EXPECT_EQ(rows.row(k)[1], 0) << "derivative " << k << " at " << -x;
    }
  }
}

TYPED_TEST(Tanh, ofNaNIsNaN) {
  const Rows<TypeParam> rows = this->derivatives({std::numeric_limits<TypeParam>::quiet_NaN()});
  for (int k = 0; k < rows.count(); ++k) EXPECT_TRUE(std::isnan(rows.row(k)[0])) << k;
}

TYPED_TEST(Tanh, ofALaneDependsOnNoOther) {
  const TypeParam nan = std::numeric_limits<TypeParam>::quiet_NaN();
  const Rows<TypeParam> alone = this->derivatives({TypeParam(0.7)});
  for (std::size_t lane = 0; lane < core::kPackLanes<TypeParam>; ++lane) {
    std::vector<TypeParam> x(core::kPackLanes<TypeParam>, nan);
    x[lane] = TypeParam(0.7);
    const Rows<TypeParam> rows = this->derivatives(x);
    for (int k = 0; k < rows.count(); ++k) EXPECT_EQ(rows.row(k)[lane], alone.row(k)[0]);
  }
}

TYPED_TEST(Tanh, writesAsManyRowsAsItIsAskedFor) {
  const std::vector<TypeParam> x(20, TypeParam(0.3));
  const Rows<TypeParam> all = this->derivatives(x);
  EXPECT_TRUE(all.gaps_are_unset());
  for (int count = 1; count < kMaxTanhDerivatives; ++count) {
    const Rows<TypeParam> rows = this->derivatives(x, count);
    EXPECT_TRUE(rows.gaps_are_unset());
    EXPECT_EQ(rows.row(count - 1)[19], all.row(count - 1)[19]);
  }
}

}  // namespace
}  // namespace finn::ops
