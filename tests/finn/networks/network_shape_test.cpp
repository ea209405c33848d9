#include "finn/networks/network_shape.hpp"

#include <gtest/gtest.h>

#include <string>

#include "core/error.hpp"
#include "finn/networks/conditioning_shape.hpp"

namespace finn::net {
namespace {

TEST(NetworkShape, namesTheFirstFieldInWhichItDiffersAsTheHeaderDoes) {
  const NetworkShape shape;
  EXPECT_EQ(first_difference(shape, shape), nullptr);
  NetworkShape other = shape;
  other.widths = {3};
  other.steps = 7;
  EXPECT_EQ(std::string(first_difference(shape, other)), "widths");
  other.widths.clear();
  EXPECT_EQ(std::string(first_difference(shape, other)), "steps");
  other = shape;
  other.conditioning.sample_epsilon = true;
  EXPECT_EQ(std::string(first_difference(shape, other)), "sample_epsilon");
}

TEST(ConditioningShape, normalisesEverySampleForItsConditionsOrItsEpsilon) {
  ConditioningShape shape;
  EXPECT_FALSE(shape.is_by_sample());
  shape.sample_epsilon = true;
  EXPECT_TRUE(shape.is_by_sample());
  shape.sample_epsilon = false;
  shape.conditions = 1;
  EXPECT_TRUE(shape.is_by_sample());
}

TEST(TakeParameters, refusesMoreThanTheLimit) {
  std::int64_t total = 5;
  EXPECT_EQ(take_parameters(7, total), 5);
  EXPECT_EQ(total, 12);
  EXPECT_THROW(take_parameters(kMaxParameters - 11, total), core::Error);
  EXPECT_EQ(take_parameters(kMaxParameters - 12, total), 12);
}

}  // namespace
}  // namespace finn::net
