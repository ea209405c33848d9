#include "finn/training/defined_loss.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "finn/constraints/constraint.hpp"
#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/networks/conditioning_shape.hpp"
#include "finn/training/loss.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

bool is_defined(Loss loss, const ModelSettings& settings) {
  try {
    require_loss(LossOptions{loss}, Model<double>(settings));
    return true;
  } catch (const core::Error& error) {
    EXPECT_EQ(error.status(), core::Status::ERROR_ARGUMENT);
    return false;
  }
}

TEST(DefinedLoss, isAnyButALikelihoodForEveryModel) {
  for (const Loss loss : {Loss::squared_error, Loss::absolute_error, Loss::huber, Loss::custom}) {
    EXPECT_TRUE(is_defined(loss, test::settings_of(2)));
    EXPECT_TRUE(is_defined(loss, test::signed_settings_of(2)));
  }
}

TEST(DefinedLoss, isALikelihoodWhereTheDensityCannotBeNegative) {
  ModelSettings settings = test::settings_of(2);
  EXPECT_TRUE(is_defined(Loss::negative_log_likelihood, settings));
  settings.constraint.kind = ConstraintKind::shift;
  EXPECT_FALSE(is_defined(Loss::negative_log_likelihood, settings));
  EXPECT_FALSE(is_defined(Loss::negative_log_likelihood, test::signed_settings_of(2)));
}

TEST(DefinedLoss, isThatOfAPoissonProcessWhereTheIntegralIsFree) {
  ModelSettings settings = test::settings_of(2);
  EXPECT_FALSE(is_defined(Loss::poisson_process, settings));
  settings.constraint.kind = ConstraintKind::none;
  EXPECT_TRUE(is_defined(Loss::poisson_process, settings));
  settings.network.conditioning = {ConditioningKind::film, 1, {3}, false};
  settings.conditions = {{0}, {4}};
  EXPECT_FALSE(is_defined(Loss::poisson_process, settings));
}

TEST(DefinedLoss, isOneOfFItselfForALogLikelihood) {
  const Model<double> model(test::settings_of(2));
  LossOptions loss;
  loss.of = LossOf::antiderivative;
  EXPECT_NO_THROW(require_loss(loss, model));
  loss.kind = Loss::negative_log_likelihood;
  EXPECT_THROW(require_loss(loss, model), core::Error);
}

TEST(DefinedLoss, isThatOfIntervalsForOneOutputThatCannotBeNegative) {
  EXPECT_TRUE(is_defined(Loss::interval_likelihood, test::settings_of(2)));
  EXPECT_TRUE(is_defined(Loss::interval_likelihood, test::mixture_settings_of(3)));
  EXPECT_FALSE(is_defined(Loss::interval_likelihood, test::settings_of(2, 2)));
  EXPECT_FALSE(is_defined(Loss::interval_likelihood, test::signed_settings_of(2)));
}

}  // namespace
}  // namespace finn::net
