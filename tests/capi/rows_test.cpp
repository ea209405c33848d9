// The rows that a model takes: points, conditions and targets.
#include <filesystem>
#include <fstream>
#include <limits>
#include <string>

#include "capi/finn.h"
#include "tests/capi/conditioning_support.hpp"
#include "tests/capi/support.hpp"
#include "tests/capi/training_support.hpp"
#include "tests/support/special_values.hpp"

namespace finn::test {
namespace {

class ConditionedRows : public ::testing::Test {
 protected:
  ConditionedRows() {
    spec_.use_row_targets();
    model_ = make_model(spec_);
    given_ = spec_.given(3);
    rows_ = spec_.rows(3);
  }

  finn_status given_integral(finn_error* error) const {
    double value[3];
    return finn_conditional_integral(model_.get(), workspace_.get(), FINN_LIMITS_X,
                                     spec_.lower.data(), spec_.upper.data(), given_.data(), 3,
                                     value, nullptr, nullptr, 3, error);
  }
  finn_status integrand(finn_error* error) const {
    double f[3];
    return finn_integrand_f64(model_.get(), workspace_.get(), rows_.data(), 3, f, 3, error);
  }

  ConditionedSpec spec_;
  ModelHandle model_;
  const WorkspaceHandle workspace_ = make_workspace(2);
  std::vector<double> given_, rows_;
};

TEST_F(ConditionedRows, areLookedAtInTheirConditionsAndTargets) {
  given_[4] = kNaN;
  expect_refused({"condition NaN", FINN_ERROR_NOT_FINITE, "conditions",
                  [&](finn_error* error) { return given_integral(error); }});
  given_[4] = 0;
  given_[5] = -1;
  expect_refused({"target -1", FINN_ERROR_ARGUMENT, "conditions",
                  [&](finn_error* error) { return given_integral(error); }});
  rows_[9] = 0;
  expect_refused(
      {"target 0", FINN_ERROR_ARGUMENT, "x", [&](finn_error* error) { return integrand(error); }});
  rows_[9] = 1;
  rows_[8] = std::numeric_limits<double>::infinity();
  expect_refused({"condition infinite", FINN_ERROR_NOT_FINITE, "x",
                  [&](finn_error* error) { return integrand(error); }});
}

TEST_F(ConditionedRows, ofASamplerAndOfAFileAreLookedAt) {
  const TrainerHandle trainer = make_trainer(model_.get(), short_training());
  finn_error error = FINN_ERROR_INIT;
  Callbacks callbacks;
  callbacks.sample = [](std::int64_t, std::int64_t, double* x, double*) {
    EXPECT_EQ(x[4], 1.0);
    x[4] = 0;
    return 0;
  };
  EXPECT_EQ(fit_sampler(trainer.get(), workspace_.get(), callbacks, &error), FINN_ERROR_ARGUMENT);
  EXPECT_TRUE(mentions(error.message, "target")) << error.message;
  const auto path = std::filesystem::temp_directory_path() / "finn_bad_target.csv";
  std::ofstream(path) << "0,0,0.5,2,1,1\n0,0,0.5,2,-1,1\n";
  const std::string name = path.string();
  expect_refused({"a file", FINN_ERROR_ARGUMENT, "line 2", [&](finn_error* e) {
                    return finn_trainer_fit_file(trainer.get(), workspace_.get(), name.c_str(),
                                                 FINN_FILE_CSV, nullptr, 0, 0, nullptr, nullptr, e);
                  }});
  std::filesystem::remove(path);
}

// Weights of 0, which make F constant, have no integral to scale: the message names the first such
// row.
TEST_F(ConditionedRows, areNamedWhereTheirIntegralVanishes) {
  ConditionedSpec spec;
  spec.use_mlp();
  spec.conditioning = FINN_CONDITIONING_HYPERNETWORK;
  const ModelHandle model = make_model(spec);
  const std::size_t count = parameters_of<double>(model.get()).size();
  set_parameters(model.get(), std::vector<double>(count, 0.0));
  const auto rows = spec.rows(200);
  std::vector<double> f(200);
  expect_refused({"f", FINN_ERROR_INTEGRAL, "row 0", [&](finn_error* error) {
                    return finn_integrand_f64(model.get(), workspace_.get(), rows.data(), 200,
                                              f.data(), 200, error);
                  }});
  expect_refused({"the integral", FINN_ERROR_INTEGRAL, "row 0", [&](finn_error* error) {
                    return finn_conditional_integral(
                        model.get(), workspace_.get(), FINN_LIMITS_X, spec.lower.data(),
                        spec.upper.data(), rows.data(), 1, f.data(), nullptr, nullptr, 1, error);
                  }});
}

TEST_F(ConditionedRows, areNoneOfAPoissonProcess) {
  ConditionedSpec spec;
  spec.constraint = FINN_CONSTRAINT_NONE;
  const ModelHandle model = make_model(spec);
  finn_training_options training = short_training();
  training.loss = FINN_LOSS_POISSON_PROCESS;
  expect_refused({"Poisson", FINN_ERROR_ARGUMENT, "loss", [&](finn_error* error) {
                    finn_trainer* trainer = nullptr;
                    return finn_trainer_create(model.get(), &training, &trainer, error);
                  }});
}

}  // namespace
}  // namespace finn::test
