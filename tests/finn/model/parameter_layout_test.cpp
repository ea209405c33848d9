#include "finn/model/parameter_layout.hpp"

#include <gtest/gtest.h>

#include "finn/constraints/constraint.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/networks/conditioning_shape.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

TEST(ParameterLayout, putsTheNetworkThenTheConditionsThenTauThenTheStandards) {
  const ParameterLayout layout{10, 4, 2, {3, 1, 2}};
  EXPECT_EQ(layout.conditioning(), 10);
  EXPECT_EQ(layout.tau(), 14);
  EXPECT_EQ(layout.trained_count(), 16);
  EXPECT_EQ(layout.standards(), 16);
  EXPECT_EQ(layout.count(), 16 + 2 * (3 + 1) + 2);
}

// tau of a model with conditions lies behind those of the conditions, where the loss finds it.
TEST(ParameterLayout, isThatOfAModelWithConditionsAndALearnedIntegral) {
  ModelSettings settings = test::settings_of(2, 2);
  settings.network.conditioning.kind = ConditioningKind::film;
  settings.network.conditioning.conditions = 1;
  settings.conditions = {{0}, {1}};
  settings.constraint.transition = Transition::learned;
  const Model<double> model(settings);
  EXPECT_EQ(model.layout().network_count, model.network().parameter_count());
  EXPECT_EQ(model.layout().conditioning_count, model.conditioning().parameter_count());
  EXPECT_GT(model.layout().conditioning_count, 0);
  EXPECT_EQ(model.layout().tau_count, 2);
  EXPECT_EQ(model.parameter_count(), model.layout().count());
}

}  // namespace
}  // namespace finn::net
