// Losses of F instead of f, through finn.h: monotone regression.
#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {
namespace {

// A step, smoothed, from 3 to 5, in one variable of the default box.
double smooth_step(double x) { return 4 + std::tanh(3 * x); }

class MonotoneRegression : public ::testing::Test {
 protected:
  MonotoneRegression() {
    const double lower = lower_of(1)[0], upper = upper_of(1)[0];
    std::mt19937 random(4);
    std::uniform_real_distribution<double> place(lower, upper);
    std::normal_distribution<double> noise(0, 0.1);
    for (int i = 0; i < 400; ++i) {
      x_.push_back(place(random));
      y_.push_back(smooth_step(x_.back()) + noise(random));
    }
  }

  std::vector<double> antiderivative(const finn_model* model, const std::vector<double>& x) {
    std::vector<double> F(x.size());
    require_ok([&](finn_error* e) {
      return finn_antiderivative_f64(model, workspace_.get(), x.data(), length_of(x), F.data(),
                                     length_of(F), e);
    });
    return F;
  }

  void fit(finn_trainer* trainer) {
    require_ok([&](finn_error* e) {
      return finn_trainer_fit_data(trainer, workspace_.get(), x_.data(), y_.data(), nullptr,
                                   length_of(x_), nullptr, nullptr, e);
    });
  }

  const WorkspaceHandle workspace_ = make_workspace();
  std::vector<double> x_, y_;
};

TEST_F(MonotoneRegression, followsNoisyRowsByAFunctionThatNeverFalls) {
  for (const finn_precision precision : {FINN_FLOAT64, FINN_FLOAT32}) {
    ModelSpec spec;
    spec.variables = 1;
    spec.constraint = FINN_CONSTRAINT_NONE;
    spec.precision = precision;
    const ModelHandle model = make_model(spec);
    finn_training_options options = short_training(1500);
    options.loss_of = FINN_LOSS_OF_ANTIDERIVATIVE;
    const TrainerHandle trainer = make_trainer(model.get(), options);
    fit(trainer.get());
    std::vector<double> grid;
    for (int i = 0; i <= 200; ++i) {
      grid.push_back(lower_of(1)[0] + (upper_of(1)[0] - lower_of(1)[0]) * i / 200);
    }
    const std::vector<double> F = antiderivative(model.get(), grid);
    EXPECT_TRUE(std::is_sorted(F.begin(), F.end()));
    double squares = 0;
    for (std::size_t i = 0; i < grid.size(); ++i)
      squares += std::pow(F[i] - smooth_step(grid[i]), 2);
    EXPECT_LT(std::sqrt(squares / 201), 0.04) << "of noise 0.1 at 400 rows";
  }
}

TEST_F(MonotoneRegression, givesTheLossOfFToTheCallerToo) {
  ModelSpec spec;
  spec.variables = 1;
  spec.constraint = FINN_CONSTRAINT_NONE;
  const ModelHandle model = make_model(spec);
  finn_training_options options = short_training(1);
  options.standardise = 0;
  options.loss = FINN_LOSS_CUSTOM;
  options.loss_of = FINN_LOSS_OF_ANTIDERIVATIVE;
  std::vector<double> seen;
  const auto loss = [](std::int64_t, std::int64_t batch, const double*, const double*,
                       const double* F, double* adjoint, double* value, void* to) {
    static_cast<std::vector<double>*>(to)->assign(F, F + batch);
    std::fill_n(adjoint, batch, 0.0);
    *value = 0;
    return 0;
  };
  options.batch = 400;
  const TrainerHandle trainer = make_trainer(model.get(), options);
  require_ok(
      [&](finn_error* e) { return finn_trainer_set_loss(trainer.get(), loss, &seen, nullptr, e); });
  std::vector<double> expected = antiderivative(model.get(), x_);
  fit(trainer.get());
  std::sort(seen.begin(), seen.end());
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(seen, expected) << "in the order of a shuffle";
}

TEST_F(MonotoneRegression, isNoLogLikelihood) {
  ModelSpec spec;
  spec.variables = 1;
  const ModelHandle model = make_model(spec);
  finn_training_options options = short_training(1);
  options.loss = FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD;
  options.loss_of = FINN_LOSS_OF_ANTIDERIVATIVE;
  finn_trainer* trainer = nullptr;
  finn_error error = FINN_ERROR_INIT;
  EXPECT_EQ(finn_trainer_create(model.get(), &options, &trainer, &error), FINN_ERROR_ARGUMENT);
  EXPECT_NE(std::string(error.message).find("loss_of"), std::string::npos);
  EXPECT_EQ(trainer, nullptr);
}

}  // namespace
}  // namespace finn::test
