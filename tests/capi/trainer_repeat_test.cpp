// Training repeats itself to the bit: across stops, and for every number of threads.
#include <cstdint>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {
namespace {

class Repeat : public ::testing::Test {
 protected:
  const WorkspaceHandle workspace_ = make_workspace();
  const std::vector<double> x_ = random_points<double>(2, 100, 1);
  const std::vector<double> y_ = bump_of(x_);
};

TEST_F(Repeat, goesOnToTheSameBitsAfterAStop) {
  for (const Case& c : repeat_cases()) {
    SCOPED_TRACE(c.name);
    const auto run = [&](const std::vector<std::int64_t>& stops, std::vector<double>* losses) {
      const ModelHandle model = make_model({.precision = c.precision});
      const TrainerHandle trainer = make_trainer(model.get(), c.options);
      const auto fit = [&](const Callbacks& callbacks) {
        return c.from_data ? fit_data(trainer.get(), workspace_.get(), x_, y_, callbacks)
                           : fit_sampler(trainer.get(), workspace_.get(), callbacks);
      };
      for (const std::int64_t stop : stops) {
        EXPECT_EQ(fit(stop_after(stop)), FINN_OK);
        EXPECT_EQ(finn_trainer_outcome(trainer.get()), FINN_OUTCOME_STOPPED);
        EXPECT_EQ(finn_trainer_steps(trainer.get()), stop);
      }
      EXPECT_EQ(fit({}), FINN_OK);
      *losses = history_of(trainer.get());
      return parameters_of<double>(model.get());
    };
    std::vector<double> losses, losses_stopped;
    const auto parameters = run({}, &losses);
    EXPECT_TRUE(same_bits(run({1, 7, 8, 19}, &losses_stopped), parameters));
    EXPECT_TRUE(same_bits(losses_stopped, losses));
  }
}

TEST_F(Repeat, isOverWhenItsStepsAreDone) {
  const ModelHandle model = make_model({});
  const TrainerHandle trainer = make_trainer(model.get(), short_training(5));
  ASSERT_EQ(fit_data(trainer.get(), workspace_.get(), x_, y_), FINN_OK);
  const auto parameters = parameters_of<double>(model.get());
  ASSERT_EQ(fit_data(trainer.get(), workspace_.get(), x_, y_), FINN_OK);
  EXPECT_EQ(finn_trainer_steps(trainer.get()), 5);
  EXPECT_TRUE(same_bits(parameters_of<double>(model.get()), parameters));
}

TEST_F(Repeat, givesTheSameBitsForEveryNumberOfThreads) {
  for (const Case& c : repeat_cases()) {
    SCOPED_TRACE(c.name);
    const auto run = [&](int threads) {
      const ModelHandle model = make_model({.widths = {12, 9}, .precision = c.precision});
      const WorkspaceHandle workspace = make_workspace(threads);
      auto options = c.options;
      options.batch = 500;
      const TrainerHandle trainer = make_trainer(model.get(), options);
      EXPECT_EQ(fit_sampler(trainer.get(), workspace.get()), FINN_OK);
      auto result = parameters_of<double>(model.get());
      const auto losses = history_of(trainer.get());
      result.insert(result.end(), losses.begin(), losses.end());
      return result;
    };
    const auto one = run(1);
    for (const int threads : {2, 3, 8}) EXPECT_TRUE(same_bits(run(threads), one)) << threads;
  }
}

}  // namespace
}  // namespace finn::test
