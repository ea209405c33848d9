// sin and its derivatives against the standard library in long double.
#include "ops/kernels/sine.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "ops/kernels/table.hpp"
#include "tests/support/rows.hpp"

namespace finn::ops {
namespace {

using test::Rows;

template <class T>
class Sine : public ::testing::Test {
 protected:
  static Rows<T> derivatives(const std::vector<T>& x, int count) {
    return Rows<T>(x, count, [](const T* lane, std::ptrdiff_t lanes, Rows<T>& rows) {
      kernels<T>().sine_family(rows.count(), lane, lanes, rows.row(0), rows.stride());
    });
  }
};
using Elements = ::testing::Types<float, double>;
TYPED_TEST_SUITE(Sine, Elements);

TYPED_TEST(Sine, agreesWithTheStandardLibrary) {
  constexpr long double tolerance = 2 * std::numeric_limits<TypeParam>::epsilon();
  for (const double range : {0.01, 3.2, 100.0, 20000.0}) {
    std::vector<TypeParam> x;
    for (int i = -999; i <= 1000; ++i) x.push_back(static_cast<TypeParam>(i * range / 1000));
    const Rows<TypeParam> rows = this->derivatives(x, 6);
    for (std::size_t i = 0; i < x.size(); ++i) {
      const long double sine = std::sin(static_cast<long double>(x[i]));
      const long double cosine = std::cos(static_cast<long double>(x[i]));
      const long double expected[] = {sine, cosine, -sine, -cosine, sine, cosine};
      for (int k = 0; k < 6; ++k) {
        EXPECT_LE(std::fabs(rows.row(k)[i] - expected[k]), tolerance) << k << " at " << x[i];
      }
    }
  }
}

TYPED_TEST(Sine, isBoundedFarOutAndNaNOfNaN) {
  const TypeParam infinity = std::numeric_limits<TypeParam>::infinity();
  const TypeParam nan = std::numeric_limits<TypeParam>::quiet_NaN();
  const Rows<TypeParam> rows =
      this->derivatives({TypeParam(1e7), TypeParam(-1e30), infinity, -infinity, nan}, 4);
  for (int k = 0; k < 4; ++k) {
    for (std::size_t i = 0; i < 4; ++i) EXPECT_LE(std::fabs(rows.row(k)[i]), 1.1);
    EXPECT_TRUE(std::isnan(rows.row(k)[4]));
  }
}

}  // namespace
}  // namespace finn::ops
