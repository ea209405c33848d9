// Memory that is refused, at every place in turn: each call reports it and nothing is lost.
#include <gtest/gtest.h>

#include <algorithm>

#include "capi/finn.h"
#include "tests/capi/support.hpp"
#include "tests/support/allocations.hpp"

namespace finn::test {
namespace {

// Repeats call(error) with the first, second, ... allocation refused, alone or with all that
// follow, until it needs no more; every failure has to say that memory was refused.
template <class Call>
void expect_refusals_reported(Call&& call) {
  for (const std::int64_t count : {std::int64_t{1}, INT64_MAX}) {
    finn_status status = FINN_ERROR_MEMORY;
    std::int64_t k = 0;
    for (; status != FINN_OK && k < 10000; ++k) {
      finn_error error = FINN_ERROR_INIT;
      with_refused_memory(k, count, [&] { status = call(&error); });
      if (status == FINN_OK) break;
      ASSERT_STREQ(finn_status_name(status), "FINN_ERROR_MEMORY") << "allocation " << k;
      ASSERT_TRUE(std::strstr(error.message, "memory") != nullptr) << error.message;
    }
    EXPECT_EQ(status, FINN_OK);
  }
}

TEST(RefusedMemory, isReportedByEveryFunctionThatCreates) {
  const ModelHandle original = make_model({});
  expect_refusals_reported([&](finn_error* error) {
    finn_model* model = nullptr;
    const finn_status status = finn_model_clone(original.get(), &model, error);
    EXPECT_EQ(model == nullptr, status != FINN_OK);
    finn_model_destroy(model);
    return status;
  });
  expect_refusals_reported([&](finn_error* error) {
    finn_model_options options;
    finn_model_options_init(&options);
    const double lower[] = {0}, upper[] = {1};
    options.variables = 1;
    options.lower = lower;
    options.upper = upper;
    finn_model* model = nullptr;
    const finn_status status = finn_model_create(&options, &model, error);
    EXPECT_EQ(model == nullptr, status != FINN_OK);
    finn_model_destroy(model);
    return status;
  });
}

TEST(RefusedMemory, isReportedByTheCreationOfAProjection) {
  const double lower[] = {0}, upper[] = {1}, value[] = {0.5};
  const std::int32_t first[] = {1};
  const finn_linear_constraint constraints[] = {
      {sizeof(finn_linear_constraint), lower, upper, nullptr, value},
      {sizeof(finn_linear_constraint), nullptr, nullptr, first, value}};
  finn_model_options options;
  finn_model_options_init(&options);
  options.variables = 1;
  options.lower = lower;
  options.upper = upper;
  options.constraint = FINN_CONSTRAINT_PROJECTION;
  options.linear_constraints = constraints;
  options.linear_constraint_count = 2;
  expect_refusals_reported([&](finn_error* error) {
    finn_model* model = nullptr;
    const finn_status status = finn_model_create(&options, &model, error);
    EXPECT_EQ(model == nullptr, status != FINN_OK);
    finn_model_destroy(model);
    return status;
  });
}

class RefusedMemoryThreads : public testing::TestWithParam<std::int32_t> {};

TEST_P(RefusedMemoryThreads, leavesAWorkspaceUsable) {
  const ModelHandle model = make_model({});
  const std::vector<double> x(2 * 100, 0.25);
  const std::vector<double> adjoint(100, 1.0);
  std::vector<double> f(100),
      gradient(static_cast<std::size_t>(finn_model_parameter_count(model.get())));
  WorkspaceHandle workspace = make_workspace(GetParam());
  require_ok([&](finn_error* error) {
    return finn_integrand_vjp_f64(model.get(), workspace.get(), x.data(), 100, adjoint.data(),
                                  f.data(), gradient.data(), nullptr, error);
  });
  const std::vector<double> expected_f = f, expected_gradient = gradient;
  workspace = make_workspace(GetParam());
  expect_refusals_reported([&](finn_error* error) {
    return finn_integrand_vjp_f64(model.get(), workspace.get(), x.data(), 100, adjoint.data(),
                                  f.data(), gradient.data(), nullptr, error);
  });
  EXPECT_EQ(f, expected_f);
  EXPECT_EQ(gradient, expected_gradient);
}

INSTANTIATE_TEST_SUITE_P(Threads, RefusedMemoryThreads, testing::Values(1, 2));

int32_t fill_ones(int64_t, int64_t batch, double*, double* y, void*) {
  std::fill_n(y, batch, 1.0);
  return 0;
}

TEST(RefusedMemory, endsAFitThatCanThenGoOn) {
  const ModelHandle model = make_model({});
  finn_training_options options;
  finn_training_options_init(&options);
  options.steps = 3;
  options.batch = 40;
  TrainerHandle trainer;
  expect_refusals_reported([&](finn_error* error) {
    finn_trainer* made = nullptr;
    const finn_status status = finn_trainer_create(model.get(), &options, &made, error);
    trainer.reset(made);
    return status;
  });
  const WorkspaceHandle workspace = make_workspace(1);
  expect_refusals_reported([&](finn_error* error) {
    return finn_trainer_fit_sampler(trainer.get(), model.get(), workspace.get(), fill_ones, nullptr,
                                    nullptr, error);
  });
  EXPECT_EQ(finn_trainer_steps(trainer.get()), 3);
}

// The line search of L-BFGS moves the parameters before it knows where to: they come back.
TEST(RefusedMemory, endsAFitByLbfgsThatCanThenGoOn) {
  const ModelHandle model = make_model({});
  finn_training_options options;
  finn_training_options_init(&options);
  options.steps = 4;
  options.batch = 40;
  options.optimiser = FINN_OPTIMISER_LBFGS;
  finn_trainer* made = nullptr;
  require_ok([&](finn_error* e) { return finn_trainer_create(model.get(), &options, &made, e); });
  const TrainerHandle trainer(made);
  const WorkspaceHandle workspace = make_workspace(1);
  expect_refusals_reported([&](finn_error* error) {
    return finn_trainer_fit_sampler(trainer.get(), model.get(), workspace.get(), fill_ones, nullptr,
                                    nullptr, error);
  });
  EXPECT_EQ(finn_trainer_steps(trainer.get()), 4);
}

TEST(RefusedMemory, isReportedByCheckpointsWhichLeaveTheModelAsItWas) {
  const ModelHandle model = make_model({});
  finn_training_options options;
  finn_training_options_init(&options);
  finn_trainer* made = nullptr;
  require_ok([&](finn_error* e) { return finn_trainer_create(model.get(), &options, &made, e); });
  const TrainerHandle trainer(made);
  std::vector<unsigned char> bytes(1 << 16);
  std::int64_t size = 0;
  expect_refusals_reported([&](finn_error* error) {
    return finn_trainer_save(trainer.get(), model.get(), bytes.data(), 1 << 16, &size, error);
  });
  const auto count = finn_model_parameter_count(model.get());
  std::vector<double> before(static_cast<std::size_t>(count), 0.5), after(before.size());
  require_ok([&](finn_error* e) {
    return finn_model_set_parameters_f64(model.get(), before.data(), count, e);
  });
  bool was_whole = true;
  expect_refusals_reported([&](finn_error* error) {
    finn_trainer* loaded = nullptr;
    const finn_status status = finn_trainer_load(model.get(), bytes.data(), size, &loaded, error);
    was_whole = was_whole && (loaded == nullptr) == (status != FINN_OK);
    finn_trainer_destroy(loaded);
    finn_model_get_parameters_f64(model.get(), after.data(), count, nullptr);
    if (status != FINN_OK) was_whole = was_whole && after == before;
    std::copy(after.begin(), after.end(), before.begin());
    return status;
  });
  EXPECT_TRUE(was_whole);
  EXPECT_NE(before[0], 0.5);
}

TEST(RefusedMemory, leavesAModelAsItWasWhenParametersCannotBeSet) {
  const ModelHandle model = make_model({});
  const auto count = finn_model_parameter_count(model.get());
  std::vector<double> before(static_cast<std::size_t>(count)), after(before.size());
  require_ok([&](finn_error* error) {
    return finn_model_get_parameters_f64(model.get(), before.data(), count, error);
  });
  const std::vector<double> parameters(before.size(), 0.5);
  expect_refusals_reported([&](finn_error* error) {
    const finn_status status =
        finn_model_set_parameters_f64(model.get(), parameters.data(), count, error);
    finn_model_get_parameters_f64(model.get(), after.data(), count, nullptr);
    EXPECT_EQ(after, status == FINN_OK ? parameters : before);
    before = after;
    return status;
  });
}

}  // namespace
}  // namespace finn::test
