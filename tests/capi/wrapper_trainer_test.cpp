// finn::Trainer of capi/finn.hpp: fits, checkpoints, and what comes out of callbacks.
#include <cstdint>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "finn.hpp"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {
namespace {

static_assert(!std::is_copy_constructible_v<Trainer> &&
              std::is_nothrow_move_constructible_v<Trainer>);

// What a call throws as finn::Error; FINN_OK when it throws nothing.
template <class Function>
finn_status status_thrown_by(Function&& function) {
  try {
    function();
  } catch (const Error& error) {
    EXPECT_STRNE(error.what(), "");
    return error.status();
  }
  return FINN_OK;
}

class TrainerWrapper : public ::testing::Test {
 protected:
  Model model_{Network::mlp(2, 1, mlp_options({6, 5})),
               Domain::open_box(lower_of(2), upper_of(2)),
               {.seed = 7}};
  Workspace workspace_{1};
  const std::vector<double> x_ = random_points<double>(2, 40, 1);
};

TEST_F(TrainerWrapper, trainsOnDataAndFromASampler) {
  const auto y = bump_of(x_);
  Trainer by_data(model_, short_training(10, 8));
  EXPECT_EQ(by_data.fit(workspace_, x_, y), FINN_OUTCOME_STEPS_DONE);
  EXPECT_EQ(by_data.history().size(), 10u);
  Trainer by_sampler(model_, short_training(10, 8));
  const auto before = model_.parameters();
  int calls = 0;
  const Sampler sampler = [&](std::int64_t, std::int64_t batch, double* x, double* target) {
    for (std::int64_t b = 0; b < batch; ++b) target[b] = bump(x + 2 * b);
    ++calls;
  };
  EXPECT_EQ(by_sampler.fit(workspace_, sampler), FINN_OUTCOME_STEPS_DONE);
  EXPECT_EQ(calls, 10);
  EXPECT_EQ(by_sampler.steps(), 10);
  EXPECT_FALSE(same_bits(model_.parameters(), before));
}

TEST_F(TrainerWrapper, keepsTheModelOfATrainer) {
  const auto trained = [&](bool early) {
    auto model = std::make_unique<Model>(model_.clone());
    Trainer trainer(*model, short_training(10, 8));
    if (early) model.reset();
    trainer.fit(workspace_, x_, bump_of(x_));
    return trainer.to_bytes();
  };
  EXPECT_EQ(trained(true), trained(false));
}

bool before_step_4(const finn_progress& told) { return told.step < 4; }

TEST_F(TrainerWrapper, saysThatProgressStoppedTheFit) {
  const auto y = bump_of(x_);
  Trainer trainer(model_, short_training(10, 8));
  EXPECT_TRUE(trainer.history().empty());
  EXPECT_EQ(trainer.outcome(), FINN_OUTCOME_UNFINISHED);
  EXPECT_EQ(trainer.fit(workspace_, x_, y, {}, before_step_4), FINN_OUTCOME_STOPPED);
  EXPECT_EQ(trainer.steps(), 4);
  EXPECT_EQ(trainer.fit(workspace_, x_, y), FINN_OUTCOME_STEPS_DONE);
  EXPECT_EQ(trainer.steps(), 10);
}

TEST_F(TrainerWrapper, letsTheExceptionOfASamplerThrough) {
  Trainer trainer(model_, short_training(10, 8));
  const Sampler broken = [](std::int64_t, std::int64_t, double*, double*) {
    throw std::out_of_range("the data ran out");
  };
  try {
    trainer.fit(workspace_, broken);
    FAIL() << "no exception";
  } catch (const std::out_of_range& exception) {
    EXPECT_STREQ(exception.what(), "the data ran out");
  }
  EXPECT_EQ(trainer.steps(), 0);
}

TEST_F(TrainerWrapper, letsTheExceptionOfProgressThroughAndCanGoOn) {
  const auto y = bump_of(x_);
  Trainer trainer(model_, short_training(10, 8));
  const Progress broken = [](const finn_progress&) -> bool { throw std::string("enough"); };
  EXPECT_THROW(trainer.fit(workspace_, x_, y, {}, broken), std::string);
  EXPECT_EQ(trainer.steps(), 1);
  EXPECT_EQ(trainer.fit(workspace_, x_, y), FINN_OUTCOME_STEPS_DONE);
  EXPECT_EQ(trainer.steps(), 10);
}

TEST_F(TrainerWrapper, goesOnFromACheckpoint) {
  const auto y = bump_of(x_);
  Model straight = model_.clone(), resumed = model_.clone();
  Trainer whole(straight, short_training(10, 8)), first(model_, short_training(10, 8));
  whole.fit(workspace_, x_, y);
  first.fit(workspace_, x_, y, {}, before_step_4);
  Trainer second = Trainer::from_bytes(resumed, first.to_bytes());
  EXPECT_EQ(second.fit(workspace_, x_, y), FINN_OUTCOME_STEPS_DONE);
  EXPECT_TRUE(same_bits(resumed.parameters(), straight.parameters()));
  const std::string path = testing::TempDir() + "/finn_wrapper_checkpoint";
  second.save(path);
  EXPECT_EQ(Trainer::load(model_, path).steps(), 10);
  EXPECT_TRUE(same_bits(model_.parameters(), straight.parameters()));
  std::remove(path.c_str());
}

double own_loss(std::int64_t, std::int64_t batch, const double*, const double* y, const double* f,
                double* f_adjoint) {
  double sum = 0;
  for (std::int64_t i = 0; i < batch; ++i) {
    sum += (f[i] - y[i]) * (f[i] - y[i]);
    if (f_adjoint != nullptr) f_adjoint[i] = 2 * (f[i] - y[i]);
  }
  return sum;
}

TEST_F(TrainerWrapper, trainsWithALossOfOnesOwnAndValidationRows) {
  auto options = short_training(10, 8);
  options.loss = FINN_LOSS_CUSTOM;
  options.validation_interval = 2;
  Trainer made(model_, options);
  int calls = 0;
  made.set_loss([&](auto... arguments) {
    ++calls;
    return own_loss(arguments...);
  });
  Trainer trainer = std::move(made);
  trainer.set_validation(x_, bump_of(x_));
  EXPECT_EQ(trainer.best().step, 0);
  EXPECT_EQ(trainer.fit(workspace_, x_, bump_of(x_)), FINN_OUTCOME_STEPS_DONE);
  EXPECT_EQ(calls, 10 + 5 + 1) << "of each step and check, and of the parameters at the end";
  EXPECT_GT(trainer.best().step, 0);
  EXPECT_GT(trainer.best().validation_loss, 0);
}

TEST_F(TrainerWrapper, takesAnUpperEndForEachVariableOfIntervals) {
  auto options = short_training(3, 8);
  EXPECT_EQ(Trainer(model_, options).target_columns(), 1U);
  options.loss = FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD;
  EXPECT_EQ(Trainer(model_, options).target_columns(), 0U);
  options.loss = FINN_LOSS_INTERVAL_LIKELIHOOD;
  Trainer trainer(model_, options);
  EXPECT_EQ(trainer.target_columns(), 2U);
  EXPECT_THROW(trainer.fit(workspace_, x_, bump_of(x_)), Error);
  EXPECT_EQ(trainer.steps(), 0);
  EXPECT_EQ(trainer.fit(workspace_, x_, x_), FINN_OUTCOME_STEPS_DONE);
}

// It belongs to the trainer until another takes its place, and is gone at once when it is refused.
TEST_F(TrainerWrapper, ownsTheLossThatItIsGiven) {
  auto captured = std::make_shared<int>(0);
  const auto loss_with = [](std::shared_ptr<int> kept) {
    return [kept](auto... arguments) { return own_loss(arguments...); };
  };
  auto options = short_training(10, 8);
  Trainer squared(model_, options);
  EXPECT_EQ(status_thrown_by([&] { squared.set_loss(loss_with(captured)); }), FINN_ERROR_ARGUMENT);
  EXPECT_EQ(captured.use_count(), 1);
  options.loss = FINN_LOSS_CUSTOM;
  {
    Trainer trainer(model_, options);
    trainer.set_loss(loss_with(captured));
    EXPECT_EQ(captured.use_count(), 2);
    trainer.set_loss(loss_with(nullptr));
    EXPECT_EQ(captured.use_count(), 1);
    trainer.set_loss(loss_with(captured));
    EXPECT_EQ(trainer.fit(workspace_, x_, bump_of(x_)), FINN_OUTCOME_STEPS_DONE);
    EXPECT_EQ(captured.use_count(), 2);
  }
  EXPECT_EQ(captured.use_count(), 1);
}

TEST_F(TrainerWrapper, letsTheExceptionOfALossThroughOnce) {
  auto options = short_training(10, 8);
  options.loss = FINN_LOSS_CUSTOM;
  Trainer trainer(model_, options);
  bool broken = true;
  trainer.set_loss([&](auto... arguments) {
    if (broken) throw std::out_of_range("no");
    return own_loss(arguments...);
  });
  EXPECT_THROW(trainer.fit(workspace_, x_, bump_of(x_)), std::out_of_range);
  broken = false;
  EXPECT_EQ(trainer.fit(workspace_, x_, bump_of(x_)), FINN_OUTCOME_STEPS_DONE);
}

TEST_F(TrainerWrapper, trainsOnWeightedRowsAndOnAFile) {
  const auto y = bump_of(x_);
  const std::vector<double> ones(y.size(), 1.0);
  Model other = model_.clone();
  Trainer by_arrays(model_, short_training(10, 8)), by_file(other, short_training(10, 8));
  EXPECT_EQ(by_arrays.fit(workspace_, x_, y, ones), FINN_OUTCOME_STEPS_DONE);
  const std::string path = testing::TempDir() + "/finn_wrapper_rows.csv";
  std::FILE* file = std::fopen(path.c_str(), "w");
  ASSERT_NE(file, nullptr);
  for (std::size_t i = 0; i < y.size(); ++i) {
    std::fprintf(file, "%.17g,%.17g,%.17g,1\n", x_[2 * i], x_[2 * i + 1], y[i]);
  }
  std::fclose(file);
  EXPECT_EQ(by_file.fit_file(workspace_, path, FINN_FILE_CSV, {}, true), FINN_OUTCOME_STEPS_DONE);
  std::remove(path.c_str());
  EXPECT_TRUE(same_bits(other.parameters(), model_.parameters()));
}

TEST_F(TrainerWrapper, saysWhatHappened) {
  Trainer trainer(model_, short_training(10, 8));
  trainer.fit(workspace_, x_, bump_of(x_));
  const finn_training_summary summary = trainer.summary(workspace_);
  EXPECT_EQ(summary.steps, 10);
  EXPECT_EQ(summary.rows, 40);
  EXPECT_EQ(summary.loss, trainer.history().back());
  const std::string text = summary_text(summary);
  EXPECT_EQ(text.find("10 steps, all that were asked for\nloss "), 0u) << text;
  EXPECT_EQ(text.back(), '\n');
}

}  // namespace
}  // namespace finn::test
