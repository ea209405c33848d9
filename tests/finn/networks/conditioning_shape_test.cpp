#include "finn/networks/conditioning_shape.hpp"

#include <gtest/gtest.h>

namespace finn::net {
namespace {

TEST(ConditioningShape, normalisesEverySampleForItsConditionsOrItsTarget) {
  ConditioningShape shape;
  EXPECT_FALSE(shape.normalises_per_sample());
  shape.target_from_row = true;
  EXPECT_TRUE(shape.normalises_per_sample());
  shape.target_from_row = false;
  shape.conditions = 1;
  EXPECT_TRUE(shape.normalises_per_sample());
}

}  // namespace
}  // namespace finn::net
