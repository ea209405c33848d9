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

// Calls make(handle, error) with refused memory; a failure leaves no handle.
template <class T, class Make>
void expect_creation_reported(Make&& make) {
  expect_refusals_reported([&](finn_error* error) {
    T* handle = nullptr;
    const finn_status status = make(&handle, error);
    EXPECT_EQ(handle == nullptr, status != FINN_OK);
    Destroy()(handle);
    return status;
  });
}

TEST(RefusedMemory, isReportedByEveryFunctionThatCreates) {
  const ModelHandle original = make_model({});
  expect_creation_reported<finn_model>(
      [&](auto** model, auto* e) { return finn_model_clone(original.get(), model, e); });
  expect_creation_reported<finn_network>(
      [](auto** network, auto* e) { return finn_network_mixture(1, 1, nullptr, network, e); });
  expect_creation_reported<finn_network>(
      [](auto** network, auto* e) { return finn_network_mlp(1, 1, nullptr, network, e); });
  const double one = 1;
  expect_creation_reported<finn_constraint>([&](auto** constraint, auto* e) {
    return finn_constraint_equal(FINN_METHOD_SCALE, 1, &one, nullptr, constraint, e);
  });
  expect_creation_reported<finn_conditioning>([](auto** conditioning, auto* e) {
    return finn_conditioning_film(2, nullptr, nullptr, nullptr, conditioning, e);
  });
  const NetworkHandle network = make_network({.network = FINN_NETWORK_MIXTURE});
  const DomainHandle box = make_open_box({});
  expect_creation_reported<finn_model>([&](auto** model, auto* e) {
    return finn_model_create(network.get(), box.get(), nullptr, nullptr, FINN_FLOAT64, 0, model, e);
  });
}

TEST(RefusedMemory, isReportedByTheCreationOfAProjection) {
  ModelSpec spec{.constraint = FINN_CONSTRAINT_LINEAR};
  spec.integrals = {{{-0.5, 0}, {0, 0.25}, {}, {0.5}}, {{}, {}, {1, 0}, {0.5}}};
  const NetworkHandle network = make_network(spec);
  const DomainHandle box = make_open_box(spec);
  const ConstraintHandle constraint = make_constraint(spec);
  expect_creation_reported<finn_model>([&](auto** model, auto* e) {
    return finn_model_create(network.get(), box.get(), constraint.get(), nullptr, FINN_FLOAT64, 0,
                             model, e);
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
                                  f.data(), 100, gradient.data(), length_of(gradient), nullptr, 0,
                                  error);
  });
  const std::vector<double> expected_f = f, expected_gradient = gradient;
  workspace = make_workspace(GetParam());
  expect_refusals_reported([&](finn_error* error) {
    return finn_integrand_vjp_f64(model.get(), workspace.get(), x.data(), 100, adjoint.data(),
                                  f.data(), 100, gradient.data(), length_of(gradient), nullptr, 0,
                                  error);
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
  finn_training_options_init(&options, sizeof options);
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
    return finn_trainer_fit_sampler(trainer.get(), workspace.get(), fill_ones, nullptr, nullptr,
                                    nullptr, error);
  });
  EXPECT_EQ(finn_trainer_steps(trainer.get()), 3);
}

// The line search of L-BFGS moves the parameters before it knows where to: they come back.
TEST(RefusedMemory, endsAFitByLbfgsThatCanThenGoOn) {
  const ModelHandle model = make_model({});
  finn_training_options options;
  finn_training_options_init(&options, sizeof options);
  options.steps = 4;
  options.batch = 40;
  options.optimiser = FINN_OPTIMISER_LBFGS;
  finn_trainer* made = nullptr;
  require_ok([&](finn_error* e) { return finn_trainer_create(model.get(), &options, &made, e); });
  const TrainerHandle trainer(made);
  const WorkspaceHandle workspace = make_workspace(1);
  expect_refusals_reported([&](finn_error* error) {
    return finn_trainer_fit_sampler(trainer.get(), workspace.get(), fill_ones, nullptr, nullptr,
                                    nullptr, error);
  });
  EXPECT_EQ(finn_trainer_steps(trainer.get()), 4);
}

TEST(RefusedMemory, isReportedByCheckpointsWhichLeaveTheModelAsItWas) {
  const ModelHandle model = make_model({});
  finn_training_options options;
  finn_training_options_init(&options, sizeof options);
  finn_trainer* made = nullptr;
  require_ok([&](finn_error* e) { return finn_trainer_create(model.get(), &options, &made, e); });
  const TrainerHandle trainer(made);
  std::vector<unsigned char> bytes(1 << 16);
  std::int64_t size = 0;
  expect_refusals_reported([&](finn_error* error) {
    return finn_trainer_save_bytes(trainer.get(), bytes.data(), 1 << 16, &size, error);
  });
  const auto count = finn_model_parameter_count(model.get());
  std::vector<double> before(static_cast<std::size_t>(count), 0.5), after(before.size());
  require_ok([&](finn_error* e) {
    return finn_model_set_parameters_f64(model.get(), before.data(), count, e);
  });
  bool was_whole = true;
  expect_refusals_reported([&](finn_error* error) {
    finn_trainer* loaded = nullptr;
    const finn_status status =
        finn_trainer_load_bytes(model.get(), bytes.data(), size, &loaded, error);
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

TEST(RefusedMemory, isReportedByFilesOfModels) {
  const DomainHandle star = make_handle<finn_domain>([](auto** domain, auto* e) {
    const double centre[] = {1, 2};
    const auto radius = [](const double*, double* r, void*) -> std::int32_t { return *r = 2, 0; };
    return finn_domain_star("a star", 2, centre, radius, nullptr, nullptr, domain, e);
  });
  ModelSpec spec{.constraint = FINN_CONSTRAINT_EQUAL, .domain = star.get()};
  spec.conditioning = FINN_CONDITIONING_FILM;
  spec.conditions = 1;
  const ModelHandle model = make_model(spec);
  std::vector<unsigned char> bytes(1 << 20);
  std::int64_t size = 0;
  expect_refusals_reported([&](finn_error* error) {
    return finn_model_save_bytes(model.get(), bytes.data(), length_of(bytes), &size, error);
  });
  const finn_domain* domains[] = {star.get()};
  expect_creation_reported<finn_model>([&](auto** loaded, auto* error) {
    return finn_model_load_bytes(bytes.data(), size, domains, 1, loaded, error);
  });
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
