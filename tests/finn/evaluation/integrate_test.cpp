#include "finn/evaluation/integrate.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "finn/constraints/constraint.hpp"
#include "finn/constraints/normaliser.hpp"
#include "finn/domains/box.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/workspace.hpp"
#include "tests/finn/support.hpp"
#include "tests/support/allocations.hpp"

namespace finn::net {
namespace {

TEST(Integrate, isTheTargetOverTheDomain) {
  for (ModelSettings settings : {test::settings_of(2), test::signed_settings_of(2)}) {
    settings.constraint.target = {2.5};
    const Model<double> model = test::model_of<double>(settings);
    Workspace workspace(1);
    double value, condition_number;
    integrate(model, workspace, model.box(), &value, &condition_number, nullptr);
    EXPECT_NEAR(value, 2.5, 2.5e-12);
    EXPECT_GE(condition_number, 1);
  }
}

TEST(Integrate, isZeroOverABoxWithoutExtent) {
  const Model<double> model = test::model_of<double>(test::settings_of(2));
  Workspace workspace(1);
  double value, condition_number;
  integrate(model, workspace, test::box_of({0, 0}, {0, 0.4}), &value, &condition_number, nullptr);
  EXPECT_EQ(value, 0);
  EXPECT_TRUE(std::isinf(condition_number));
}

TEST(Integrate, allocatesNothingTheSecondTime) {
  const Model<double> model = test::model_of<double>(test::settings_of(3));
  Workspace workspace(1);
  double value;
  const auto evaluate = [&] { integrate(model, workspace, model.box(), &value, nullptr, nullptr); };
  evaluate();
  EXPECT_EQ(test::allocations_of(evaluate), 0);
}

// What a shift adds is counted in the estimate, even where it cancels.
TEST(NormalisedIntegral, countsWhatTheConstraintAddsWhereTheValueCancels) {
  Constraint constraint;
  constraint.kind = ConstraintKind::shift;
  const Box box = test::box_of({0}, {1});
  const auto normaliser = make_normaliser(constraint, box);
  const double lambda = -1e6;
  const BoxIntegral integral = normalised_integral(*normaliser, 1, &lambda, {1e6, 1e6, 1e-10}, box);
  EXPECT_EQ(integral.value, 0);
  EXPECT_GE(integral.error_estimate, 1e6 * std::numeric_limits<double>::epsilon());
}

}  // namespace
}  // namespace finn::net
