// Models: what they are made of, and which parts do not go together; shape, seed, clones.
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/conditioning_support.hpp"
#include "tests/capi/support.hpp"

namespace finn::test {
namespace {

TEST(Model, knowsItsShape) {
  const ModelHandle model = make_model({.variables = 3, .outputs = 2, .widths = {5, 4}});
  EXPECT_EQ(finn_model_variables(model.get()), 3);
  EXPECT_EQ(finn_model_outputs(model.get()), 2);
  EXPECT_EQ(trained_count(model.get()), 5u * 3 + 5 + 4 * 5 + 4 + 2 * 4 + 2);
}

TEST(Model, existsForEveryNumberOfVariables) {
  const WorkspaceHandle workspace = make_workspace();
  for (int n = 1; n <= FINN_MAX_VARIABLES; ++n) {
    SCOPED_TRACE(n);
    const ModelHandle model = make_model({.variables = n, .widths = {4, 3}});
    const auto result = integral(model.get(), workspace.get(), lower_of(n), upper_of(n));
    EXPECT_NEAR(result.value[0], 1.0, 1e-9);
    EXPECT_GT(integrand(model.get(), workspace.get(), random_points<double>(n, 1, 3))[0], 0.0);
  }
}

TEST(Model, ofTheSameSeedHasTheSameParameters) {
  const ModelHandle a = make_model({.seed = 11});
  const ModelHandle b = make_model({.seed = 11});
  EXPECT_TRUE(same_bits(parameters_of<double>(a.get()), parameters_of<double>(b.get())));
}

TEST(Model, ofAnotherSeedHasOtherParameters) {
  const ModelHandle a = make_model({.seed = 11});
  const ModelHandle b = make_model({.seed = 12});
  EXPECT_FALSE(same_bits(parameters_of<double>(a.get()), parameters_of<double>(b.get())));
}

TEST(Model, keepsNoneOfTheArraysOfItsParts) {
  std::vector<double> lower{-1, -1}, upper{1, 1}, target{3}, low{0}, high{2};
  const auto s = FINN_METHOD_SCALE;
  auto box = make_handle<finn_domain>([&](auto** made, auto* e) {
    return finn_domain_open_box(2, lower.data(), upper.data(), made, e);
  });
  auto constraint = make_handle<finn_constraint>([&](auto** made, auto* e) {
    return finn_constraint_equal(s, 1, target.data(), nullptr, made, e);
  });
  auto conditioning = make_handle<finn_conditioning>([&](auto** made, auto* e) {
    return finn_conditioning_film(1, low.data(), high.data(), nullptr, made, e);
  });
  for (auto* array : {&lower, &upper, &target, &low, &high}) {
    std::fill(array->begin(), array->end(), std::numeric_limits<double>::quiet_NaN());
  }
  auto network = make_network({});
  const auto model = make_handle<finn_model>([&](auto** made, auto* e) {
    return finn_model_create(network.get(), box.get(), constraint.get(), conditioning.get(),
                             FINN_FLOAT64, 0, made, e);
  });
  network.reset();
  box.reset();
  constraint.reset();
  conditioning.reset();
  const WorkspaceHandle workspace = make_workspace();
  const std::vector<double> whole =
      conditional_integral(model.get(), workspace.get(), {-1, -1}, {1, 1}, {0.5}, 1);
  EXPECT_NEAR(whole[0], 3.0, 3e-12);
}

// NULL for a constraint: 1 for each output, by SCALE of a positive network, by SHIFT of another.
TEST(Model, withoutAConstraintHasTheIntegralOne) {
  const WorkspaceHandle workspace = make_workspace();
  const auto x = random_points<double>(2, 20, 1);
  for (const finn_positivity positivity : {FINN_POSITIVITY_NONE, FINN_POSITIVITY_ABS}) {
    ModelSpec spec{.outputs = 2, .positivity = positivity};
    const auto f = integrand(make_model(spec).get(), workspace.get(), x);
    spec.method = positivity == FINN_POSITIVITY_NONE ? FINN_METHOD_SHIFT : FINN_METHOD_SCALE;
    spec.target = {1, 1};
    EXPECT_TRUE(same_bits(integrand(make_model(spec).get(), workspace.get(), x), f));
  }
}

TEST(ModelClone, hasTheSameParametersAndTheSameIntegrand) {
  const ModelHandle model = make_model({});
  finn_model* copy = nullptr;
  require_ok([&](finn_error* e) { return finn_model_clone(model.get(), &copy, e); });
  const ModelHandle clone(copy);
  const WorkspaceHandle workspace = make_workspace();
  const auto x = random_points<double>(2, 20, 1);
  EXPECT_TRUE(same_bits(parameters_of<double>(model.get()), parameters_of<double>(copy)));
  EXPECT_TRUE(
      same_bits(integrand(model.get(), workspace.get(), x), integrand(copy, workspace.get(), x)));
}

TEST(ModelClone, isIndependentOfTheOriginal) {
  ModelHandle model = make_model({});
  finn_model* copy = nullptr;
  require_ok([&](finn_error* e) { return finn_model_clone(model.get(), &copy, e); });
  const ModelHandle clone(copy);
  const WorkspaceHandle workspace = make_workspace();
  const auto x = random_points<double>(2, 20, 1);
  const auto before = integrand(copy, workspace.get(), x);
  auto parameters = parameters_of<double>(model.get());
  for (double& parameter : parameters) parameter *= 1.5;
  set_parameters(model.get(), parameters);
  EXPECT_FALSE(same_bits(integrand(model.get(), workspace.get(), x), before));
  model.reset();
  EXPECT_TRUE(same_bits(integrand(copy, workspace.get(), x), before));
}

TEST(Model, withoutAnyIntegralCannotBeScaled) {
  const ModelHandle model = make_model({.method = FINN_METHOD_SCALE});
  const WorkspaceHandle workspace = make_workspace();
  const std::vector<double> zeros(
      static_cast<std::size_t>(finn_model_parameter_count(model.get())));
  const auto x = random_points<double>(2, 1, 1);
  double f = 0;
  finn_status status = finn_model_set_parameters_f64(
      model.get(), zeros.data(), static_cast<std::int64_t>(zeros.size()), nullptr);
  if (status == FINN_OK) {
    status = finn_integrand_f64(model.get(), workspace.get(), x.data(), 1, &f, 1, nullptr);
  }
  EXPECT_EQ(status, FINN_ERROR_INTEGRAL);
}

// Each part can be made by itself; the two named do not go together.
const SpoiledOption<ModelSpec> kBadPairs[] = {
    {"target 0 of a positive network", FINN_ERROR_ARGUMENT, "target",
     [](ModelSpec& s) { s.target = {0}; }},
    {"negative target of a positive network", FINN_ERROR_ARGUMENT, "constraint",
     [](ModelSpec& s) { s.target = {-1}; }},
    {"at most 0 of a positive network", FINN_ERROR_ARGUMENT, "upper",
     [](ModelSpec& s) {
       s.constraint = FINN_CONSTRAINT_BOUNDED;
       s.upper_bound = {0};
     }},
    {"at least 0 of a positive network", FINN_ERROR_ARGUMENT, "lower",
     [](ModelSpec& s) {
       s.constraint = FINN_CONSTRAINT_BOUNDED;
       s.lower_bound = {0};
     }},
    {"a negative lower bound of a positive network", FINN_ERROR_ARGUMENT, "lower",
     [](ModelSpec& s) {
       s.constraint = FINN_CONSTRAINT_BOUNDED;
       s.lower_bound = {-0.1};
       s.upper_bound = {1};
     }},
    {"smooth scale of a signed network", FINN_ERROR_ARGUMENT, "constraint",
     [](ModelSpec& s) {
       s.positivity = FINN_POSITIVITY_NONE;
       s.method = FINN_METHOD_SCALE;
       s.constraint = FINN_CONSTRAINT_BOUNDED;
       s.upper_bound = {1};
       s.transition = FINN_TRANSITION_SMOOTH;
     }},
    {"a learned integral with conditions", FINN_ERROR_ARGUMENT, "constraint",
     [](ModelSpec& s) {
       s.constraint = FINN_CONSTRAINT_LEARNED;
       s.conditioning = FINN_CONDITIONING_FILM;
       s.conditions = 1;
     }},
    {"a bound that is learned with conditions", FINN_ERROR_ARGUMENT, "constraint",
     [](ModelSpec& s) {
       s.constraint = FINN_CONSTRAINT_BOUNDED;
       s.upper_bound = {1};
       s.transition = FINN_TRANSITION_LEARNED;
       s.conditioning = FINN_CONDITIONING_INPUTS;
       s.conditions = 1;
     }},
    {"unknown precision", FINN_ERROR_ARGUMENT, "precision",
     [](ModelSpec& s) { s.precision = static_cast<finn_precision>(2); }},
    {"negative precision", FINN_ERROR_ARGUMENT, "precision",
     [](ModelSpec& s) { s.precision = static_cast<finn_precision>(-1); }},
};

TEST(Model, ofPartsThatDoNotGoTogetherIsRefused) {
  for (const auto& bad : kBadPairs) {
    ModelSpec spec;
    bad.spoil(spec);
    EXPECT_NO_THROW(make_network(spec)) << bad.what;
    EXPECT_NO_THROW(make_constraint(spec)) << bad.what;
    EXPECT_NO_THROW(make_conditioning(spec)) << bad.what;
    expect_not_made<finn_model>(bad.what, bad.status, bad.name, [&](auto** model, auto* e) {
      return create_model(spec, model, e);
    });
  }
}

TEST(Model, ofPartsOfDifferentShapeIsRefused) {
  const NetworkHandle network = make_network({.variables = 2, .outputs = 2});
  const DomainHandle box = make_open_box({.variables = 2});
  const DomainHandle other_box = make_open_box({.variables = 3});
  const ConstraintHandle constraint = make_constraint({.outputs = 3, .target = {1, 1, 1}});
  ModelSpec linear{.variables = 3, .outputs = 2, .constraint = FINN_CONSTRAINT_LINEAR};
  linear.integrals = {{.value = {1, 1}}};
  const ConstraintHandle other_variables = make_constraint(linear);
  const auto refuse = [&](const char* what, const char* name, const DomainHandle& domain,
                          const finn_constraint* held) {
    expect_not_made<finn_model>(what, FINN_ERROR_SIZE, name, [&](auto** model, auto* e) {
      return finn_model_create(network.get(), domain.get(), held, nullptr, FINN_FLOAT64, 0, model,
                               e);
    });
  };
  refuse("variables of the domain", "domain", other_box, nullptr);
  refuse("outputs of the constraint", "constraint", box, constraint.get());
  refuse("variables of the constraint", "constraint", box, other_variables.get());
}

TEST(Model, needsANetworkADomainAndAPlaceForItsHandle) {
  const NetworkHandle network = make_network({});
  const DomainHandle box = make_open_box({});
  const auto create = [&](const finn_network* n, const finn_domain* d, finn_model** model,
                          finn_error* e) {
    return finn_model_create(n, d, nullptr, nullptr, FINN_FLOAT64, 0, model, e);
  };
  expect_not_made<finn_model>("network", FINN_ERROR_NULL, "network", [&](auto** model, auto* e) {
    return create(nullptr, box.get(), model, e);
  });
  expect_not_made<finn_model>("domain", FINN_ERROR_NULL, "domain", [&](auto** model, auto* e) {
    return create(network.get(), nullptr, model, e);
  });
  expect_refused({"model", FINN_ERROR_NULL, "model",
                  [&](auto* e) { return create(network.get(), box.get(), nullptr, e); }});
}

TEST(ModelClone, refusesNullPointers) {
  const ModelHandle model = make_model({});
  expect_not_made<finn_model>("model", FINN_ERROR_NULL, "model", [](auto** copy, auto* e) {
    return finn_model_clone(nullptr, copy, e);
  });
  expect_refused({"copy", FINN_ERROR_NULL, "copy",
                  [&](auto* e) { return finn_model_clone(model.get(), nullptr, e); }});
}

}  // namespace
}  // namespace finn::test
