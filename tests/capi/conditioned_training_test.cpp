// Training of f(x | c): data, samplers, files, validation rows, checkpoints; and the conditional
// density that docs/CONDITIONING.md measures, in small.
#include <cmath>
#include <filesystem>
#include <fstream>
#include <numbers>

#include "capi/finn.h"
#include "tests/capi/conditioning_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"
#include "tests/support/allocations.hpp"

namespace finn::test {
namespace {

// y ~ N(sin 4c + c/2, 0.2), c ~ U(-1.5, 1.5): rows (y, c).
std::vector<double> sine_rows(std::size_t count, std::uint64_t seed) {
  const auto uniform = random_numbers<double>(3 * count, 0, 1, seed);
  std::vector<double> rows;
  for (std::size_t i = 0; i < count; ++i) {
    const double c = -1.5 + 3 * uniform[3 * i];
    const double normal = std::sqrt(-2 * std::log(1 - uniform[3 * i + 1])) *
                          std::cos(2 * std::numbers::pi * uniform[3 * i + 2]);
    rows.push_back(std::sin(4 * c) + c / 2 + 0.2 * normal);
    rows.push_back(c);
  }
  return rows;
}

// The same density's own -log likelihood of the rows, in the mean.
double best_loss(const std::vector<double>& rows) {
  double sum = 0;
  for (std::size_t i = 0; i < rows.size(); i += 2) {
    const double z = (rows[i] - std::sin(4 * rows[i + 1]) - rows[i + 1] / 2) / 0.2;
    sum += 0.5 * z * z + std::log(0.2 * std::sqrt(2 * std::numbers::pi));
  }
  return 2 * sum / static_cast<double>(rows.size());
}

ModelHandle sine_model(finn_conditioning_form form) {
  return make_model({.network = FINN_NETWORK_MIXTURE,
                     .variables = 1,
                     .seed = 0,
                     .lower = {-4},
                     .upper = {4},
                     .components = 16,
                     .conditioning = form,
                     .conditions = 1,
                     .condition_lower = {-1.5},
                     .condition_upper = {1.5}});
}

class ConditionedTraining : public ::testing::Test {
 protected:
  // finn_trainer_fit_data of a likelihood; the loss of rows that were not trained on.
  double loss_of_others(finn_model* model, std::int64_t steps) {
    const auto rows = sine_rows(5000, 1), others = sine_rows(5000, 2);
    require_ok([&](finn_error* e) {
      return finn_model_initialise_from_data(model, rows.data(), 5000, 1, e);
    });
    finn_training_options options = short_training(steps, 256);
    options.loss = FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD;
    const TrainerHandle trainer = make_trainer(model, options);
    finn_error error = FINN_ERROR_INIT;
    require(fit_data(trainer.get(), workspace_.get(), rows, {}, {}, &error), error);
    double sum = 0;
    for (const double f : integrand(model, workspace_.get(), others)) sum -= std::log(f);
    return sum / 5000 - best_loss(others);
  }

  const WorkspaceHandle workspace_ = make_workspace(2);
};

// The density that does not look at c loses 1.1 nats.
TEST_F(ConditionedTraining, filmLearnsTheConditionalDensity) {
  EXPECT_LT(loss_of_others(sine_model(FINN_CONDITIONING_FILM).get(), 300), 0.2);
}

TEST_F(ConditionedTraining, aHypernetworkLearnsTheConditionalDensity) {
  EXPECT_LT(loss_of_others(sine_model(FINN_CONDITIONING_HYPERNETWORK).get(), 300), 0.2);
}

TEST_F(ConditionedTraining, holdsATenthOfTheRowsOutByItself) {
  for (const std::int64_t batch : {64, 0, 500}) {
    const ModelHandle model = sine_model(FINN_CONDITIONING_FILM);
    finn_training_options options = short_training(4, batch);
    options.loss = FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD;
    const TrainerHandle trainer = make_trainer(model.get(), options);
    EXPECT_EQ(fit_data(trainer.get(), workspace_.get(), sine_rows(500, 1), {}), FINN_OK);
    finn_training_summary summary{};
    summary.struct_size = sizeof summary;
    require_ok([&](finn_error* e) {
      return finn_trainer_summary(trainer.get(), workspace_.get(), &summary, e);
    });
    EXPECT_EQ(summary.validation_rows, batch == 500 ? 0 : 50) << batch;
    EXPECT_EQ(summary.rows, 500 - summary.validation_rows);
  }
}

// On the whole line, where the likelihood takes its weights apart.
TEST_F(ConditionedTraining, theLossOnADomainIsThatOfItsDensity) {
  const auto line = make_handle<finn_domain>([](finn_domain** domain, finn_error* e) {
    return finn_domain_line(0, 1, FINN_TAIL_GAUSSIAN, domain, e);
  });
  const ModelHandle model = make_model({.network = FINN_NETWORK_MIXTURE,
                                        .seed = 0,
                                        .domain = line.get(),
                                        .conditioning = FINN_CONDITIONING_FILM,
                                        .conditions = 1});
  const auto rows = sine_rows(100, 1);
  double expected = 0;
  for (const double f : integrand(model.get(), workspace_.get(), rows)) {
    expected -= std::log(f) / 100;
  }
  finn_training_options training = short_training(1, 100);
  training.loss = FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD;
  training.standardise = 0;
  const TrainerHandle trainer = make_trainer(model.get(), training);
  EXPECT_EQ(fit_data(trainer.get(), workspace_.get(), rows, {}), FINN_OK);
  EXPECT_NEAR(history_of(trainer.get())[0], expected, 1e-12);
}

// A trained model is as normalised as a fresh one.
TEST_F(ConditionedTraining, theIntegralIsOneForEveryConditionAfterTraining) {
  const ModelHandle model = sine_model(FINN_CONDITIONING_FILM);
  loss_of_others(model.get(), 100);
  std::vector<double> given;
  for (int i = 0; i <= 100; ++i) given.push_back(-2 + 0.04 * i);
  for (const double value :
       conditional_integral(model.get(), workspace_.get(), {-4}, {4}, given, 101)) {
    EXPECT_NEAR(value, 1, 1e-12);
  }
}

// A short run on rows in an array, or in a file, or through a checkpoint after three steps.
class ConditionedRun : public ::testing::Test {
 protected:
  ConditionedRun() {
    spec_.use_row_targets();
    training_.validation_share = 0.2;
    training_.validation_interval = 5;
    x_ = spec_.rows(100);
    y_ = random_numbers<double>(100, 0, 1, 3);
  }
  finn_status fit(finn_trainer* trainer, Callbacks callbacks = {}) {
    return finn_trainer_fit_data(trainer, workspace_.get(), x_.data(), y_.data(), nullptr, 100,
                                 callbacks.progress_function(), &callbacks, nullptr);
  }
  std::vector<double> expected() {
    const ModelHandle model = make_model(spec_);
    const TrainerHandle trainer = make_trainer(model.get(), training_);
    EXPECT_EQ(fit(trainer.get()), FINN_OK);
    return parameters_of<double>(model.get());
  }

  ConditionedSpec spec_;
  finn_training_options training_ = short_training();
  std::vector<double> x_, y_;
  const WorkspaceHandle workspace_ = make_workspace(2);
};

TEST_F(ConditionedRun, fromAFileHasTheBitsOfArrays) {
  const auto path = std::filesystem::temp_directory_path() / "finn_conditioned_rows.bin";
  std::ofstream file(path, std::ios::binary);
  const std::size_t columns = 5;
  for (std::size_t row = 0; row < y_.size(); ++row) {
    file.write(reinterpret_cast<const char*>(&x_[row * columns]), columns * sizeof(double));
    file.write(reinterpret_cast<const char*>(&y_[row]), sizeof(double));
  }
  file.close();
  const ModelHandle model = make_model(spec_);
  const TrainerHandle trainer = make_trainer(model.get(), training_);
  require_ok([&](finn_error* e) {
    return finn_trainer_fit_file(trainer.get(), workspace_.get(), path.string().c_str(),
                                 FINN_FILE_FLOAT64, nullptr, 0, 0, nullptr, nullptr, e);
  });
  EXPECT_TRUE(same_bits(parameters_of<double>(model.get()), expected()));
  std::filesystem::remove(path);
}

TEST_F(ConditionedRun, goesOnFromACheckpointToTheSameBits) {
  for (const finn_conditioning_form form :
       {FINN_CONDITIONING_FILM, FINN_CONDITIONING_HYPERNETWORK}) {
    spec_.conditioning = form;
    const ModelHandle stopped = make_model(spec_);
    const TrainerHandle first = make_trainer(stopped.get(), training_);
    EXPECT_EQ(fit(first.get(), stop_after(3)), FINN_OK);
    const Bytes bytes = save(first.get());
    spec_.seed = 99;
    const ModelHandle other = make_model(spec_);
    spec_.seed = 3;
    const TrainerHandle second = load(other.get(), bytes);
    EXPECT_EQ(fit(second.get()), FINN_OK);
    EXPECT_TRUE(same_bits(parameters_of<double>(other.get()), expected()));

    const ModelHandle plain = make_model(ConditionedSpec());
    TrainerHandle none;
    EXPECT_EQ(load(plain.get(), bytes, &none), FINN_ERROR_SIZE);
  }
}

TEST_F(ConditionedRun, aSamplerIsGivenConditionsOfTheirRange) {
  const ModelHandle model = make_model(spec_);
  const TrainerHandle trainer = make_trainer(model.get(), short_training(3, 64));
  std::vector<double> seen;
  Callbacks callbacks;
  callbacks.sample = [&](std::int64_t, std::int64_t batch, double* x, double* y) {
    seen.insert(seen.end(), x, x + 5 * batch);
    std::fill_n(y, batch, 1.0);
    return 0;
  };
  EXPECT_EQ(fit_sampler(trainer.get(), workspace_.get(), callbacks), FINN_OK);
  double smallest = 10, largest = -10;
  for (std::size_t i = 0; i < seen.size(); i += 5) {
    smallest = std::min(smallest, seen[i + 3]);
    largest = std::max(largest, seen[i + 3]);
    EXPECT_EQ(seen[i + 4], 1.0);
  }
  EXPECT_GE(smallest, 1.0);
  EXPECT_LT(smallest, 1.2);
  EXPECT_LE(largest, 4.0);
  EXPECT_GT(largest, 3.8);
}

// Once a first call has found out how much memory a tile needs.
TEST_F(ConditionedRun, aGradientAllocatesNothingTheSecondTime) {
  for (const ConditionedCase& one : conditioned_cases()) {
    SCOPED_TRACE(one.name);
    ConditionedSpec spec;
    one.choose(spec);
    const ModelHandle model = make_moved(spec);
    const auto rows = spec.rows(200);
    const std::vector<double> weights(200 * static_cast<std::size_t>(spec.outputs), 1.0);
    std::vector<double> gradient(parameters_of<double>(model.get()).size());
    const auto call = [&] {
      require_ok([&](finn_error* e) {
        return finn_integrand_vjp_f64(model.get(), workspace_.get(), rows.data(), 200,
                                      weights.data(), nullptr, 0, gradient.data(),
                                      length_of(gradient), nullptr, 0, e);
      });
    };
    call();
    call();
    EXPECT_EQ(allocations_of(call), 0);
  }
}

}  // namespace
}  // namespace finn::test
