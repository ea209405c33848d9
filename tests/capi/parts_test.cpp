// The parts of models: shared between models and threads, gone before them, and given back.
#include <atomic>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/conditioning_support.hpp"
#include "tests/capi/constraint_support.hpp"
#include "tests/capi/domain_support.hpp"
#include "tests/capi/support.hpp"

namespace finn::test {
namespace {

// All parts of a model, each a handle of its own.
struct Parts {
  NetworkHandle network;
  DomainHandle domain;
  ConstraintHandle constraint;
  ConditioningHandle conditioning;
};

Parts parts_of(const finn_model* model) {
  return {make_handle<finn_network>(
              [&](auto** part, auto* e) { return finn_model_network(model, part, e); }),
          make_handle<finn_domain>(
              [&](auto** part, auto* e) { return finn_model_domain(model, part, e); }),
          make_handle<finn_constraint>(
              [&](auto** part, auto* e) { return finn_model_constraint(model, part, e); }),
          make_handle<finn_conditioning>(
              [&](auto** part, auto* e) { return finn_model_conditioning(model, part, e); })};
}

ModelHandle model_of(const Parts& parts, std::uint64_t seed = 0,
                     finn_precision precision = FINN_FLOAT64) {
  return make_handle<finn_model>([&](auto** model, auto* e) {
    return finn_model_create(parts.network.get(), parts.domain.get(), parts.constraint.get(),
                             parts.conditioning.get(), precision, seed, model, e);
  });
}

// Parts of each kind, with conditions.
Parts some_parts() {
  ConditionedSpec spec;
  spec.outputs = 2;
  spec.target = {1.5, 0.75};
  return {make_network(spec), make_open_box(spec), make_constraint(spec), make_conditioning(spec)};
}

// f of the model at rows, and of another one made of the parts that the first gives back.
void expect_same_model(const ModelSpec& spec, const std::vector<double>& rows) {
  const WorkspaceHandle workspace = make_workspace();
  const ModelHandle model = make_model(spec);
  const Parts parts = parts_of(model.get());
  const ModelHandle again = model_of(parts, spec.seed, spec.precision);
  ASSERT_EQ(finn_model_columns(again.get()), finn_model_columns(model.get()));
  EXPECT_TRUE(same_bits(parameters_of<double>(again.get()), parameters_of<double>(model.get())));
  EXPECT_TRUE(same_bits(integrand(again.get(), workspace.get(), rows),
                        integrand(model.get(), workspace.get(), rows)));
  EXPECT_TRUE(same_bits(mixed_partial(again.get(), workspace.get(), 1, rows),
                        mixed_partial(model.get(), workspace.get(), 1, rows)));
}

TEST(Parts, ofAModelMakeTheSameModelAgain) {
  for (const ConstraintCase& each : constraint_cases()) {
    SCOPED_TRACE(each.name());
    ModelSpec spec = constrained_spec(each.network);
    each.choose(spec);
    if (each.method == FINN_METHOD_SCALE) spec.uniform_share = 0.25;
    expect_same_model(spec, random_points<double>(2, 9, 1));
  }
  for (const ConditionedCase& each : conditioned_cases()) {
    SCOPED_TRACE(each.name);
    ConditionedSpec spec;
    each.choose(spec);
    expect_same_model(spec, spec.rows(9));
  }
  for (const Region& region : regions()) {
    SCOPED_TRACE(region.name);
    const DomainHandle domain = make_domain(region.make);
    expect_same_model(spec_on(domain.get()), region.inside);
  }
  ModelSpec raw{.precision = FINN_FLOAT32, .input_scaling = FINN_INPUT_SCALING_NONE};
  expect_same_model(raw, random_points<double>(2, 9, 1));
  ModelSpec linear{.outputs = 1, .constraint = FINN_CONSTRAINT_LINEAR};
  linear.integrals = {{.value = {1}}, {{-0.5, 0}, {0, 0.5}, {1, 2}, {0.25}}};
  expect_same_model(linear, random_points<double>(2, 9, 1));
}

TEST(Parts, areGivenBackAsTheyWereGiven) {
  const Parts given = some_parts();
  const ModelHandle model = model_of(given, 5, FINN_FLOAT32);
  EXPECT_EQ(finn_model_precision(model.get()), FINN_FLOAT32);
  const Parts found = parts_of(model.get());
  EXPECT_EQ(finn_network_get_form(found.network.get()), FINN_NETWORK_MIXTURE);
  EXPECT_EQ(finn_network_outputs(found.network.get()), 2);
  EXPECT_STREQ(finn_domain_kind(found.domain.get()), "open box");
  EXPECT_EQ(finn_domain_variables(found.domain.get()), 2);
  EXPECT_EQ(finn_constraint_get_form(found.constraint.get()), FINN_CONSTRAINT_EQUAL);
  double lower[2], upper[2];
  require_ok(
      [&](auto* e) { return finn_constraint_bounds(found.constraint.get(), lower, upper, 2, e); });
  EXPECT_TRUE(lower[0] == 1.5 && upper[0] == 1.5 && lower[1] == 0.75 && upper[1] == 0.75);
  EXPECT_EQ(finn_conditioning_get_form(found.conditioning.get()), FINN_CONDITIONING_FILM);
  require_ok([&](auto* e) {
    return finn_conditioning_limits(found.conditioning.get(), lower, upper, 2, e);
  });
  EXPECT_TRUE(lower[0] == -0.5 && upper[0] == 1.5 && lower[1] == 1 && upper[1] == 4);
  finn_mixture_options options, expected;
  finn_mixture_options_init(&options, sizeof options);
  finn_mixture_options_init(&expected, sizeof expected);
  require_ok([&](auto* e) { return finn_network_get_mixture(found.network.get(), &options, e); });
  EXPECT_EQ(std::memcmp(&options, &expected, sizeof options), 0);
}

// *constraint is what NULL stood for; there is no conditioning.
TEST(Parts, thatWereLeftOutAreThoseThatWereTaken) {
  for (const finn_positivity positivity : {FINN_POSITIVITY_NONE, FINN_POSITIVITY_ABS}) {
    const ModelHandle model = make_model({.outputs = 2, .positivity = positivity});
    const Parts parts = parts_of(model.get());
    EXPECT_EQ(parts.conditioning, nullptr);
    EXPECT_EQ(finn_constraint_get_form(parts.constraint.get()), FINN_CONSTRAINT_EQUAL);
    EXPECT_EQ(finn_constraint_outputs(parts.constraint.get()), 2);
    double lower[2], upper[2];
    require_ok([&](auto* e) {
      return finn_constraint_bounds(parts.constraint.get(), lower, upper, 2, e);
    });
    EXPECT_TRUE(lower[0] == 1 && upper[1] == 1);
  }
  const ModelHandle none = make_model({.outputs = 2, .constraint = FINN_CONSTRAINT_NONE});
  const Parts parts = parts_of(none.get());
  EXPECT_EQ(finn_constraint_get_form(parts.constraint.get()), FINN_CONSTRAINT_NONE);
  EXPECT_EQ(finn_constraint_outputs(parts.constraint.get()), 0);
}

TEST(Parts, mayGoBeforeTheModelsThatShareThem) {
  const WorkspaceHandle workspace = make_workspace();
  const std::vector<double> rows = ConditionedSpec().rows(7);
  std::vector<ModelHandle> models;
  std::vector<double> expected;
  {
    const Parts parts = some_parts();
    expected = integrand(model_of(parts, 3).get(), workspace.get(), rows);
    for (int k = 0; k < 3; ++k) models.push_back(model_of(parts, 3));
  }
  for (const ModelHandle& model : models) {
    EXPECT_TRUE(same_bits(integrand(model.get(), workspace.get(), rows), expected));
  }
  // Models that share parts share nothing that changes.
  set_parameters(models[0].get(),
                 std::vector<double>(parameters_of<double>(models[0].get()).size(), 0.1));
  models[1].reset();
  EXPECT_FALSE(same_bits(integrand(models[0].get(), workspace.get(), rows), expected));
  EXPECT_TRUE(same_bits(integrand(models[2].get(), workspace.get(), rows), expected));
}

TEST(Parts, serveManyThreadsAtOnce) {
  const std::vector<double> rows = ConditionedSpec().rows(40);
  Parts parts = some_parts();
  const auto expected = integrand(model_of(parts, 3).get(), make_workspace().get(), rows);
  std::atomic<int> same = 0;
  std::vector<std::thread> threads;
  for (int k = 0; k < 4; ++k) {
    threads.emplace_back([&] {
      const WorkspaceHandle workspace = make_workspace();
      for (int repeat = 0; repeat < 10; ++repeat) {
        const ModelHandle model = model_of(parts, 3);
        const ModelHandle again = model_of(parts_of(model.get()), 3);
        same += same_bits(integrand(again.get(), workspace.get(), rows), expected) ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(same, 40);
}

TEST(Parts, areRefusedOfNothing) {
  const ModelHandle model = make_model({});
  const auto refuse = [&](const char* name, auto get, auto* handle) {
    using Part = std::remove_pointer_t<decltype(handle)>;
    expect_not_made<Part>(name, FINN_ERROR_NULL, "model",
                          [&](auto** part, auto* e) { return get(nullptr, part, e); });
    expect_refused(
        {name, FINN_ERROR_NULL, name, [&](auto* e) { return get(model.get(), nullptr, e); }});
  };
  refuse("network", finn_model_network, static_cast<finn_network*>(nullptr));
  refuse("domain", finn_model_domain, static_cast<finn_domain*>(nullptr));
  refuse("constraint", finn_model_constraint, static_cast<finn_constraint*>(nullptr));
  refuse("conditioning", finn_model_conditioning, static_cast<finn_conditioning*>(nullptr));
  EXPECT_EQ(finn_model_precision(nullptr), FINN_FLOAT64);
}

}  // namespace
}  // namespace finn::test
