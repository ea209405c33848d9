// capi/finn.hpp: the same results as finn.h, checked lengths, and exceptions that come out whole.
#include "finn.hpp"

#include <cmath>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {
namespace {

static_assert(!std::is_copy_constructible_v<Model> && std::is_nothrow_move_constructible_v<Model>);
static_assert(!std::is_copy_constructible_v<Workspace> &&
              std::is_nothrow_move_constructible_v<Workspace>);
static_assert(!std::is_copy_constructible_v<Trainer> &&
              std::is_nothrow_move_constructible_v<Trainer>);

ModelOptions small_options() {
  ModelOptions options(lower_of(2), upper_of(2));
  options.widths = {6, 5};
  options.fields.seed = 7;
  return options;
}

// What a call throws as finn::Error; FINN_OK when it throws nothing.
template <class Function>
finn_status status_of(Function&& function) {
  try {
    function();
  } catch (const Error& error) {
    EXPECT_STRNE(error.what(), "");
    return error.status();
  }
  return FINN_OK;
}

class Wrapper : public ::testing::Test {
 protected:
  Model model_{small_options()};
  Workspace workspace_{1};
  const std::vector<double> x_ = random_points<double>(2, 40, 1);
};

TEST_F(Wrapper, hasTheDefaultsOfTheHeader) {
  finn_model_options defaults;
  finn_model_options_init(&defaults);
  const ModelOptions options(lower_of(3), upper_of(3));
  const finn_model_options view = options.view().options;
  EXPECT_EQ(view.variables, 3);
  EXPECT_EQ(view.outputs, defaults.outputs);
  EXPECT_EQ(view.positivity, defaults.positivity);
  EXPECT_EQ(view.widths, nullptr);
  EXPECT_EQ(view.epsilon, nullptr);
  EXPECT_EQ(training_options().steps, 6000);
}

TEST_F(Wrapper, givesTheBitsOfTheCCalls) {
  const ModelHandle model = make_model({});
  const WorkspaceHandle workspace = make_workspace();
  EXPECT_EQ(model_.variables(), 2u);
  EXPECT_EQ(model_.outputs(), 1u);
  EXPECT_TRUE(same_bits(model_.parameters(), parameters_of<double>(model.get())));
  const auto f = test::integrand(model.get(), workspace.get(), x_);
  EXPECT_TRUE(same_bits(model_.integrand(workspace_, x_), f));
  EXPECT_TRUE(same_bits(model_.mixed_partial(workspace_, 3, x_), f));
  EXPECT_TRUE(same_bits(model_.antiderivative(workspace_, x_),
                        test::mixed_partial(model.get(), workspace.get(), 0, x_)));
  const std::vector<double> ones(40, 1.0);
  const auto ours = model_.integrand_vjp(workspace_, x_, ones);
  const auto theirs = test::integrand_vjp(model.get(), workspace.get(), x_, ones);
  EXPECT_TRUE(same_bits(ours.f, theirs.f));
  EXPECT_TRUE(same_bits(ours.parameters, theirs.parameters));
  EXPECT_TRUE(same_bits(ours.x, theirs.x));
}

TEST_F(Wrapper, integratesToEpsilon) {
  ModelOptions options = small_options();
  options.fields.outputs = 2;
  options.epsilon = {1, 2.5};
  const auto result = Model(options).integral(workspace_, lower_of(2), upper_of(2));
  ASSERT_EQ(result.value.size(), 2u);
  EXPECT_NEAR(result.value[0], 1.0, 1e-12);
  EXPECT_NEAR(result.value[1], 2.5, 1e-12);
  EXPECT_GE(result.kappa[1], 1.0);
  EXPECT_GT(result.error_estimate[1], 0.0);
}

TEST_F(Wrapper, takesFloatArrays) {
  const auto x = random_points<float>(2, 40, 1);
  std::vector<float> f(40), partial(40), F(40);
  model_.integrand(workspace_, x.data(), 40, f.data());
  model_.mixed_partial(workspace_, 3, x.data(), 40, partial.data());
  model_.antiderivative(workspace_, x.data(), 40, F.data());
  EXPECT_TRUE(same_bits(partial, f));
  EXPECT_TRUE(same_bits(test::mixed_partial(model_.get(), workspace_.get(), 0, x), F));
  EXPECT_TRUE(same_bits(test::integrand(model_.get(), workspace_.get(), x), f));
}

TEST_F(Wrapper, setsParametersOfACloneAlone) {
  Model clone = model_.clone();
  const auto before = model_.parameters();
  auto changed = before;
  for (double& parameter : changed) parameter += 0.25;
  clone.set_parameters(changed);
  EXPECT_TRUE(same_bits(clone.parameters(), changed));
  EXPECT_TRUE(same_bits(model_.parameters(), before));
}

TEST_F(Wrapper, ownsTheArraysOfConstraints) {
  ModelOptions options = small_options();
  options.epsilon = {2};
  options.lower_epsilon = {1};
  options.fields.bound = FINN_BOUND_BETWEEN;
  options.fields.approach = FINN_APPROACH_LEARNED;
  const Model between(options);
  EXPECT_NEAR(between.integral(workspace_, lower_of(2), upper_of(2)).value[0], 1.5, 1e-12);
  ModelOptions projected = small_options();
  projected.fields.positivity = FINN_POSITIVITY_NONE;
  projected.fields.constraint = FINN_CONSTRAINT_PROJECTION;
  projected.linear_constraints = {{{0.5}}, {{-1}, {}, {0, 0.5}}, {{0.25}, {}, {}, {1, 0}}};
  const Model model(projected);
  EXPECT_NEAR(model.integral(workspace_, lower_of(2), upper_of(2)).value[0], 0.5, 1e-12);
  EXPECT_NEAR(model.integral(workspace_, lower_of(2), {0, 0.5}).value[0], -1, 1e-12);
  projected.linear_constraints[1].upper = {0};
  EXPECT_EQ(status_of([&] { Model wrong(projected); }), FINN_ERROR_SIZE);
}

TEST_F(Wrapper, throwsTheStatusAndTheMessageOfTheLibrary) {
  ModelOptions options = small_options();
  options.upper[1] = options.lower[1];
  try {
    const Model model(options);
    FAIL() << "no exception";
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), FINN_ERROR_ARGUMENT);
    EXPECT_TRUE(mentions(error.what(), "upper")) << error.what();
  }
}

TEST_F(Wrapper, throwsWhenALengthDoesNotFit) {
  const std::vector<double> odd(3), one(1), none;
  ModelOptions options = small_options();
  options.epsilon = {1, 2};
  EXPECT_EQ(status_of([&] { Model model(options); }), FINN_ERROR_SIZE);
  EXPECT_EQ(status_of([&] { Model model(ModelOptions({0, 0}, {1})); }), FINN_ERROR_SIZE);
  EXPECT_EQ(status_of([&] { model_.integrand(workspace_, odd); }), FINN_ERROR_SIZE);
  EXPECT_EQ(status_of([&] { model_.antiderivative(workspace_, odd); }), FINN_ERROR_SIZE);
  EXPECT_EQ(status_of([&] { model_.integral(workspace_, one, {1, 1}); }), FINN_ERROR_SIZE);
  EXPECT_EQ(status_of([&] { model_.integral(workspace_, {0, 0}, one); }), FINN_ERROR_SIZE);
  EXPECT_EQ(status_of([&] { model_.integrand_vjp(workspace_, x_, one); }), FINN_ERROR_SIZE);
  EXPECT_EQ(status_of([&] { model_.set_parameters(one); }), FINN_ERROR_SIZE);
  Trainer trainer(model_, training_options());
  EXPECT_EQ(status_of([&] { trainer.fit(model_, workspace_, odd, one); }), FINN_ERROR_SIZE);
  EXPECT_EQ(status_of([&] { trainer.fit(model_, workspace_, x_, one); }), FINN_ERROR_SIZE);
}

TEST_F(Wrapper, saysSoWhenTheModelHasBeenMovedFrom) {
  const Model taken = std::move(model_);
  EXPECT_EQ(taken.integrand(workspace_, x_).size(), 40u);
  EXPECT_EQ(status_of([&] { model_.integrand(workspace_, x_); }), FINN_ERROR_NULL);
}

TEST_F(Wrapper, trainsOnDataAndFromASampler) {
  const auto y = bump_of(x_);
  Trainer by_data(model_, short_training(10, 8));
  EXPECT_TRUE(by_data.fit(model_, workspace_, x_, y));
  EXPECT_EQ(by_data.history().size(), 10u);
  Trainer by_sampler(model_, short_training(10, 8));
  const auto before = model_.parameters();
  int calls = 0;
  EXPECT_TRUE(by_sampler.fit(model_, workspace_,
                             [&](std::int64_t, std::int64_t batch, double* x, double* target) {
                               for (std::int64_t b = 0; b < batch; ++b) target[b] = bump(x + 2 * b);
                               ++calls;
                             }));
  EXPECT_EQ(calls, 10);
  EXPECT_EQ(by_sampler.steps(), 10);
  EXPECT_FALSE(same_bits(model_.parameters(), before));
}

TEST_F(Wrapper, returnsFalseWhenProgressStopsTheFit) {
  const auto y = bump_of(x_);
  Trainer trainer(model_, short_training(10, 8));
  EXPECT_TRUE(trainer.history().empty());
  const auto stop_at_4 = [](const finn_progress& told) { return told.step < 4; };
  EXPECT_FALSE(trainer.fit(model_, workspace_, x_, y, stop_at_4));
  EXPECT_EQ(trainer.steps(), 4);
  EXPECT_TRUE(trainer.fit(model_, workspace_, x_, y));
  EXPECT_EQ(trainer.steps(), 10);
}

TEST_F(Wrapper, letsTheExceptionOfASamplerThrough) {
  Trainer trainer(model_, short_training(10, 8));
  const Sampler broken = [](std::int64_t, std::int64_t, double*, double*) {
    throw std::out_of_range("the data ran out");
  };
  try {
    trainer.fit(model_, workspace_, broken);
    FAIL() << "no exception";
  } catch (const std::out_of_range& exception) {
    EXPECT_STREQ(exception.what(), "the data ran out");
  }
  EXPECT_EQ(trainer.steps(), 0);
}

TEST_F(Wrapper, letsTheExceptionOfProgressThroughAndCanGoOn) {
  const auto y = bump_of(x_);
  Trainer trainer(model_, short_training(10, 8));
  const Progress broken = [](const finn_progress&) -> bool { throw std::string("enough"); };
  EXPECT_THROW(trainer.fit(model_, workspace_, x_, y, broken), std::string);
  EXPECT_EQ(trainer.steps(), 1);
  EXPECT_TRUE(trainer.fit(model_, workspace_, x_, y));
  EXPECT_EQ(trainer.steps(), 10);
}

TEST_F(Wrapper, goesOnFromACheckpoint) {
  const auto y = bump_of(x_);
  const auto stop_at_4 = [](const finn_progress& told) { return told.step < 4; };
  Model straight = model_.clone(), resumed = model_.clone();
  Trainer whole(straight, short_training(10, 8)), first(model_, short_training(10, 8));
  whole.fit(straight, workspace_, x_, y);
  first.fit(model_, workspace_, x_, y, stop_at_4);
  Trainer second = Trainer::load(resumed, first.save(model_));
  EXPECT_TRUE(second.fit(resumed, workspace_, x_, y));
  EXPECT_TRUE(same_bits(resumed.parameters(), straight.parameters()));
  EXPECT_EQ(second.outcome(), FINN_OUTCOME_STEPS_DONE);
  const std::string path = testing::TempDir() + "/finn_wrapper_checkpoint";
  second.save_file(resumed, path);
  EXPECT_EQ(Trainer::load_file(model_, path).steps(), 10);
  EXPECT_TRUE(same_bits(model_.parameters(), straight.parameters()));
  std::remove(path.c_str());
}

TEST_F(Wrapper, trainsWithALossOfOnesOwnAndRowsHeldOut) {
  auto options = short_training(10, 8);
  options.loss = FINN_LOSS_CUSTOM;
  options.validation_interval = 2;
  Trainer made(model_, options);
  int calls = 0;
  made.set_loss([&](std::int64_t, std::int64_t batch, const double*, const double* y,
                    const double* f, double* f_adjoint) {
    ++calls;
    double sum = 0;
    for (std::int64_t i = 0; i < batch; ++i) {
      sum += (f[i] - y[i]) * (f[i] - y[i]);
      if (f_adjoint != nullptr) f_adjoint[i] = 2 * (f[i] - y[i]);
    }
    return sum;
  });
  Trainer trainer = std::move(made);
  trainer.set_validation(model_, x_, bump_of(x_));
  EXPECT_EQ(trainer.best().step, 0);
  EXPECT_TRUE(trainer.fit(model_, workspace_, x_, bump_of(x_)));
  EXPECT_EQ(calls, 15);
  EXPECT_GT(trainer.best().step, 0);
  EXPECT_GT(trainer.best().validation_loss, 0);
  Trainer broken(model_, options);
  broken.set_loss([](std::int64_t, std::int64_t, const double*, const double*, const double*,
                     double*) -> double { throw std::out_of_range("no"); });
  EXPECT_THROW(broken.fit(model_, workspace_, x_, bump_of(x_)), std::out_of_range);
}

TEST_F(Wrapper, trainsOnWeightedRowsAndOnAFile) {
  const auto y = bump_of(x_);
  const std::vector<double> ones(y.size(), 1.0);
  Model other = model_.clone();
  Trainer by_arrays(model_, short_training(10, 8)), by_file(other, short_training(10, 8));
  EXPECT_TRUE(by_arrays.fit_weighted(model_, workspace_, x_, y, ones));
  const std::string path = testing::TempDir() + "/finn_wrapper_rows.csv";
  std::FILE* file = std::fopen(path.c_str(), "w");
  ASSERT_NE(file, nullptr);
  for (std::size_t i = 0; i < y.size(); ++i) {
    std::fprintf(file, "%.17g,%.17g,%.17g,1\n", x_[2 * i], x_[2 * i + 1], y[i]);
  }
  std::fclose(file);
  EXPECT_TRUE(by_file.fit_file(other, workspace_, path, FINN_FILE_CSV, true));
  std::remove(path.c_str());
  EXPECT_TRUE(same_bits(other.parameters(), model_.parameters()));
}

}  // namespace
}  // namespace finn::test
