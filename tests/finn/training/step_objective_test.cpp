#include "finn/training/step_objective.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "core/error.hpp"
#include "finn/data/rows.hpp"
#include "finn/model/model.hpp"
#include "finn/model/workspace.hpp"
#include "finn/optimisers/lbfgs.hpp"
#include "finn/training/batch_loss.hpp"
#include "finn/training/callbacks.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

class StepObjectiveTest : public testing::Test {
 protected:
  StepObjectiveTest() {
    batch_.resize(16, 2, 1, true, false);
    batch_.x = test::points_in(model_.box(), 16);
    std::fill(batch_.y.begin(), batch_.y.end(), 0.5);
    loss_.begin({}, 1, 16, 0, 1);
  }

  Model<double> model_ = test::model_of<double>(test::settings_of(2));
  Workspace workspace_{1};
  RowBlock batch_;
  BatchLoss<double> loss_;
  const Callbacks callbacks_{};
  StepObjective<double> objective_{model_, workspace_, loss_, batch_, callbacks_};
};

TEST_F(StepObjectiveTest, evaluatesTheLossOfTheBatchAtTheParameters) {
  const double before = objective_.gradient().loss;
  EXPECT_EQ(objective_.evaluate().value, before);
  EXPECT_EQ(objective_.finite_gradient().loss, before);
  objective_.parameters()[0] += 0.5;
  const Evaluation<double> moved = objective_.evaluate();
  EXPECT_NE(moved.value, before);
  EXPECT_EQ(objective_.gradient().values[0], moved.gradient[0]);
}

TEST_F(StepObjectiveTest, isInfiniteWhereParametersAreNotFinite) {
  for (const double bad : {std::numeric_limits<double>::infinity(), std::nan("")}) {
    objective_.parameters()[0] = bad;
    EXPECT_EQ(objective_.evaluate().value, HUGE_VAL);
  }
}

TEST_F(StepObjectiveTest, isInfiniteWhereTheIntegralCannotBeNormalised) {
  std::fill_n(objective_.parameters(), model_.parameter_count(), 0.0);
  EXPECT_EQ(objective_.evaluate().value, HUGE_VAL);
}

TEST_F(StepObjectiveTest, refusesALossThatIsNotFinite) {
  std::fill(batch_.y.begin(), batch_.y.end(), 1e200);
  objective_.begin_step(4);
  EXPECT_EQ(objective_.evaluate().value, HUGE_VAL);
  try {
    objective_.finite_gradient();
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.status(), core::Status::ERROR_NOT_FINITE);
    EXPECT_EQ(std::string(error.what()).find("step 5: the loss is inf"), 0u) << error.what();
  }
}

}  // namespace
}  // namespace finn::net
