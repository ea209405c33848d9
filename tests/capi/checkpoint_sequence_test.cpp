// Whatever is called before, in whatever order: a checkpoint that is saved can be loaded, and holds
// nothing but the run.
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"

namespace finn::test {
namespace {

// A run that is taken through calls, good ones and bad ones.
class Sequence {
 public:
  explicit Sequence(const Case& c) : spec_{.precision = c.precision}, options_(c.options) {
    options_.validation_interval = 2;
    options_.steps = 9;
  }

  void set_validation(std::int64_t rows) {
    finn_trainer_set_validation(trainer_.get(), x_.data(), y_.data(), nullptr, rows, nullptr);
  }
  void fit_rows(std::int64_t rows, std::int64_t stop) {
    const auto count = static_cast<std::ptrdiff_t>(rows);
    const std::vector<double> x(x_.begin(), x_.begin() + 2 * count);
    fit_data(trainer_.get(), workspace_.get(), x, bump_of(x), stop_after(stop));
  }
  // A sampler that goes wrong in its second call in one of three ways.
  void fit_bad_sampler(int way) {
    Callbacks callbacks;
    int calls = 0;
    callbacks.sample = [&](std::int64_t, std::int64_t batch, double* x, double* y) {
      for (std::int64_t b = 0; b < batch; ++b) y[b] = bump(x + 2 * b);
      if (++calls < 2) return 0;
      if (way == 0) y[3] = std::numeric_limits<double>::quiet_NaN();
      if (way == 1) x[3] = std::numeric_limits<double>::infinity();
      if (way == 2) y[batch - 1] = 1e300;
      return way == 3 ? 1 : 0;
    };
    fit_sampler(trainer_.get(), workspace_.get(), callbacks);
  }
  void fit_sampled(std::int64_t stop) {
    fit_sampler(trainer_.get(), workspace_.get(), stop_after(stop));
  }
  void move_parameters(double factor) {
    auto parameters = parameters_of<double>(model_.get());
    for (double& each : parameters) each *= factor;
    const auto count = static_cast<std::int64_t>(parameters.size());
    finn_model_set_parameters_f64(model_.get(), parameters.data(), count, nullptr);
  }

  void call(std::uint64_t number) {
    const auto argument = static_cast<std::int64_t>(number / 8 % 4);
    switch (number % 8) {
      case 0:
        return set_validation(argument);
      case 1:
        return fit_rows(argument < 2 ? 50 : 20, 1 + argument);
      case 2:
        return fit_bad_sampler(static_cast<int>(argument));
      case 3:
        return fit_sampled(1 + argument);
      case 4:
        return move_parameters(argument == 0 ? 0 : argument == 1 ? 1e30 : 1.5);
      default:
        return go_on();
    }
  }

  Bytes saved() const { return save(trainer_.get()); }

  // In place of the run that was saved: it must load, and be the same run.
  void go_on() {
    const Bytes bytes = saved();
    ModelHandle model = make_model(spec_);
    trainer_ = load(model.get(), bytes);
    model_ = std::move(model);
    EXPECT_EQ(saved(), bytes);
  }

 private:
  ModelSpec spec_;
  finn_training_options options_;
  const std::vector<double> x_ = random_points<double>(2, 100, 1), y_ = bump_of(x_);
  WorkspaceHandle workspace_ = make_workspace();
  ModelHandle model_ = make_model(spec_);
  TrainerHandle trainer_ = make_trainer(model_.get(), options_);
};

TEST(CheckpointSequence, ofAnyCallsEndsInACheckpointThatLoads) {
  std::uint64_t seed = 1;
  for (const Case& c : repeat_cases()) {
    for (int run = 0; run < 12; ++run) {
      SCOPED_TRACE(c.name + ", calls of seed " + std::to_string(seed));
      const auto numbers = random_numbers<double>(10, 0, 32, seed++);
      Sequence sequence(c);
      for (const double number : numbers) {
        sequence.call(static_cast<std::uint64_t>(number));
        if (::testing::Test::HasFailure()) return;
      }
      sequence.go_on();
    }
  }
}

// Validation rows before there are best parameters on them: every order of the calls before a save.
TEST(CheckpointSequence, withValidationRowsIsTheSameBytesInEveryMemory) {
  const auto save_of = [](unsigned char fill) {
    std::vector<Bytes> memory;  // what an array too short would be followed by
    for (std::size_t size = 16; size < 4096; size += 16) memory.emplace_back(size, fill);
    for (std::size_t i = 0; i < memory.size(); i += 2) Bytes().swap(memory[i]);
    Sequence sequence(repeat_cases().front());
    sequence.set_validation(3);
    return sequence.saved();
  };
  EXPECT_EQ(save_of(0), save_of(0x5a));
  Sequence sequence(repeat_cases().front());
  sequence.set_validation(3);
  sequence.go_on();
  sequence.fit_rows(50, 3);
  sequence.go_on();
}

}  // namespace
}  // namespace finn::test
