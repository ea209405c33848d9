// What a sampler is given: points of the domain, a step, a batch.
#include <algorithm>
#include <cstdint>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {
namespace {

class Sampling : public ::testing::Test {
 protected:
  const WorkspaceHandle workspace_ = make_workspace();
};

TEST_F(Sampling, drawsPointsOfTheDomainFromItsSeed) {
  const auto points_of = [&](std::uint64_t seed) {
    const ModelHandle model = make_model({});
    auto options = short_training(10);
    options.seed = seed;
    const TrainerHandle trainer = make_trainer(model.get(), options);
    std::vector<double> points;
    Callbacks callbacks;
    callbacks.sample = [&](std::int64_t, std::int64_t batch, double* x, double* y) {
      points.insert(points.end(), x, x + 2 * batch);
      std::fill(y, y + batch, 0.0);
      return 0;
    };
    EXPECT_EQ(fit_sampler(trainer.get(), workspace_.get(), callbacks), FINN_OK);
    return points;
  };
  const auto points = points_of(5);
  ASSERT_EQ(points.size(), 10u * 32 * 2);
  double sum[2] = {0, 0};
  for (std::size_t k = 0; k < points.size(); ++k) {
    EXPECT_GE(points[k], lower_of(2)[k % 2]);
    EXPECT_LE(points[k], upper_of(2)[k % 2]);
    sum[k % 2] += points[k] / 320;
  }
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_NEAR(sum[i], 0.5 * (lower_of(2)[i] + upper_of(2)[i]), 0.15);
  }
  EXPECT_TRUE(same_bits(points_of(5), points));
  EXPECT_FALSE(same_bits(points_of(6), points));
}

TEST_F(Sampling, tellsTheSamplerHowManyStepsAreDone) {
  const ModelHandle model = make_model({});
  const TrainerHandle trainer = make_trainer(model.get(), short_training(3));
  std::vector<std::int64_t> steps;
  Callbacks callbacks;
  callbacks.sample = [&](std::int64_t step, std::int64_t batch, double*, double* y) {
    std::fill(y, y + batch, 0.0);
    steps.push_back(step);
    return 0;
  };
  ASSERT_EQ(fit_sampler(trainer.get(), workspace_.get(), callbacks), FINN_OK);
  EXPECT_EQ(steps, (std::vector<std::int64_t>{0, 1, 2}));
}

TEST_F(Sampling, takes512RowsOfASampler) {
  const ModelHandle model = make_model({});
  const TrainerHandle trainer = make_trainer(model.get(), short_training(1, 0));
  std::int64_t given = 0;
  Callbacks callbacks;
  callbacks.sample = [&](std::int64_t, std::int64_t batch, double*, double* y) {
    std::fill(y, y + batch, 0.0);
    given = batch;
    return 0;
  };
  ASSERT_EQ(fit_sampler(trainer.get(), workspace_.get(), callbacks), FINN_OK);
  EXPECT_EQ(given, 512);
}

}  // namespace
}  // namespace finn::test
