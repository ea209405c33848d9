// Fits to rows of intervals through finn.h: what they take, that they repeat, and what they learn.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {
namespace {

constexpr double kEndless = std::numeric_limits<double>::infinity();
constexpr double kBadEnd = std::numeric_limits<double>::quiet_NaN();

struct IntervalRows {
  std::vector<double> x, y, weights;
  std::int64_t count() const { return length_of(weights); }
};

// Rows of every kind in the default box of two variables: bins, numbers, and ends left open.
IntervalRows some_rows(std::size_t count) {
  IntervalRows rows;
  rows.x = random_points<double>(2, count, 1);
  rows.y = rows.x;
  for (std::size_t i = 0; i < rows.x.size(); ++i) {
    const std::size_t kind = (i / 2 + i % 2 * 2) % 5;
    if (kind == 1) rows.y[i] = rows.x[i] + 0.25;
    if (kind == 2) rows.y[i] = kEndless;
    if (kind == 3) rows.x[i] = -kEndless;
    if (kind == 4) rows.x[i] -= 0.125;
  }
  for (std::size_t row = 0; row < count; ++row) {
    rows.weights.push_back(1 + static_cast<double>(row % 3));
  }
  return rows;
}

finn_training_options interval_training(std::int64_t steps = 20) {
  finn_training_options options = short_training(steps);
  options.loss = FINN_LOSS_INTERVAL_LIKELIHOOD;
  options.validation_share = 0.2;
  options.validation_interval = 5;
  return options;
}

finn_status fit(finn_trainer* trainer, finn_workspace* workspace, const IntervalRows& rows,
                Callbacks callbacks = {}, finn_error* error = nullptr) {
  return finn_trainer_fit_data(trainer, workspace, rows.x.data(), rows.y.data(),
                               rows.weights.data(), rows.count(), callbacks.progress_function(),
                               &callbacks, error);
}

class IntervalFits : public ::testing::Test {
 protected:
  static std::vector<ModelSpec> specs() {
    ModelSpec mixture = small_mixture(), mlp = small_mlp(), single = small_mlp();
    single.precision = FINN_FLOAT32;
    return {mixture, mlp, single};
  }

  const IntervalRows rows_ = some_rows(200);
  const WorkspaceHandle workspace_ = make_workspace();
};

TEST_F(IntervalFits, giveTheSameBitsForEveryNumberOfThreadsAndOnceTheyAreContinued) {
  for (const ModelSpec& spec : specs()) {
    for (const finn_optimiser kind : {FINN_OPTIMISER_ADAM, FINN_OPTIMISER_LBFGS}) {
      finn_training_options options = interval_training();
      options.optimiser = kind;
      options.loss_tolerance = 0;
      const ModelHandle whole = make_model(spec), stopped = make_model(spec),
                        loaded = make_model(spec);
      const WorkspaceHandle two = make_workspace(2);
      const TrainerHandle straight = make_trainer(whole.get(), options);
      ASSERT_EQ(fit(straight.get(), workspace_.get(), rows_), FINN_OK);
      const TrainerHandle first = make_trainer(stopped.get(), options);
      ASSERT_EQ(fit(first.get(), two.get(), rows_, stop_after(7)), FINN_OK);
      TrainerHandle second;
      ASSERT_EQ(load(loaded.get(), save(first.get()), &second), FINN_OK);
      EXPECT_EQ(finn_trainer_target_columns(second.get()), 2);
      ASSERT_EQ(fit(second.get(), two.get(), rows_), FINN_OK);
      EXPECT_TRUE(same_bits(history_of(straight.get()), history_of(second.get())));
      EXPECT_TRUE(
          same_bits(parameters_of<double>(whole.get()), parameters_of<double>(loaded.get())));
    }
  }
}

TEST_F(IntervalFits, ofAFileAreThoseOfItsRows) {
  const std::string path = ::testing::TempDir() + "finn_intervals.csv";
  std::ofstream file(path);
  file.precision(17);
  file << "a,b,to a,to b,count\n";
  for (std::size_t row = 0; row < rows_.weights.size(); ++row) {
    file << rows_.x[2 * row] << ',' << rows_.x[2 * row + 1] << ',' << rows_.y[2 * row] << ','
         << rows_.y[2 * row + 1] << ',' << rows_.weights[row] << '\n';
  }
  file.close();
  const ModelHandle model = make_model(small_mixture()), of_file = make_model(small_mixture());
  const TrainerHandle trainer = make_trainer(model.get(), interval_training()),
                      reader = make_trainer(of_file.get(), interval_training());
  ASSERT_EQ(fit(trainer.get(), workspace_.get(), rows_), FINN_OK);
  require_ok([&](finn_error* e) {
    return finn_trainer_fit_file(reader.get(), workspace_.get(), path.c_str(), FINN_FILE_CSV,
                                 nullptr, 0, 1, nullptr, nullptr, e);
  });
  EXPECT_TRUE(same_bits(history_of(trainer.get()), history_of(reader.get())));
}

TEST_F(IntervalFits, comeFromASamplerToo) {
  const ModelHandle model = make_model(small_mixture());
  const TrainerHandle trainer = make_trainer(model.get(), interval_training(5));
  Callbacks bins;
  bins.sample = [](std::int64_t, std::int64_t batch, double* x, double* y) {
    for (std::int64_t i = 0; i < 2 * batch; ++i) y[i] = i % 3 == 0 ? x[i] : kEndless;
    return 0;
  };
  EXPECT_EQ(fit_sampler(trainer.get(), workspace_.get(), bins), FINN_OK);
  const TrainerHandle bad = make_trainer(model.get(), interval_training(5));
  bins.sample = [](std::int64_t, std::int64_t batch, double* x, double* y) {
    for (std::int64_t i = 0; i < 2 * batch; ++i) y[i] = x[i] - 1;
    return 0;
  };
  expect_refused(
      {"a sampler of reversed ends", FINN_ERROR_ARGUMENT, "x and y of the sampler",
       [&](finn_error* e) { return fit_sampler(bad.get(), workspace_.get(), bins, e); }});
}

TEST_F(IntervalFits, refuseModelsAndRowsThatTheyAreNotFor) {
  const auto trainer_of = [](const ModelSpec& spec, finn_error* e) {
    const ModelHandle model = make_model(spec);
    finn_training_options options = interval_training();
    finn_trainer* made = nullptr;
    const finn_status status = finn_trainer_create(model.get(), &options, &made, e);
    finn_trainer_destroy(made);
    return status;
  };
  ModelSpec two = small_mixture(), free = small_mlp();
  two.outputs = 2;
  free.positivity = FINN_POSITIVITY_NONE;
  expect_refused({"two outputs", FINN_ERROR_ARGUMENT, "loss",
                  [&](finn_error* e) { return trainer_of(two, e); }});
  expect_refused({"either sign", FINN_ERROR_ARGUMENT, "loss",
                  [&](finn_error* e) { return trainer_of(free, e); }});
  const ModelHandle model = make_model(small_mixture());
  const TrainerHandle trainer = make_trainer(model.get(), interval_training());
  EXPECT_EQ(finn_trainer_target_columns(trainer.get()), 2);
  EXPECT_EQ(finn_trainer_target_columns(nullptr), 0);
  for (const auto& [lower, upper, status] :
       {std::tuple{0.2, 0.1, FINN_ERROR_ARGUMENT}, std::tuple{kBadEnd, 0.1, FINN_ERROR_NOT_FINITE},
        std::tuple{50.0, 60.0, FINN_ERROR_ARGUMENT},
        std::tuple{kEndless, kEndless, FINN_ERROR_NOT_FINITE}}) {
    IntervalRows rows = rows_;
    rows.x[14] = lower;
    rows.y[14] = upper;
    expect_refused({"ends", status, "x and y: row 7, column 0", [&](finn_error* e) {
                      return fit(trainer.get(), workspace_.get(), rows, {}, e);
                    }});
    expect_refused(
        {"ends of validation rows", status, "x and y: row 7, column 0", [&](finn_error* e) {
           return finn_trainer_set_validation(trainer.get(), rows.x.data(), rows.y.data(), nullptr,
                                              rows.count(), e);
         }});
  }
  expect_refused({"no upper ends", FINN_ERROR_NULL, "y", [&](finn_error* e) {
                    return finn_trainer_fit_data(trainer.get(), workspace_.get(), rows_.x.data(),
                                                 nullptr, nullptr, 200, nullptr, nullptr, e);
                  }});
}

// Mean of log f at rows of a density.
double mean_log(const finn_model* model, finn_workspace* workspace, const std::vector<double>& x,
                std::int64_t rows) {
  std::vector<double> f(static_cast<std::size_t>(rows));
  require_ok([&](finn_error* e) {
    return finn_integrand_f64(model, workspace, x.data(), rows, f.data(), rows, e);
  });
  double sum = 0;
  for (const double value : f) sum += std::log(value);
  return sum / static_cast<double>(rows);
}

finn_training_options to_the_end(finn_loss loss) {
  finn_training_options options = short_training(1500, 256);
  options.loss = loss;
  return options;
}

// Two normal variables that depend on each other, as 20 x 20 counts.
TEST_F(IntervalFits, toCountsOfBinsLearnWhatThoseToTheRowsDo) {
  constexpr std::size_t count = 5000, bins = 20;
  constexpr double edge = 4, width = 2 * edge / bins;
  std::mt19937_64 random(7);
  std::normal_distribution<double> normal;
  const auto draw = [&] {
    std::vector<double> x;
    while (x.size() < 2 * count) {
      const double a = normal(random), b = 0.6 * a + 0.8 * normal(random);
      if (std::fabs(a) < edge && std::fabs(b) < edge) x.insert(x.end(), {a, b});
    }
    return x;
  };
  const std::vector<double> x = draw(), test = draw();
  IntervalRows rows;
  std::vector<double> counts(bins * bins);
  for (std::size_t i = 0; i < x.size(); i += 2) {
    const auto bin = [&](double value) { return static_cast<std::size_t>((value + edge) / width); };
    counts[bin(x[i]) * bins + bin(x[i + 1])] += 1;
  }
  for (std::size_t k = 0; k < counts.size(); ++k) {
    const double a = -edge + width * static_cast<double>(k / bins);
    const double b = -edge + width * static_cast<double>(k % bins);
    rows.x.insert(rows.x.end(), {a, b});
    rows.y.insert(rows.y.end(), {a + width, b + width});
    rows.weights.push_back(counts[k]);
  }
  ModelSpec spec = small_mixture();
  spec.components = 16;
  spec.lower = {-edge, -edge};
  spec.upper = {edge, edge};
  const ModelHandle of_rows = make_model(spec), of_bins = make_model(spec);
  const TrainerHandle by_rows =
      make_trainer(of_rows.get(), to_the_end(FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD));
  const TrainerHandle by_bins =
      make_trainer(of_bins.get(), to_the_end(FINN_LOSS_INTERVAL_LIKELIHOOD));
  ASSERT_EQ(fit_data(by_rows.get(), workspace_.get(), x, {}), FINN_OK);
  ASSERT_EQ(fit(by_bins.get(), workspace_.get(), rows), FINN_OK);
  const double by_row = mean_log(of_rows.get(), workspace_.get(), test, count);
  EXPECT_NEAR(mean_log(of_bins.get(), workspace_.get(), test, count), by_row, 0.01);
}

// Exponential times of mean 1, of which those later than an exponential time of mean 1.3 are only
// known to be later.
TEST_F(IntervalFits, toCensoredTimesLearnTheTimes) {
  constexpr std::size_t count = 2000;
  std::mt19937_64 random(3);
  std::exponential_distribution<double> time(1), limit(1 / 1.3);
  IntervalRows censored, taken;
  std::vector<double> test;
  double entropy = 0, censored_rows = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double t = time(random), c = limit(random);
    censored.x.push_back(std::fmin(t, c));
    censored.y.push_back(t <= c ? t : kEndless);
    censored.weights.push_back(1);
    censored_rows += t <= c ? 0 : 1;
    test.push_back(time(random));
    entropy += test.back() / static_cast<double>(count);
  }
  EXPECT_GT(censored_rows, 0.3 * count);
  taken = censored;
  taken.y = taken.x;
  const DomainHandle half_line = make_handle<finn_domain>([](finn_domain** made, finn_error* e) {
    return finn_domain_half_line(0, FINN_UPWARD, 1, FINN_TAIL_EXPONENTIAL, made, e);
  });
  ModelSpec spec = small_mixture();
  spec.components = 8;
  spec.domain = half_line.get();
  const auto lost = [&](const IntervalRows& rows) {
    const ModelHandle model = make_model(spec);
    const TrainerHandle trainer =
        make_trainer(model.get(), to_the_end(FINN_LOSS_INTERVAL_LIKELIHOOD));
    EXPECT_EQ(fit(trainer.get(), workspace_.get(), rows), FINN_OK);
    return -entropy - mean_log(model.get(), workspace_.get(), test, count);
  };
  EXPECT_LT(lost(censored), 0.02);
  EXPECT_GT(lost(taken), 0.1);
}

}  // namespace
}  // namespace finn::test
