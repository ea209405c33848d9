#include "finn/conditioning/delta.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "finn/networks/block.hpp"
#include "finn/networks/conditioning_shape.hpp"

namespace finn::net {
namespace {

TEST(Delta, leavesEveryRoleAloneWithoutConditions) {
  for (int role = 0; role < kRoles; ++role) {
    EXPECT_EQ(delta_of(ConditioningKind::none, static_cast<Role>(role)), Delta::none);
  }
}

TEST(Delta, offsetsEveryRoleUnderAHypernetwork) {
  for (int role = 0; role < kRoles; ++role) {
    EXPECT_EQ(delta_of(ConditioningKind::hypernetwork, static_cast<Role>(role)), Delta::offset);
  }
}

TEST(Delta, takesANumberForEveryRowOrWeightOfABlock) {
  const Block block{Role::hidden_weight, 3, 5, 0};
  EXPECT_EQ(delta_count(Delta::none, block), 0);
  EXPECT_EQ(delta_count(Delta::row_scale, block), 3);
  EXPECT_EQ(delta_count(Delta::scale, block), 15);
  EXPECT_EQ(delta_count(Delta::offset, block), 15);
}

TEST(Delta, scalesByItsExponentialWithinBounds) {
  EXPECT_EQ(scale_of(0), 1);
  for (const double delta : {-1.0, -0.1, 0.1, 1.0}) {
    EXPECT_NEAR(scale_of(delta) / std::exp(delta), 1, 4e-4) << delta;
  }
  for (const double delta : {50.0, 1e6, 1e300}) {
    EXPECT_LE(scale_of(delta), std::exp(kLargestLogScale));
    EXPECT_GE(scale_of(-delta), std::exp(-kLargestLogScale));
    EXPECT_GT(scale_of(delta), scale_of(49));
  }
}

}  // namespace
}  // namespace finn::net
