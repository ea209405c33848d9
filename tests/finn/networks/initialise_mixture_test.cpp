#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "core/random.hpp"
#include "finn/networks/mixture.hpp"
#include "finn/networks/network_shape.hpp"
#include "finn/networks/points.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

// Two points far from each other: every component lies on one of them, in each variable up to the
// width of its normals.
TEST(DrawMixture, putsComponentsOnPointsWithEqualSharesAndCoefficients) {
  const NetworkShape shape = test::mixture_settings_of(1).network;
  const Mixture network(shape);
  const Points points{{-10, 10}, 2, 1};
  std::vector<double> weights(static_cast<std::size_t>(network.parameter_count()));
  core::Random random(1);
  network.draw_weights(points, random, weights.data());
  const ComponentLayout& at = network.groups()[0];
  const auto weight = [&](std::int64_t i) { return weights[static_cast<std::size_t>(i)]; };
  for (std::int64_t k = 0; k < network.normals_of_all(); ++k) {
    const double width = 1 / (std::sqrt(2.0) * weight(at.slopes + k));
    const double centre = -weight(at.locations + k) / weight(at.slopes + k);
    EXPECT_GT(width, 0);
    EXPECT_LE(std::fabs(std::fabs(centre) - 10), width) << k;
    EXPECT_EQ(weight(at.shares + k), 0.5);
  }
  for (int j = 0; j < shape.components; ++j) {
    EXPECT_DOUBLE_EQ(weight(at.coefficients + j), 1.0 / shape.components);
  }
}

}  // namespace
}  // namespace finn::net
