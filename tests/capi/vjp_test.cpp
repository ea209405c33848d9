// finn_integrand_vjp against central differences, through every constraint.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "capi/finn.h"
#include "tests/capi/support.hpp"

namespace finn::test {
namespace {

constexpr std::size_t kVjpRows = 5;

struct VjpCase {
  std::string name;
  ModelSpec spec;
};

std::vector<VjpCase> vjp_cases() {
  const char* const positivities[] = {"none", "abs", "softplus", "square", "exp"};
  std::vector<VjpCase> cases;
  const auto add = [&](const std::string& what, ModelSpec spec) {
    spec.widths = {4, 3};
    const std::string n = " n=" + std::to_string(spec.variables);
    cases.push_back({what + " " + positivities[*spec.positivity] + n, spec});
  };
  for (int n = 1; n <= 3; ++n) {
    for (const finn_positivity positivity : kEveryPositivity) {
      ModelSpec spec{.variables = n, .positivity = positivity};
      spec.constraint = FINN_CONSTRAINT_NONE;
      add("plain", spec);
      spec.constraint = FINN_CONSTRAINT_EQUAL;
      spec.method = FINN_METHOD_SHIFT;
      spec.outputs = 2;
      spec.target = {1, -2.5};
      add("shift", spec);
      if (positivity == FINN_POSITIVITY_NONE) continue;  // I may be close to 0
      spec.method = FINN_METHOD_SCALE;
      spec.target = {1, 2.5};
      add("scale", spec);
      spec.uniform_share = 0.25;
      spec.output_activation = 1;
      add("uniform share and activation on the output", spec);
    }
  }
  add("raw", {.positivity = FINN_POSITIVITY_ABS,
              .method = FINN_METHOD_SCALE,
              .input_scaling = FINN_INPUT_SCALING_NONE});
  add("sigma", {.positivity = FINN_POSITIVITY_NONE, .activation = FINN_ACTIVATION_SIGMA});
  return cases;
}

// Parameters away from the kink of |w|, further than a difference reaches.
ModelHandle smooth_model(const ModelSpec& spec) {
  ModelHandle model = make_model(spec);
  auto parameters = parameters_of<double>(model.get());
  for (double& parameter : parameters) parameter += std::copysign(0.02, parameter);
  set_parameters(model.get(), parameters);
  return model;
}

// Slope of loss(offset) at 0; the error is of order h^4.
template <class Loss>
double slope(Loss&& loss) {
  constexpr double h = 1e-3;
  return (8 * (loss(h) - loss(-h)) - (loss(2 * h) - loss(-2 * h))) / (12 * h);
}

double largest(const std::vector<double>& values) {
  double result = 0;
  for (const double value : values) result = std::max(result, std::abs(value));
  return result;
}

class Vjp : public ::testing::Test {
 protected:
  // A loss that is linear in f: the sum of weights times f.
  double loss(const finn_model* model, const std::vector<double>& x,
              const std::vector<double>& weights) {
    const auto f = integrand(model, workspace_.get(), x);
    double sum = 0;
    for (std::size_t k = 0; k < f.size(); ++k) sum += weights[k] * f[k];
    return sum;
  }

  std::vector<double> weights_for(const ModelSpec& spec) const {
    return random_numbers<double>(kVjpRows * static_cast<std::size_t>(spec.outputs), -1, 1, 9);
  }

  const WorkspaceHandle workspace_ = make_workspace();
};

TEST_F(Vjp, parameterAdjointIsTheSlopeOfTheLoss) {
  for (const auto& [name, spec] : vjp_cases()) {
    SCOPED_TRACE(name);
    const ModelHandle model = smooth_model(spec);
    const auto x = random_points<double>(spec.variables, kVjpRows, 4);
    const auto weights = weights_for(spec);
    const auto adjoint = integrand_vjp(model.get(), workspace_.get(), x, weights).parameters;
    const auto parameters = parameters_of<double>(model.get());
    const double tolerance = 1e-6 * largest(adjoint);
    EXPECT_GT(tolerance, 0.0);
    for (std::size_t k = 0; k < trained_count(model.get()); ++k) {
      const double reference = slope([&](double offset) {
        auto moved = parameters;
        moved[k] += offset;
        set_parameters(model.get(), moved);
        return loss(model.get(), x, weights);
      });
      EXPECT_NEAR(adjoint[k], reference, tolerance) << "parameter " << k;
    }
  }
}

TEST_F(Vjp, xAdjointIsTheSlopeOfTheLoss) {
  for (const auto& [name, spec] : vjp_cases()) {
    SCOPED_TRACE(name);
    const ModelHandle model = smooth_model(spec);
    const auto x = random_points<double>(spec.variables, kVjpRows, 4);
    const auto weights = weights_for(spec);
    const auto adjoint = integrand_vjp(model.get(), workspace_.get(), x, weights).x;
    const double tolerance = 1e-6 * largest(adjoint);
    EXPECT_GT(tolerance, 0.0);
    for (std::size_t k = 0; k < x.size(); ++k) {
      const double reference = slope([&](double offset) {
        auto moved = x;
        moved[k] += offset;
        return loss(model.get(), moved, weights);
      });
      EXPECT_NEAR(adjoint[k], reference, tolerance) << "x " << k;
    }
  }
}

// The constraint fixes the integral, so no parameter can change the mean of f: over the whole box
// the adjoint of a constant vanishes. One point per cell of a grid is close enough to see it.
TEST_F(Vjp, seesThatTheConstraintHoldsTheIntegral) {
  constexpr std::size_t kCells = 400;
  const auto of = [&](const ModelSpec& spec) {
    const ModelHandle model = make_model(spec);
    const double a = lower_of(1)[0], h = (upper_of(1)[0] - a) / kCells;
    std::vector<double> x;
    for (std::size_t k = 0; k < kCells; ++k) x.push_back(a + h * (0.5 + static_cast<double>(k)));
    const std::vector<double> weights(kCells, h);
    return largest(integrand_vjp(model.get(), workspace_.get(), x, weights).parameters);
  };
  EXPECT_GT(of({.variables = 1, .constraint = FINN_CONSTRAINT_NONE}), 1e-2);
  EXPECT_LT(of({.variables = 1, .method = FINN_METHOD_SCALE}), 1e-4);
  EXPECT_LT(of({.variables = 1, .method = FINN_METHOD_SHIFT}), 1e-4);
}

TEST_F(Vjp, givesTheIntegrandAsWell) {
  const ModelHandle model = make_model({.variables = 3});
  const auto x = random_points<double>(3, 200, 4);
  const auto weights = random_numbers<double>(200, -1, 1, 9);
  EXPECT_TRUE(same_bits(integrand_vjp(model.get(), workspace_.get(), x, weights).f,
                        integrand(model.get(), workspace_.get(), x)));
}

TEST_F(Vjp, overwritesItsResultsAndDoesWithoutTheOptionalOnes) {
  const ModelHandle model = make_model({});
  const auto x = random_points<double>(2, kVjpRows, 4);
  const auto weights = random_numbers<double>(kVjpRows, -1, 1, 9);
  const auto fresh = integrand_vjp(model.get(), workspace_.get(), x, weights);
  auto used = fresh.parameters;
  require_ok([&](finn_error* e) {
    return finn_integrand_vjp_f64(model.get(), workspace_.get(), x.data(), kVjpRows, weights.data(),
                                  nullptr, 0, used.data(), length_of(used), nullptr, 0, e);
  });
  EXPECT_TRUE(same_bits(used, fresh.parameters));
}

TEST_F(Vjp, ofTheFloatModelIsCloseToThatOfTheDoubleModel) {
  const ModelHandle precise = make_model({});
  const ModelHandle coarse = make_model({.precision = FINN_FLOAT32});
  set_parameters(coarse.get(), parameters_of<double>(precise.get()));
  const auto x = random_points<float>(2, 50, 4);
  const auto weights = random_numbers<float>(50, -1, 1, 9);
  const auto narrow = integrand_vjp(coarse.get(), workspace_.get(), x, weights);
  const auto wide =
      integrand_vjp(precise.get(), workspace_.get(), std::vector<double>(x.begin(), x.end()),
                    std::vector<double>(weights.begin(), weights.end()));
  const double scale = largest(wide.parameters), scale_x = largest(wide.x);
  for (std::size_t k = 0; k < wide.parameters.size(); ++k) {
    EXPECT_NEAR(static_cast<double>(narrow.parameters[k]), wide.parameters[k], 1e-4 * scale);
  }
  for (std::size_t k = 0; k < wide.x.size(); ++k) {
    EXPECT_NEAR(static_cast<double>(narrow.x[k]), wide.x[k], 1e-4 * scale_x);
  }
}

}  // namespace
}  // namespace finn::test
