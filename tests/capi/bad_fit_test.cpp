// What the fits refuse, and how they end when a callback or a step fails.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"
#include "tests/support/special_values.hpp"

namespace finn::test {
namespace {

class BadFit : public ::testing::Test {
 protected:
  finn_status data(const std::vector<double>& x, const std::vector<double>& y, finn_error* error) {
    return fit_data(trainer_.get(), workspace_.get(), x, y, {}, error);
  }

  finn_status sampler(const Callbacks& callbacks, finn_error* error) {
    return fit_sampler(trainer_.get(), workspace_.get(), callbacks, error);
  }

  // A refused call leaves the model and the trainer as they were.
  void expect_untouched() {
    EXPECT_TRUE(same_bits(parameters_of<double>(model_.get()), parameters_));
    EXPECT_EQ(finn_trainer_steps(trainer_.get()), 0);
  }

  const ModelHandle model_ = make_model({});
  const WorkspaceHandle workspace_ = make_workspace();
  const TrainerHandle trainer_ = make_trainer(model_.get(), short_training(5, 8));
  const std::vector<double> parameters_ = parameters_of<double>(model_.get());
  const std::vector<double> x_ = random_points<double>(2, 16, 1);
  const std::vector<double> y_ = bump_of(x_);
};

TEST_F(BadFit, ofDataRefusesNullPointersAndBadRows) {
  finn_trainer* t = trainer_.get();
  finn_workspace* w = workspace_.get();
  const double *x = x_.data(), *y = y_.data();
  const auto fit = [](auto* trainer, auto* workspace, const double* rows_x, const double* rows_y,
                      std::int64_t rows, finn_error* e) {
    return finn_trainer_fit_data(trainer, workspace, rows_x, rows_y, nullptr, rows, nullptr,
                                 nullptr, e);
  };
  finn_trainer* const no_trainer = nullptr;
  finn_workspace* const no_workspace = nullptr;
  const BadCall calls[] = {
      {"trainer", FINN_ERROR_NULL, "trainer",
       [&](auto* e) { return fit(no_trainer, w, x, y, 16, e); }},
      {"workspace", FINN_ERROR_NULL, "workspace",
       [&](auto* e) { return fit(t, no_workspace, x, y, 16, e); }},
      {"x", FINN_ERROR_NULL, "x", [&](auto* e) { return fit(t, w, nullptr, y, 16, e); }},
      {"y", FINN_ERROR_NULL, "y", [&](auto* e) { return fit(t, w, x, nullptr, 16, e); }},
      {"no rows", FINN_ERROR_ARGUMENT, "rows", [&](auto* e) { return fit(t, w, x, y, 0, e); }},
      {"negative rows", FINN_ERROR_ARGUMENT, "rows",
       [&](auto* e) { return fit(t, w, x, y, -16, e); }},
      {"rows * variables overflows", FINN_ERROR_SIZE, "rows",
       [&](auto* e) { return fit(t, w, x, y, INT64_MAX / 2 + 1, e); }},
      {"fewer rows than a batch", FINN_ERROR_ARGUMENT, "batch",
       [&](auto* e) { return fit(t, w, x, y, 7, e); }}};
  for (const BadCall& bad : calls) expect_refused(bad);
  expect_untouched();
}

TEST_F(BadFit, ofDataRefusesBadValues) {
  struct BadValue {
    const char* what;
    finn_status status;
    const char* name;
    std::size_t at;
    double value;
  };
  const double beyond = std::nextafter(upper_of(2)[1], 2.0);
  const BadValue values[] = {{"x NaN", FINN_ERROR_NOT_FINITE, "x", 31, kNaN},
                             {"x infinite", FINN_ERROR_NOT_FINITE, "x", 0, kInfinity},
                             {"x outside", FINN_ERROR_ARGUMENT, "x", 31, beyond},
                             {"x below", FINN_ERROR_ARGUMENT, "x", 0, -1.001},
                             {"y NaN", FINN_ERROR_NOT_FINITE, "y", 15, kNaN},
                             {"y infinite", FINN_ERROR_NOT_FINITE, "y", 0, -kInfinity}};
  for (const BadValue& bad : values) {
    auto x = x_, y = y_;
    (bad.name[0] == 'x' ? x : y)[bad.at] = bad.value;
    expect_refused({bad.what, bad.status, bad.name, [&](finn_error* e) { return data(x, y, e); }});
  }
  expect_untouched();
}

TEST_F(BadFit, ofTheLogLikelihoodRefusesY) {
  finn_training_options options = short_training(5, 8);
  options.loss = FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD;
  const TrainerHandle trainer = make_trainer(model_.get(), options);
  expect_refused({"y", FINN_ERROR_ARGUMENT, "y", [&](finn_error* e) {
                    return fit_data(trainer.get(), workspace_.get(), x_, y_, {}, e);
                  }});
  expect_untouched();
}

TEST_F(BadFit, ofASamplerRefusesNullPointers) {
  const auto fit = [&](finn_trainer* trainer, finn_workspace* workspace,
                       finn_sampler_callback sample, finn_error* e) {
    Callbacks callbacks;
    return finn_trainer_fit_sampler(trainer, workspace, sample, &callbacks, nullptr, nullptr, e);
  };
  finn_trainer* t = trainer_.get();
  finn_workspace* w = workspace_.get();
  const finn_sampler_callback sample = &Callbacks::on_sample;
  const BadCall calls[] = {
      {"trainer", FINN_ERROR_NULL, "trainer", [&](auto* e) { return fit(nullptr, w, sample, e); }},
      {"workspace", FINN_ERROR_NULL, "workspace",
       [&](auto* e) { return fit(t, nullptr, sample, e); }},
      {"sampler", FINN_ERROR_NULL, "sampler", [&](auto* e) { return fit(t, w, nullptr, e); }}};
  for (const BadCall& bad : calls) expect_refused(bad);
  expect_untouched();
}

// Handles of other types, where a program has mixed its pointers up.
TEST_F(BadFit, refusesHandlesOfAnotherType) {
  auto* no_trainer = reinterpret_cast<finn_trainer*>(model_.get());
  auto* no_workspace = reinterpret_cast<finn_workspace*>(trainer_.get());
  expect_refused({"trainer", FINN_ERROR_ARGUMENT, "trainer", [&](finn_error* e) {
                    return fit_data(no_trainer, workspace_.get(), x_, y_, {}, e);
                  }});
  expect_refused({"workspace", FINN_ERROR_ARGUMENT, "workspace", [&](finn_error* e) {
                    return fit_data(trainer_.get(), no_workspace, x_, y_, {}, e);
                  }});
  expect_untouched();
}

TEST_F(BadFit, endsWhenTheSamplerFails) {
  Callbacks callbacks;
  callbacks.sample = [](std::int64_t, std::int64_t, double*, double*) { return -3; };
  expect_refused({"sampler", FINN_ERROR_CALLBACK, "sampler",
                  [&](finn_error* e) { return sampler(callbacks, e); }});
  expect_untouched();
}

TEST_F(BadFit, keepsTheStepsBeforeTheSamplerFailed) {
  Callbacks callbacks;
  const auto good = callbacks.sample;
  int calls = 0;
  callbacks.sample = [&](std::int64_t step, std::int64_t batch, double* x, double* y) {
    return ++calls == 3 ? 1 : good(step, batch, x, y);
  };
  EXPECT_EQ(sampler(callbacks, nullptr), FINN_ERROR_CALLBACK);
  EXPECT_EQ(finn_trainer_steps(trainer_.get()), 2);
  EXPECT_EQ(history_of(trainer_.get()).size(), 2u);
}

TEST_F(BadFit, endsWhenTheSamplerWritesWhatIsNotFinite) {
  for (const char* name : {"x", "y"}) {
    Callbacks callbacks;
    callbacks.sample = [&](std::int64_t, std::int64_t batch, double* x, double* y) {
      std::fill(y, y + batch, 0.5);
      (name[0] == 'x' ? x : y)[batch - 1] = kNaN;
      return 0;
    };
    expect_refused(
        {name, FINN_ERROR_NOT_FINITE, name, [&](finn_error* e) { return sampler(callbacks, e); }});
  }
  expect_untouched();
}

// 1e300 is a number, its square is not.
TEST_F(BadFit, endsBeforeAStepWhoseLossIsNotFinite) {
  const std::vector<double> y(16, 1e300);
  expect_refused(
      {"loss", FINN_ERROR_NOT_FINITE, "loss", [&](finn_error* e) { return data(x_, y, e); }});
  expect_untouched();
}

TEST_F(BadFit, refusesWeightsThatAreAllZero) {
  std::vector<double> weights(16, 0.0);
  const auto weighted = [&](finn_error* e) {
    return finn_trainer_fit_data(trainer_.get(), workspace_.get(), x_.data(), y_.data(),
                                 weights.data(), 16, nullptr, nullptr, e);
  };
  const auto validated = [&](finn_error* e) {
    return finn_trainer_set_validation(trainer_.get(), x_.data(), y_.data(), weights.data(), 16, e);
  };
  expect_refused({"fit", FINN_ERROR_ARGUMENT, "weights", weighted});
  expect_refused({"validation", FINN_ERROR_ARGUMENT, "weights", validated});
  expect_untouched();
}

// Only the ratios of weights count, so that none is too large or too small.
TEST_F(BadFit, isNoneForWeightsOfAnySize) {
  const auto fitted = [&](double weight) {
    const std::vector<double> weights(16, weight);
    const ModelHandle model = make_model({});
    const TrainerHandle trainer = make_trainer(model.get(), short_training(5, 8));
    EXPECT_EQ(finn_trainer_fit_data(trainer.get(), workspace_.get(), x_.data(), y_.data(),
                                    weights.data(), 16, nullptr, nullptr, nullptr),
              FINN_OK);
    return parameters_of<double>(model.get());
  };
  for (const double weight : {1e-300, 1e-9, 1e300}) {
    EXPECT_TRUE(same_bits(fitted(weight), fitted(1))) << weight;
  }
}

// A rate at which parameters leave the numbers, for each optimiser that has one, in either
// precision: refused, and the run can be saved and goes on.
TEST_F(BadFit, takesBackAnUpdateThatIsNotFinite) {
  for (const finn_precision precision : {FINN_FLOAT64, FINN_FLOAT32}) {
    for (const finn_optimiser kind : kEveryOptimiserWithARate) {
      if (kind == FINN_OPTIMISER_ADAMW) continue;  // such a rate is refused with its decay
      finn_training_options options = short_training(5, 8);
      options.optimiser = kind;
      options.learning_rate = 1.7e308;
      const ModelHandle model = make_model({.precision = precision});
      const auto before = parameters_of<double>(model.get());
      const TrainerHandle trainer = make_trainer(model.get(), options);
      std::vector<double> y = y_;
      for (double& each : y) each *= 1e6;
      expect_refused({"update", FINN_ERROR_NOT_FINITE, "update", [&](finn_error* e) {
                        return fit_data(trainer.get(), workspace_.get(), x_, y, {}, e);
                      }});
      EXPECT_TRUE(same_bits(parameters_of<double>(model.get()), before));
      EXPECT_EQ(finn_trainer_steps(trainer.get()), 0);
      save(trainer.get());
    }
  }
}

// Squares of such gradients are no numbers of float: the fit is that of values of size 1.
TEST_F(BadFit, isNoneForLargeTargetsInFloat) {
  const auto last_loss = [&](double size) {
    const ModelHandle model = make_model({.precision = FINN_FLOAT32, .target = {size}});
    const TrainerHandle trainer = make_trainer(model.get(), short_training(60, 16));
    std::vector<double> y = y_;
    for (double& each : y) each *= size;
    EXPECT_EQ(fit_data(trainer.get(), workspace_.get(), x_, y), FINN_OK);
    return history_of(trainer.get()).back() / (size * size);
  };
  const double one = last_loss(1);
  for (const double size : {1e6, 1e12, 1e15}) EXPECT_NEAR(last_loss(size), one, 1e-3 * one) << size;
}

TEST_F(BadFit, leavesNoWrongHistory) {
  ASSERT_EQ(data(x_, y_, nullptr), FINN_OK);
  std::vector<double> losses(6);
  const auto history = [&](const finn_trainer* trainer, double* into, std::int64_t length,
                           finn_error* e) {
    return finn_trainer_history(trainer, into, length, e);
  };
  finn_trainer* t = trainer_.get();
  const BadCall calls[] = {
      {"trainer", FINN_ERROR_NULL, "trainer",
       [&](auto* e) { return history(nullptr, losses.data(), 5, e); }},
      {"losses", FINN_ERROR_NULL, "losses", [&](auto* e) { return history(t, nullptr, 5, e); }},
      {"too short", FINN_ERROR_SIZE, "losses",
       [&](auto* e) { return history(t, losses.data(), 4, e); }},
      {"too long", FINN_ERROR_SIZE, "losses",
       [&](auto* e) { return history(t, losses.data(), 6, e); }}};
  for (const BadCall& bad : calls) expect_refused(bad);
}

}  // namespace
}  // namespace finn::test
