#include "finn/queries/truncated_normal.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "tests/support/gauss_legendre.hpp"

namespace finn::net {
namespace {

// By quadrature of exp(-(z^2 - peak^2)) in many pieces, with moments about the peak.
NormalMoments quadrature_moments(double lower, double upper, double width) {
  const double peak = std::clamp(0.0, lower, upper);
  const double from = std::max(lower, peak - width), to = std::min(upper, peak + width);
  double mass = 0, first = 0, second = 0;
  test::for_each_node(20, 40, {from - peak}, {to - peak}, [&](const double* off, double weight) {
    const double density = weight * std::exp(-*off * (*off + 2 * peak));
    mass += density;
    first += density * *off;
    second += density * *off * *off;
  });
  return {peak + first / mass, second / mass - first / mass * (first / mass)};
}

TEST(TruncatedNormalMoments, agreeWithAQuadratureInPieces) {
  const double limits[][2] = {{-1, 2},     {-30, 0.5}, {-0.5, 1e5},  {3, 4},    {-4, -3},
                              {8, 8.5},    {20, 30},   {-1e3, -50},  {0, 1e-3}, {1, 1 + 1e-5},
                              {-1e9, 1e9}, {7, 1e8},   {100, 100.5}, {-6, 0}};
  for (const auto& [lower, upper] : limits) {
    const double nearest = std::fabs(std::clamp(0.0, lower, upper));
    const NormalMoments expected =
        quadrature_moments(lower, upper, std::min(9.0, 45 / (1 + nearest)));
    const NormalMoments found = truncated_normal_moments(lower, upper);
    const double spread = std::sqrt(expected.variance);
    EXPECT_NEAR(found.mean, expected.mean, 1e-12 * spread + 4e-16 * nearest)
        << lower << " .. " << upper;
    EXPECT_NEAR(found.variance / expected.variance, 1, 1e-11) << lower << " .. " << upper;
  }
}

TEST(TruncatedNormalMoments, areThoseOfTheNormalWhereNothingIsCut) {
  const NormalMoments all = truncated_normal_moments(-1e10, 1e10);
  EXPECT_NEAR(all.mean, 0, 1e-15);
  EXPECT_NEAR(all.variance, 0.5, 1e-14);
  const NormalMoments half = truncated_normal_moments(0, 1e10);
  EXPECT_NEAR(half.mean, 1 / std::sqrt(std::numbers::pi), 1e-14);
  EXPECT_NEAR(half.variance, 0.5 - 1 / std::numbers::pi, 1e-14);
}

TEST(TruncatedNormalMoments, areThoseOfTheUniformDensityOnANarrowInterval) {
  const NormalMoments narrow = truncated_normal_moments(0.5, 0.5 + 1e-6);
  EXPECT_NEAR(narrow.mean, 0.5 + 0.5e-6, 1e-12);
  EXPECT_NEAR(narrow.variance / (1e-12 / 12), 1, 1e-6);
}

}  // namespace
}  // namespace finn::net
