#include "finn/model/step_units.hpp"

#include <gtest/gtest.h>

#include "finn/model/model.hpp"
#include "finn/model/model_settings.hpp"
#include "finn/model/standards.hpp"
#include "finn/networks/block.hpp"
#include "finn/networks/integral.hpp"
#include "finn/networks/mixture.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

TEST(StepUnits, areTheWidthsOfNormalsForTheirCentresAndOneElsewhere) {
  Model<double> model = test::model_of<double>(test::mixture_settings_of(2, 2));
  StepUnits<double> units;
  units.begin(model);
  const ComponentLayout& at = model.network().get<Mixture>()->groups()[0];
  const std::int64_t normals = model.network().get<Mixture>()->normals_of_all();
  CornerScratch scratch;
  for (const double further : {0.0, 0.5}) {
    model.mutable_parameters()[at.slopes] += further;
    model.update(scratch);
    const double* of = units.of(model);
    for (std::int64_t i = 0; i < model.parameter_count(); ++i) {
      const std::int64_t k = i - at.locations;
      const double expected = k >= 0 && k < normals ? 1 / model.weights()[at.slopes + k] : 1;
      EXPECT_DOUBLE_EQ(of[i], expected) << i;
    }
  }
}

TEST(StepUnits, areNeverLargerThanTheBox) {
  Model<float> model = test::model_of<float>(test::mixture_settings_of(2));
  const ComponentLayout& at = model.network().get<Mixture>()->groups()[0];
  std::fill_n(model.mutable_parameters() + at.slopes, at.locations - at.slopes, std::log(1e-3f));
  CornerScratch scratch;
  model.update(scratch);
  StepUnits<float> units;
  units.begin(model);
  EXPECT_NEAR(units.of(model)[at.locations], 2 * std::sqrt(3.0f), 1e-5f) << "in standard units";
}

TEST(StepUnits, areThoseOfTheAxisUnitsOfAnMlp) {
  ModelSettings settings = test::settings_of(2);
  settings.network.axis_units = 3;
  const Model<double> model = test::model_of<double>(settings);
  StepUnits<double> units;
  units.begin(model);
  const double* of = units.of(model);
  ASSERT_NE(of, nullptr);
  const Block& slopes = model.network().blocks()[0];
  const Block& locations = model.network().blocks()[1];
  ASSERT_EQ(locations.role, Role::location);
  for (std::int64_t k = 0; k < locations.size(); ++k) {
    EXPECT_DOUBLE_EQ(of[locations.begin + k], 1 / model.weights()[slopes.begin + k]);
  }
  EXPECT_EQ(of[locations.begin + locations.size()], 1) << "the first weight of the first layer";
}

// The box reaches 100 times as far as the rows lie.
TEST(StepUnits, ofWeightsOfXBehindAxisUnitsShrinkAsTheBoxReachesFarOut) {
  ModelSettings settings = test::settings_of(1);
  settings.network.axis_units = 2;
  Model<double> model = test::model_of<double>(settings);
  Standards standards = model.standards();
  standards.spread = {std::sqrt(3.0) / 100};
  write_standards(model.layout().of_standards, standards,
                  model.mutable_parameters() + model.layout().standards());
  CornerScratch scratch;
  model.update(scratch);
  StepUnits<double> units;
  units.begin(model);
  const Block& first = model.network().blocks()[2];
  ASSERT_EQ(first.role, Role::hidden_weight);
  EXPECT_NEAR(units.of(model)[first.begin], 0.1, 1e-12) << "the weight of x";
  EXPECT_EQ(units.of(model)[first.begin + 1], 1) << "that of an axis unit";
}

TEST(StepUnits, areNoneWithoutNormals) {
  const Model<double> model = test::model_of<double>(test::settings_of(2));
  StepUnits<double> units;
  units.begin(model);
  EXPECT_FALSE(has_step_units(model));
  EXPECT_EQ(units.of(model), nullptr);
}

}  // namespace
}  // namespace finn::net
