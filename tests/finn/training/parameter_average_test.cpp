#include "finn/training/parameter_average.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "finn/model/model.hpp"
#include "finn/networks/integral.hpp"
#include "tests/finn/support.hpp"

namespace finn::net {
namespace {

TEST(ParameterAverage, beginsWithTheParametersOfTheFirstStep) {
  ParameterAverage<double> average;
  average.begin(2);
  const std::vector<double> parameters{3, -5};
  average.follow(parameters.data(), 1);
  EXPECT_EQ(average.mean[0], 3);
  EXPECT_EQ(average.mean[1], -5);
}

// What wanders from -1 to 1 about 7 is 7 in the mean.
TEST(ParameterAverage, evensOutWhatWanders) {
  ParameterAverage<float> average;
  average.begin(1);
  for (int step = 1; step <= 2000; ++step) {
    const float parameter = step % 2 == 0 ? 8.0f : 6.0f;
    average.follow(&parameter, step);
  }
  EXPECT_NEAR(average.mean[0], 7, 0.01);
}

TEST(ParameterAverage, forgetsWhatLiesSomeHundredStepsBack) {
  ParameterAverage<double> average;
  average.begin(1);
  double parameter = 100;
  for (int step = 1; step <= 1000; ++step) average.follow(&parameter, step);
  parameter = 0;
  for (int step = 1001; step <= 2000; ++step) average.follow(&parameter, step);
  EXPECT_LT(average.mean[0], 0.01);
  EXPECT_GT(average.mean[0], 0);
}

TEST(ExchangedParameters, areThoseOfTheModelUntilTheyGo) {
  Model<double> model = test::model_of<double>(test::mixture_settings_of(1));
  CornerScratch scratch;
  model.update(scratch);
  const std::vector<double> before(model.parameters(),
                                   model.parameters() + model.parameter_count());
  const double weight = model.weights()[0];
  ParameterAverage<double> average;
  average.begin(model.parameter_count());
  average.follow(before.data(), 1);
  average.mean[0] += 1;
  {
    const ExchangedParameters<double> exchanged(model, average, scratch);
    EXPECT_EQ(model.parameters()[0], before[0] + 1);
    EXPECT_NE(model.weights()[0], weight) << "the weights follow";
  }
  EXPECT_EQ(before,
            std::vector<double>(model.parameters(), model.parameters() + model.parameter_count()));
  EXPECT_EQ(model.weights()[0], weight);
  EXPECT_EQ(average.mean[0], before[0] + 1);
}

}  // namespace
}  // namespace finn::net
