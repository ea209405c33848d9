#include "finn/domains/domain_tile.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/tape.hpp"
#include "finn/domains/box.hpp"
#include "finn/domains/domain.hpp"
#include "finn/domains/domains.hpp"
#include "ops/seed.hpp"
#include "tests/finn/domains/domain_support.hpp"

namespace finn::net {
namespace {

using test::kOrigin;
using test::Point;

const float kRows[] = {0.5f, 0.25f, -0.75f, 0, 2, 0};  // two points inside, one outside

TEST(DomainTile, hasTheUAndLogarithmicWeightOfEachPoint) {
  const auto disk = disk_domain(kOrigin, 1);
  const DomainTile tile(*disk, all_variables(2), kRows, 3, 2);
  for (int i = 0; i < 3; ++i) {
    const double x[] = {double{kRows[2 * i]}, double{kRows[2 * i + 1]}};
    Point u(2);
    EXPECT_EQ(tile.log_weights()[i], disk->locate(x, u.data())) << i;
    EXPECT_EQ(tile.u()[2 * i], u[0]) << i;
    EXPECT_EQ(tile.u()[2 * i + 1], u[1]) << i;
  }
  EXPECT_EQ(tile.log_weights()[2], Domain::kOutside);
}

TEST(DomainTile, hasNoWeightForAProperSubset) {
  const auto disk = disk_domain(kOrigin, 1);
  EXPECT_EQ(DomainTile(*disk, 1, kRows, 3, 2).log_weights()[0], 0);
}

TEST(DomainTile, putsItsWeightsOnATapeAndRepeatsTheLastInPadding) {
  const auto disk = disk_domain(kOrigin, 1);
  const DomainTile tile(*disk, all_variables(2), kRows, 3, 2);
  core::Tape<double> tape;
  tape.begin(3, core::Mode::record);
  const auto weights = tile.weights(tape);
  EXPECT_DOUBLE_EQ(weights.value[0], 2);
  EXPECT_DOUBLE_EQ(weights.value[1], 2);
  for (int lane = 2; lane < weights.lanes; ++lane) EXPECT_EQ(weights.value[lane], 0) << lane;
}

// dL/dx = du/dx dL/du + dL/dw w dlog w/dx, against differences of L = w (2 u_1 - 3 u_2).
TEST(DomainTile, takesAdjointsOfUAndOfTheWeightBackToX) {
  const auto disk = polar_domain(kOrigin, 1);  // whose weight depends on x
  const double rows[] = {0.5, 0.25, 3, 0};
  const auto loss = [&](double x1, double x2) {
    const double x[] = {x1, x2};
    Point u(2);
    const double w = std::exp(disk->locate(x, u.data()));
    return w * (2 * u[0] - 3 * u[1]);
  };
  const DomainTile tile(*disk, all_variables(2), rows, 2, 2);
  core::Tape<double> tape;
  tape.begin(2, core::Mode::record);
  const auto weights = tile.weights(tape);
  ops::Seed<double> seed{};
  seed.x = tape.value(2);
  const double w = weights.value[0];
  seed.x.adjoint_row(0, 0)[0] = 2 * w;
  seed.x.adjoint_row(0, 1)[0] = -3 * w;
  weights.adjoint[0] = 2 * tile.u()[0] - 3 * tile.u()[1];
  double x_adjoint[4] = {7, 7, 7, 7};
  tile.scatter_adjoint(Coordinates::raw(), seed, weights, x_adjoint, 2);
  const double h = 1e-6;
  EXPECT_NEAR(x_adjoint[0], (loss(0.5 + h, 0.25) - loss(0.5 - h, 0.25)) / (2 * h), 1e-8);
  EXPECT_NEAR(x_adjoint[1], (loss(0.5, 0.25 + h) - loss(0.5, 0.25 - h)) / (2 * h), 1e-8);
  EXPECT_EQ(x_adjoint[2], 0);
  EXPECT_EQ(x_adjoint[3], 0);
}

}  // namespace
}  // namespace finn::net
