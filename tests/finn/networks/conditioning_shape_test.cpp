#include "finn/networks/conditioning_shape.hpp"

#include <gtest/gtest.h>

namespace finn::net {
namespace {

TEST(ConditioningShape, normalisesEverySampleForItsConditionsOrItsEpsilon) {
  ConditioningShape shape;
  EXPECT_FALSE(shape.normalises_per_sample());
  shape.sample_epsilon = true;
  EXPECT_TRUE(shape.normalises_per_sample());
  shape.sample_epsilon = false;
  shape.conditions = 1;
  EXPECT_TRUE(shape.normalises_per_sample());
}

}  // namespace
}  // namespace finn::net
