#include "finn/domains/node_grid.hpp"

#include <gtest/gtest.h>

#include "core/subset.hpp"
#include "finn/domains/box.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

// x = (2 u_1, u_2 + 5) on [0, 1] x [-1, 1].
NodeGrid stretched_grid() {
  NodeGrid grid;
  grid.fill(test::box_of({0, -1}, {1, 1}), [](const double* u, double* x) {
    x[0] = 2 * u[0];
    x[1] = u[1] + 5;
  });
  return grid;
}

TEST(NodeGrid, fillsTheBoxWithoutItsEdge) {
  const NodeGrid grid = stretched_grid();
  EXPECT_EQ(grid.size(), 33u * 33u);
  for (std::size_t node = 0; node < grid.size(); ++node) {
    EXPECT_GT(grid.u(node)[0], 0);
    EXPECT_LT(grid.u(node)[0], 1);
    EXPECT_GT(grid.u(node)[1], -1);
    EXPECT_LT(grid.u(node)[1], 1);
  }
}

TEST(NodeGrid, hasAtMostSomeThousandsOfPointsInAnyNumberOfVariables) {
  for (int n = 1; n <= core::kMaxVariables; ++n) {
    Box box;
    box.variables = n;
    box.upper.fill(1);
    NodeGrid grid;
    grid.fill(box, [n](const double* u, double* x) { std::copy_n(u, n, x); });
    EXPECT_GE(grid.size(), 256u) << n;
    EXPECT_LE(grid.size(), 5000u) << n;
  }
}

TEST(NodeGrid, measuresHowFarTheImagesReach) {
  const NodeGrid grid = stretched_grid();
  EXPECT_NEAR(grid.extent(0), 2 * 32.0 / 33, 1e-14);
  EXPECT_NEAR(grid.extent(1), 2 * 32.0 / 33, 1e-14);
}

TEST(NodeGrid, findsTheNodesNextToAPointTheNearestFirst) {
  const NodeGrid grid = stretched_grid();
  std::array<std::size_t, 4> nodes{};
  const double x[] = {1.01, 5.01};
  ASSERT_EQ(grid.nearest(x, nodes), 4u);
  EXPECT_NEAR(grid.u(nodes[0])[0], 0.5, 1e-12);
  EXPECT_NEAR(grid.u(nodes[0])[1], 0, 1e-12);
  double before = 0;
  for (const std::size_t node : nodes) {
    const double across = 2 * grid.u(node)[0] - x[0], up = grid.u(node)[1] + 5 - x[1];
    const double distance = across * across + up * up;
    EXPECT_GE(distance, before);
    before = distance;
  }
}

TEST(NodeGrid, givesAllItsNodesWhereMoreAreAskedFor) {
  NodeGrid grid;
  Box box;
  box.variables = 8;
  box.upper.fill(1);
  grid.fill(box, [](const double* u, double* x) { std::copy_n(u, 8, x); });
  std::array<std::size_t, 300> nodes{};
  const double x[8] = {};
  EXPECT_EQ(grid.nearest(x, nodes), grid.size());
}

}  // namespace
}  // namespace finn::net
