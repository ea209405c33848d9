#include "finn/model/model.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "finn/networks/integral.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

TEST(Model, mapsItsParametersWhenItIsUpdated) {
  Model<float> model = test::model_of<float>(test::settings_of(2));
  model.mutable_parameters()[0] = -0.75f;
  CornerScratch scratch;
  model.update(scratch);
  EXPECT_EQ(model.weights()[0], 0.75f);
  EXPECT_EQ(model.antiderivative().weights[0], 0.75);
}

TEST(Model, keepsParametersThatCannotBeNormalisedButRefusesToUseThem) {
  Model<double> model = test::model_of<double>(test::settings_of(2));
  std::fill_n(model.mutable_parameters(), model.parameter_count(), 0.0);
  CornerScratch scratch;
  model.update(scratch);
  EXPECT_EQ(model.parameters()[0], 0.0);
  EXPECT_THROW(model.normalisation(), core::Error);
}

TEST(Model, isUsableAgainAfterBetterParameters) {
  Model<double> model = test::model_of<double>(test::settings_of(2));
  const double scale = model.normalisation().scale[0];
  const std::vector<double> saved(model.parameters(), model.parameters() + model.parameter_count());
  CornerScratch scratch;
  std::fill_n(model.mutable_parameters(), model.parameter_count(), 0.0);
  model.update(scratch);
  std::copy(saved.begin(), saved.end(), model.mutable_parameters());
  model.update(scratch);
  EXPECT_EQ(model.normalisation().scale[0], scale);
}

TEST(Model, copiesShareNothing) {
  const Model<double> model = test::model_of<double>(test::settings_of(1));
  Model<double> copy = model;
  copy.mutable_parameters()[0] += 1;
  EXPECT_NE(copy.parameters()[0], model.parameters()[0]);
}

TEST(Model, inDoubleHasTheSameParameters) {
  const Model<float> narrow = test::model_of<float>(test::settings_of(2));
  const Model<double> wide = in_double(narrow);
  for (std::int64_t k = 0; k < narrow.parameter_count(); ++k) {
    EXPECT_EQ(wide.parameters()[k], static_cast<double>(narrow.parameters()[k]));
  }
  EXPECT_NEAR(wide.domain_integral(0).value, 1, 1e-13);
}

}  // namespace
}  // namespace finn::net
