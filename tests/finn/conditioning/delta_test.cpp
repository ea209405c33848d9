#include "finn/conditioning/delta.hpp"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace finn::net
