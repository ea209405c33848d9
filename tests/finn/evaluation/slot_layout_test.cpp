#include "finn/evaluation/slot_layout.hpp"

#include <gtest/gtest.h>

#include "finn/model/model.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

TEST(SlotLayout, putsTheNumbersOfTheNormaliserBehindTheParameters) {
  const Model<float> model(test::signed_settings_of(2, 3));
  const SlotLayout layout = slot_layout(model);
  EXPECT_EQ(layout.scale(), model.parameter_count());
  EXPECT_EQ(layout.coefficients(), model.parameter_count() + 3);
  EXPECT_EQ(layout.length(), model.parameter_count() + 6);
}

TEST(SlotLayout, hasNoCoefficientsForAScaleWithoutAUniformShare) {
  const Model<float> model(test::settings_of(2, 3));
  EXPECT_EQ(slot_layout(model).length(), model.parameter_count() + 3);
}

}  // namespace
}  // namespace finn::net
