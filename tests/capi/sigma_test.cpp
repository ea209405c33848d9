// The sigma family by itself, through finn.h.
#include <cmath>
#include <limits>
#include <vector>

#include "finn.hpp"
#include "tests/capi/support.hpp"
#include "tests/support/deviation.hpp"
#include "tests/support/golden.hpp"

namespace finn::test {
namespace {

template <class T>
class SigmaApi : public ::testing::Test {
 protected:
  static constexpr long double kRoundoff = std::numeric_limits<T>::epsilon() / 2;
  static constexpr long double kSpacing = std::numeric_limits<T>::denorm_min();

  static std::vector<T> sigma(std::int32_t order, std::int32_t count, const std::vector<T>& x) {
    std::vector<T> values(static_cast<std::size_t>(count) * x.size());
    require_ok([&](finn_error* e) {
      return Api<T>::sigma(order, count, x.data(), size_of(x), values.data(), e);
    });
    return values;
  }
  static std::int64_t size_of(const std::vector<T>& x) {
    return static_cast<std::int64_t>(x.size());
  }
};
using Elements = ::testing::Types<float, double>;
TYPED_TEST_SUITE(SigmaApi, Elements);

// The golden arguments are exact doubles; float gets those that are floats too.
TYPED_TEST(SigmaApi, agreesWithTheGoldenValues) {
  int compared = 0;
  for (const GoldenSigma& row : golden_sigma()) {
    const auto x = static_cast<TypeParam>(row.x);
    if (row.order < 0 || static_cast<double>(x) != row.x) continue;
    const std::int32_t order = std::max(row.order, 1);
    const TypeParam got = this->sigma(order, order - row.order + 1, {x}).back();
    const long double units = row.order >= 1 && row.order <= 4 ? 4 : 8;
    const long double allowed =
        std::fmax(this->kSpacing, units * this->kRoundoff * std::fabs(row.value));
    EXPECT_TRUE(is_near(got, row.value, allowed)) << "sigma_" << row.order << " at " << row.x;
    ++compared;
  }
  EXPECT_GT(compared, sizeof(TypeParam) == 4 ? 20 : 500);
}

TYPED_TEST(SigmaApi, givesRowAfterRowForArraysOfAnyLength) {
  for (const std::size_t length : {1u, 3u, 16u, 33u, 1000u}) {
    std::vector<TypeParam> x;
    for (std::size_t i = 0; i < length; ++i) x.push_back(static_cast<TypeParam>(i) / 7 - 5);
    const std::vector<TypeParam> all = this->sigma(5, 14, x);
    for (std::int32_t k = 0; k < 14; ++k) {
      for (std::size_t i = 0; i < length; ++i) {
        const std::int32_t top = std::max(5 - k, 1);
        EXPECT_EQ(all[static_cast<std::size_t>(k) * length + i],
                  this->sigma(top, top - (5 - k) + 1, {x[i]}).back());
      }
    }
  }
}

TYPED_TEST(SigmaApi, acceptsEveryNumberAndNaN) {
  const TypeParam infinity = std::numeric_limits<TypeParam>::infinity();
  const TypeParam nan = std::numeric_limits<TypeParam>::quiet_NaN();
  EXPECT_EQ(this->sigma(3, 4, {-infinity}), std::vector<TypeParam>(4, 0));
  EXPECT_EQ(this->sigma(3, 4, {infinity}), (std::vector<TypeParam>{infinity, infinity, 1, 0}));
  for (const TypeParam value : this->sigma(8, 17, {nan})) EXPECT_TRUE(std::isnan(value));
  finn_error error = FINN_ERROR_INIT;
  EXPECT_EQ(TestFixture::sigma(1, 1, {}), std::vector<TypeParam>());
  EXPECT_EQ(Api<TypeParam>::sigma(1, 1, nullptr, 0, nullptr, &error), FINN_OK);
}

TYPED_TEST(SigmaApi, repeatedIntegralsOfErfcAreThoseOfTheDLMF) {
  const std::vector<TypeParam> z{0, TypeParam(0.5), 2, -1, 3};
  const auto length = this->size_of(z);
  std::vector<TypeParam> values(9 * z.size());
  require_ok([&](finn_error* e) {
    return Api<TypeParam>::repeated_erfc(7, 9, z.data(), length, values.data(), e);
  });
  const auto at = [&](int k, std::size_t i) {
    return static_cast<long double>(values[static_cast<std::size_t>(7 - k) * z.size() + i]);
  };
  for (int k = -1; k <= 7; ++k) {  // DLMF 7.18.6, at z = 0
    const long double expected = 1 / (std::exp2(k) * std::tgamma(k / 2.0L + 1));
    EXPECT_TRUE(is_near(at(k, 0), expected, 8 * this->kRoundoff * expected)) << k;
  }
  for (std::size_t i = 0; i < z.size(); ++i) {
    const long double x = z[i];
    EXPECT_TRUE(is_near(at(0, i), std::erfc(x), 4 * this->kRoundoff * std::erfc(x)));
    for (int k = 1; k <= 7; ++k) {  // DLMF 7.18.7
      const long double left = 2 * k * at(k, i) + 2 * x * at(k - 1, i);
      const long double terms = 2 * k * at(k, i) + 2 * std::fabs(x) * at(k - 1, i) + at(k - 2, i);
      EXPECT_TRUE(is_near(left, at(k - 2, i), 8 * this->kRoundoff * terms)) << k << " at " << x;
    }
  }
}

TYPED_TEST(SigmaApi, logarithmsAreFiniteWhereSigmaIsZero) {
  const std::vector<TypeParam> x{-1000, -100, -1, 0, 50};
  for (std::int32_t order = 0; order <= 8; ++order) {
    std::vector<TypeParam> logs(x.size()), slopes(x.size()), alone(x.size());
    require_ok([&](finn_error* e) {
      return Api<TypeParam>::log_sigma(order, x.data(), 5, logs.data(), slopes.data(), e);
    });
    require_ok([&](finn_error* e) {
      return Api<TypeParam>::log_sigma(order, x.data(), 5, alone.data(), nullptr, e);
    });
    EXPECT_EQ(logs, alone);
    const long double far = -1e6L - order * std::log(2000.0L) - std::log(std::acos(-1.0L)) / 2;
    EXPECT_TRUE(is_near(logs[0], far, 4e6L * this->kRoundoff + 1e-4L));
    EXPECT_NEAR(slopes[0], 2000, 2 + order);
    for (const TypeParam slope : slopes) EXPECT_TRUE(std::isfinite(slope));
  }
}

TYPED_TEST(SigmaApi, refusesWhatItCannotDo) {
  using A = Api<TypeParam>;
  const std::vector<TypeParam> x(3);
  std::vector<TypeParam> y(60);
  const TypeParam* in = x.data();
  TypeParam* out = y.data();
  const std::int64_t huge = std::numeric_limits<std::int64_t>::max() / 16;
  const BadCall calls[] = {
      {"order 0", FINN_ERROR_ARGUMENT, "order",
       [&](auto* e) { return A::sigma(0, 1, in, 3, out, e); }},
      {"order 9", FINN_ERROR_ARGUMENT, "order",
       [&](auto* e) { return A::sigma(9, 1, in, 3, out, e); }},
      {"count 0", FINN_ERROR_ARGUMENT, "count",
       [&](auto* e) { return A::sigma(2, 0, in, 3, out, e); }},
      {"below -8", FINN_ERROR_ARGUMENT, "count",
       [&](auto* e) { return A::sigma(2, 12, in, 3, out, e); }},
      {"length -1", FINN_ERROR_ARGUMENT, "length",
       [&](auto* e) { return A::sigma(2, 1, in, -1, out, e); }},
      {"huge", FINN_ERROR_SIZE, "length",
       [&](auto* e) { return A::sigma(2, 9, in, huge, out, e); }},
      {"x NULL", FINN_ERROR_NULL, "x", [&](auto* e) { return A::sigma(2, 1, nullptr, 3, out, e); }},
      {"values NULL", FINN_ERROR_NULL, "values",
       [&](auto* e) { return A::sigma(2, 1, in, 3, nullptr, e); }},
      {"log order -1", FINN_ERROR_ARGUMENT, "order",
       [&](auto* e) { return A::log_sigma(-1, in, 3, out, nullptr, e); }},
      {"log order 9", FINN_ERROR_ARGUMENT, "order",
       [&](auto* e) { return A::log_sigma(9, in, 3, out, nullptr, e); }},
      {"log x NULL", FINN_ERROR_NULL, "x",
       [&](auto* e) { return A::log_sigma(1, nullptr, 3, out, nullptr, e); }},
      {"logs NULL", FINN_ERROR_NULL, "logs",
       [&](auto* e) { return A::log_sigma(1, in, 3, nullptr, out, e); }},
      {"log length", FINN_ERROR_ARGUMENT, "length",
       [&](auto* e) { return A::log_sigma(1, in, -3, out, nullptr, e); }},
      {"erfc order 8", FINN_ERROR_ARGUMENT, "order",
       [&](auto* e) { return A::repeated_erfc(8, 1, in, 3, out, e); }},
      {"erfc order -1", FINN_ERROR_ARGUMENT, "order",
       [&](auto* e) { return A::repeated_erfc(-1, 1, in, 3, out, e); }},
      {"erfc below -1", FINN_ERROR_ARGUMENT, "count",
       [&](auto* e) { return A::repeated_erfc(1, 4, in, 3, out, e); }},
      {"z NULL", FINN_ERROR_NULL, "z",
       [&](auto* e) { return A::repeated_erfc(1, 1, nullptr, 3, out, e); }},
      {"erfc values NULL", FINN_ERROR_NULL, "values",
       [&](auto* e) { return A::repeated_erfc(1, 1, in, 3, nullptr, e); }},
  };
  for (const BadCall& bad : calls) expect_refused(bad);
}

TEST(SigmaWrapper, givesTheRowsOfTheCCall) {
  const std::vector<double> x{-2, 0.5, 3};
  const std::vector<std::vector<double>> rows = sigma(2, 4, x);
  ASSERT_EQ(rows.size(), 4u);
  std::vector<double> values(12), logs(3);
  ASSERT_EQ(finn_sigma_f64(2, 4, x.data(), 3, values.data(), nullptr), FINN_OK);
  for (std::size_t k = 0; k < 4; ++k) {
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(rows[k][i], values[3 * k + i]);
  }
  ASSERT_EQ(finn_log_sigma_f64(2, x.data(), 3, logs.data(), nullptr, nullptr), FINN_OK);
  EXPECT_EQ(log_sigma(2, x), logs);
  EXPECT_EQ(sigma(1, 1, {}).size(), 1u);
  EXPECT_THROW(sigma(1, 0, x), Error);
}

}  // namespace
}  // namespace finn::test
